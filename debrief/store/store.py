"""Opens the record, wherever it is kept."""

from __future__ import annotations

import os
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from pathlib import Path

import platformdirs
from sqlalchemy import URL, Engine

from debrief.domain.centre import Role
from debrief.errors import StoreBroken, StoreDamaged
from debrief.store.backups import BEFORE_MIGRATION, back_up, list_backups, state_of
from debrief.store.centre import Centre
from debrief.store.engine import Transaction, engine_for, sqlite_file
from debrief.store.faults import told_in_sentences
from debrief.store.schema import allow, bring_up_to_date, check_sound
from debrief.store.unit import Unit

_noted: ContextVar[list[int] | None] = ContextVar("entries noted", default=None)


class Store:
    """The record of all owners, on SQLite or PostgreSQL. One serves any number of threads."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @property
    def file(self) -> Path | None:
        """The database file; None on a server."""
        return sqlite_file(self.engine)

    @contextmanager
    def unit(self, owner: str, now: datetime, label: str | None = None) -> Generator[Unit]:
        """A unit of work of one owner. What is done inside is kept when it ends well, and not at all otherwise.

        With a label it is written into the journal under that sentence and can
        be undone; it then is the owner's only writer from its beginning. Leaving
        by an exception, Streamlit's rerun and stop included, keeps nothing.
        """
        transaction = Transaction(self.engine, owner)
        try:
            with told_in_sentences():  # rows are fetched while the unit's user reads them
                unit = Unit(transaction, owner, now, label)
                yield unit
                unit.finish()
                transaction.commit()
        finally:
            transaction.roll_back()
        noted = _noted.get()
        if noted is not None and unit.entry is not None:
            noted.append(unit.entry)

    @contextmanager
    def centre(self, owner: str, role: Role, now: datetime) -> Generator[Centre]:
        """What somebody at a career centre sees and does beside their own record; kept when it ends well."""
        transaction = Transaction(self.engine, owner, role.value)
        try:
            with told_in_sentences():
                yield Centre(transaction, owner, role, now)
                transaction.commit()
        finally:
            transaction.roll_back()

    def close(self) -> None:
        """Gives back all connections."""
        self.engine.dispose()


@contextmanager
def entries_noted() -> Generator[Sequence[int]]:
    """The numbers of the journal entries that units write while this lasts, each once it is kept.

    So whoever calls a use case learns what can be taken back of it, whatever
    the use case answers and whatever other tabs write meanwhile.
    """
    noted: list[int] = []
    token = _noted.set(noted)
    try:
        yield noted
    finally:
        _noted.reset(token)


def open_store(url: str | None = None) -> Store:
    """Opens the record and brings its schema up to date.

    The address is `url`, else DEBRIEF_DATABASE_URL, else debrief.db in
    `data_folder()`. Where DEBRIEF_MIGRATION_DATABASE_URL is set, the schema is
    brought up to date under that address, by a role that may, and the role of
    the first is given what the app needs and no more. Raises StoreBroken with a
    sentence if it cannot be opened.
    """
    engine = engine_for(_address(url))
    file = sqlite_file(engine)
    if file is not None:
        _refuse_emptied(file)
        _keep_private(file)
    try:
        check_sound(engine)
        _migrate_as_keeper(engine)
        bring_up_to_date(engine, lambda: file and back_up(file, state_of(file), BEFORE_MIGRATION))
    except BaseException:
        engine.dispose()
        raise
    return Store(engine)


def _migrate_as_keeper(engine: Engine) -> None:
    """Migrates under an address of its own, where there is one."""
    address = os.environ.get("DEBRIEF_MIGRATION_DATABASE_URL")
    if not address or engine.dialect.name == "sqlite":
        return
    keeper = engine_for(address)
    try:
        bring_up_to_date(keeper, lambda: None)
        allow(keeper, engine.url.username or "")
    finally:
        keeper.dispose()


def record_file(url: str | None = None) -> Path | None:
    """The file that `open_store` would open; None where the record is on a server."""
    engine = engine_for(_address(url))
    try:
        return sqlite_file(engine)
    finally:
        engine.dispose()


def _address(url: str | None) -> str:
    return url or os.environ.get("DEBRIEF_DATABASE_URL") or default_address()


def default_address() -> str:
    """The address of the database in the user's data folder."""
    return URL.create("sqlite", database=str(data_folder() / "debrief.db")).render_as_string()


def data_folder() -> Path:
    """The user's data folder, which nobody else can look into: DEBRIEF_DATA_FOLDER, else the system's place for it."""
    chosen = os.environ.get("DEBRIEF_DATA_FOLDER")
    folder = Path(chosen) if chosen else platformdirs.user_data_path("debrief", appauthor=False)
    _make_private_folder(folder)
    return folder


def _refuse_emptied(file: Path) -> None:
    """A file of no bytes would pass for a new record, though somebody's is in the backups."""
    if file.exists() and file.stat().st_size == 0 and list_backups(file):
        raise StoreDamaged("The database file is empty, though there are backups of it. Nothing was changed.")


def _keep_private(file: Path) -> None:
    """Makes the file, if need be, and sees to it that only its owner can read it; SQLite gives its helpers the same."""
    _make_private_folder(file.parent)
    try:
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
        if os.name == "posix" and file.stat().st_mode & 0o077:
            file.chmod(0o600)
    except OSError as error:
        raise StoreBroken(
            f"The database {file} cannot be opened for writing. Check the rights of the file and its folder."
        ) from error


def _make_private_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StoreBroken(f"The folder {folder} cannot be made. Check its rights, or choose another one.") from error
