"""What a database driver complains of, as sentences; the cause goes to the log without any personal text."""

from __future__ import annotations

import logging
from collections.abc import Generator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from debrief.errors import Conflict, DebriefError, NotFound, Refused, StoreBroken, StoreDamaged

_log = logging.getLogger(__name__)

_BUSY = "The database was busy for too long, so nothing was saved. Try again in a moment."
_FULL = "The disk is full, so nothing was saved. Free some space, then try again."
_READ_ONLY = "The database cannot be written to, so nothing was saved. Check the rights of its file and folder."
_DAMAGED = "The database file is damaged or is not a database. Restore a backup, or move the file away to start afresh."
_GARBLED = "Could not decode to UTF-8"
"""How the driver begins to say so, without any code, of text that is none."""
_UNREACHABLE = "The database cannot be reached. Check that it is there and that its address is right, then try again."
_FAILED = "The database reported a failure, so nothing was saved. Try again; the log says more."
_ORPHAN = "What this belongs to is no longer in the record. Reload the page."
_TWICE = "The record already holds this. Reload the page to see it."
_UNFIT = "This does not fit into the record. Check what was entered."

_BROKEN_BY_SQLITE = {
    "SQLITE_BUSY": _BUSY,
    "SQLITE_LOCKED": _BUSY,
    "SQLITE_FULL": _FULL,
    "SQLITE_READONLY": _READ_ONLY,
    "SQLITE_PERM": _READ_ONLY,
    "SQLITE_CORRUPT": _DAMAGED,
    "SQLITE_NOTADB": _DAMAGED,
    "SQLITE_CANTOPEN": _UNREACHABLE,
    "SQLITE_IOERR": "The disk did not do as it was told, so nothing was saved. Check the disk, then try again.",
}
_BROKEN_BY_STATE = {
    "08": _UNREACHABLE,
    "40": _BUSY,
    "42501": _READ_ONLY,
    "25006": _READ_ONLY,
    "53": _FULL,
    "55P03": _BUSY,
    "57": _UNREACHABLE,
}
_REFUSED: dict[str, type[DebriefError]] = {_ORPHAN: NotFound, _TWICE: Conflict, _UNFIT: Refused}
_CONSTRAINTS = {
    "SQLITE_CONSTRAINT_FOREIGNKEY": _ORPHAN,
    "SQLITE_CONSTRAINT_UNIQUE": _TWICE,
    "SQLITE_CONSTRAINT_PRIMARYKEY": _TWICE,
    "SQLITE_CONSTRAINT": _UNFIT,
    "23503": _ORPHAN,
    "23505": _TWICE,
    "23": _UNFIT,
    "22": _UNFIT,
}


class Fault(Exception):
    """What the driver said, without the values that were to be written: those are nobody's business."""


@contextmanager
def told_in_sentences() -> Generator[None]:
    """Turns what the driver raises inside into errors that a user can read."""
    try:
        yield
    except SQLAlchemyError as error:
        if isinstance(refusal := getattr(error, "orig", None), DebriefError):
            raise refusal from None
        raise explain(error) from scrubbed(error)


def explain(error: SQLAlchemyError) -> DebriefError:
    """The error that a user can read; a StoreBroken is noted in the log."""
    code = _code(error)
    refused = _longest(code, _CONSTRAINTS)
    if refused:
        return _REFUSED[refused](refused)
    _log.error("the database failed: %s", scrubbed(error))
    if isinstance(error, PoolTimeout):
        return StoreBroken(_BUSY)
    if _longest(code, _BROKEN_BY_SQLITE) == _DAMAGED or str(getattr(error, "orig", "")).startswith(_GARBLED):
        return StoreDamaged(_DAMAGED)
    broken = _longest(code, _BROKEN_BY_SQLITE) or _longest(code, _BROKEN_BY_STATE)
    return StoreBroken(broken or (_UNREACHABLE if _lost(error) else _FAILED))


def _code(error: SQLAlchemyError) -> str:
    """SQLite's name of the error, or PostgreSQL's five characters; "" where there is none."""
    cause = getattr(error, "orig", None)
    return getattr(cause, "sqlite_errorname", None) or getattr(cause, "sqlstate", None) or ""


def _longest(code: str, sentences: dict[str, str]) -> str | None:
    """The sentence for the code or, failing that, for the family that it begins with."""
    families = [family for family in sentences if code.startswith(family)]
    return sentences[max(families, key=len)] if families else None


def _lost(error: SQLAlchemyError) -> bool:
    """Whether the server was not there: then the driver has no code to give."""
    return isinstance(error, DBAPIError) and (
        error.connection_invalidated or type(error.orig).__module__.startswith("psycopg")
    )


def scrubbed(error: SQLAlchemyError) -> Fault:
    """Kind, code and statement. The statement holds placeholders only; the driver's own words may hold values."""
    kind = type(getattr(error, "orig", None) or error).__name__
    statement = " ".join((getattr(error, "statement", None) or "").split())
    return Fault(f"{kind} {_code(error)} in: {statement or 'connecting'}")
