"""What a user can do, one function each. All take the actor, the store and `now`."""
