"""Today and the checklist: what to do next, and what was heard."""
