"""Files of other programs in: what a file is, its table, what its columns are, and what would become of each row.

    source → table → inspection → mapping → rows → planning

Nothing here touches the record: `planning` is told what stands in it, and gives facts.
"""
