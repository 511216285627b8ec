"""What a user can do, one function each. What changes the record takes the actor, the store and `now`.

What a page reads together takes a unit of work that is open already, and so sees one moment.
"""
