"""A workshop without accounts: one room in the memory of this process, its papers, its letters. No store, no disk."""
