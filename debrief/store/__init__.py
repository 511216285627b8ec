"""Keeps the record: `open_store` gives a Store, whose units read and change the facts of one owner."""

from debrief.store.journal import JournalEntry
from debrief.store.store import Store, data_folder, entries_noted, open_store, record_file
from debrief.store.unit import Unit

__all__ = ["JournalEntry", "Store", "Unit", "data_folder", "entries_noted", "open_store", "record_file"]
