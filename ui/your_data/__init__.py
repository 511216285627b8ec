"""In and out: exports, imports, calendar, backups."""
