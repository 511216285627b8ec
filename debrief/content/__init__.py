"""Everything the coach says, loaded from content/ and checked."""
