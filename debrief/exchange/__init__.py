"""Out and in: summaries, the lossless file, tables, calendars, the sample history."""
