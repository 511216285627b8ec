"""The steps of the schema, one file each under versions/, numbered in order."""

from pathlib import Path

FOLDER = Path(__file__).resolve().parent

HEAD = "0005"
"""The newest step. Steps are numbered, so a database with a higher number is newer than the program."""

VERSION_TABLE = "schema_version"
"""Where a database says which step it has reached."""
