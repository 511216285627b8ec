"""Whether a page of this process has been drawn yet. Until then, whatever can wait does."""

from __future__ import annotations

from threading import Event

first_page_over = Event()
"""Set at the end of the first run, however it ended."""
