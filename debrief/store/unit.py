"""One unit of work of one owner: everything in it is kept, or nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any, TypeVar

from debrief.domain.courses import Course
from debrief.domain.facts import Answer, Fact, Interview, Lesson, Story
from debrief.errors import Conflict, DebriefError, NotFound
from debrief.store.centre_tables import sign_outs
from debrief.store.columns import Json
from debrief.store.courses import fetch_courses
from debrief.store.engine import Transaction
from debrief.store.going_on import ids_going_on
from debrief.store.journal import Heading, JournalEntry, Recorder, read_entries, read_sentence
from debrief.store.mapping import KINDS, bumped, mapped
from debrief.store.rows import Rows, holding_any, matching
from debrief.store.scope import Scope
from debrief.store.tables import data_versions, metadata, settings
from debrief.store.undo import undo

FactT = TypeVar("FactT", bound=Fact)
LearnedT = TypeVar("LearnedT", Lesson, Story)

SETTING = "Setting"
"""What settings are called among the data versions."""


class Unit:
    """Reads and changes the record of one owner; made by `Store.unit`, used inside its `with`.

    Everything is scoped by the owner: another owner's facts are not found, not
    changed and not counted. A unit with a label is written into the journal
    under that sentence; one without (saving as typed) is not.
    """

    def __init__(self, transaction: Transaction, owner: str, now: datetime, label: str | None) -> None:
        self.owner = owner
        self.now = now
        self.label = label
        self.entry: int | None = None
        """The journal entry that this unit wrote; known once the unit has ended."""
        self._rows = Rows(transaction, Scope(owner, transaction.dialect))
        self._recorder = Recorder(self._rows)
        if label is not None:
            self._recorder.heading = Heading(now, label)
            transaction.begin_writing()

    def get(self, kind: type[FactT], fact_id: str) -> FactT:
        """The fact with this id. Raises NotFound."""
        found = self._rows.by_id(kind, [fact_id]).get(fact_id)
        if found is None:
            raise NotFound(f"This {_spoken(kind)} is not in the record. It may have been removed; reload the page.")
        return found

    def find(self, kind: type[FactT], /, **wanted: Any) -> list[FactT]:
        """The facts whose fields equal the given values, in order of time and then of id.

        A list, tuple or set of values means any of them, None an empty field.
        """
        return self._rows.fetch(kind, *matching(mapped(kind), wanted))

    def latest(self, kind: type[FactT], count: int, /, **wanted: Any) -> list[FactT]:
        """The last so many of the facts that `find` would give, the latest first."""
        return self._rows.latest(kind, count, *matching(mapped(kind), wanted))

    def come_of(self, kind: type[LearnedT], interview_ids: Iterable[str]) -> list[LearnedT]:
        """The lessons or stories that came of any of these interviews, in the order of `find`."""
        return self._rows.fetch(kind, holding_any(mapped(kind).table.c.interview_ids, interview_ids))

    def columns(self, kind: type[Fact], names: Sequence[str], /, **wanted: Any) -> Mapping[str, Sequence[Any]]:
        """Some fields of the facts that `find` would give, in the same order, a sequence for each field.

        For reading very many: no fact is built, and fields that nobody asked for
        (the long texts, say) stay where they are.
        """
        return self._rows.columns(kind, names, *matching(mapped(kind), wanted))

    def add(self, fact: FactT) -> FactT:
        """Adds a fact and gives it back as it is kept (moments in UTC).

        Raises Conflict if its id or its place (say, the answer to that question)
        is taken, with what is stored there; NotFound if what it belongs to is
        gone; Refused if a value cannot be kept.
        """
        cleaned = mapped(type(fact)).clean(fact)
        if not self._rows.insert(type(fact), [cleaned]):
            stored = self._rows.in_the_way_of(cleaned)
            raise Conflict(f"The record already holds this {_spoken(type(fact))}. Reload the page.", stored=stored)
        self._recorder.note(None, cleaned)
        return cleaned

    def add_all(self, facts: Iterable[FactT]) -> list[FactT]:
        """Adds many facts, parents before children, much faster than one by one. Raises as `add` does."""
        added: list[FactT] = []
        run: list[FactT] = []
        for fact in facts:
            if run and type(fact) is not type(run[0]):
                added += self._add_run(run)
                run = []
            run.append(mapped(type(fact)).clean(fact))
        return [*added, *self._add_run(run)]

    def change(self, fact: FactT) -> FactT:
        """Writes a fact that was read before; gives it back with its new version.

        Raises Conflict, with what is stored, if it was changed since it was read.
        """
        stored = self._current(fact)
        changed = bumped(mapped(type(fact)).clean(fact))
        self._rows.update(changed)
        self._recorder.note(stored, changed)
        return changed

    def remove(self, fact: Fact) -> None:
        """Removes a fact with everything that hangs under it. Raises Conflict as `change` does.

        Notes to a removed person stay, to nobody by name.
        """
        removal = self._rows.remove([self._current(fact)])
        for gone in removal.gone:
            self._recorder.note(gone, None)
        for before, after in removal.emptied:
            self._recorder.note(before, after)

    def courses(self, application_ids: Collection[str] | None = None) -> tuple[Course, ...]:
        """The courses of all applications, or of some; the one whose latest round ended last comes first."""
        return fetch_courses(self._rows, application_ids)

    def going_on(self, since: datetime) -> Sequence[str]:
        """The ids of all applications in which anything may still be due (see `ids_going_on`)."""
        return ids_going_on(self._rows, since)

    def course(self, application_id: str) -> Course:
        """The course of one application. Raises NotFound."""
        found = fetch_courses(self._rows, [application_id])
        if not found:
            raise NotFound("This application is not in the record. It may have been removed; reload the page.")
        return found[0]

    def course_of(self, interview_id: str) -> Course:
        """The course that an interview belongs to. Raises NotFound."""
        return self.course(self.get(Interview, interview_id).application_id)

    def setting(self, key: str, default: Answer = None) -> Answer:
        """The value kept under a key, else the default."""
        statement = self._rows.scope.select(settings, [settings.c.value], settings.c.key == key)
        row = self._rows.transaction.read(statement).one_or_none()
        return default if row is None else row.value

    def settings(self) -> Mapping[str, Answer]:
        """All settings by key."""
        statement = self._rows.scope.select(settings, [settings.c.key, settings.c.value])
        return {row.key: row.value for row in self._rows.transaction.read(statement.order_by(settings.c.key))}

    def set_setting(self, key: str, value: Answer) -> None:
        """Keeps a value under a key."""
        statement = self._rows.scope.insert(settings).values(key=key, value=Json().clean(value))
        self._rows.transaction.write(
            statement.on_conflict_do_update(index_elements=["owner", "key"], set_={"value": statement.excluded.value})
        )
        self._rows.touched.add(SETTING)

    def data_versions(self) -> Mapping[str, int]:
        """A number for each kind of fact (by its class's name) and "Setting": the key of what was computed from them.

        It differs after every write to that kind, never comes back, and is not
        in any order.
        """
        statement = self._rows.scope.select(data_versions, [data_versions.c.kind, data_versions.c.number])
        stored = {row.kind: row.number for row in self._rows.transaction.read(statement)}
        return MappingProxyType({**dict.fromkeys((*(kind.__name__ for kind in KINDS), SETTING), 0), **stored})

    def journal(self, application_id: str | None = None, limit: int = 50) -> tuple[JournalEntry, ...]:
        """What was done, newest first: everything, or what concerns one application."""
        return read_entries(self._rows, application_id, limit)

    def undo(self, entry_id: int) -> None:
        """Takes back one entry of the journal as a whole; that is an entry itself, and so can be undone.

        Raises NotFound if the entry is gone, Refused if anything in it has
        changed since or if newer work belongs to it.
        """
        self._rows.transaction.begin_writing()
        try:
            sentence = read_sentence(self._rows, entry_id)
            self.label = self.label or f"Undid: {sentence}"
            self._recorder.heading = Heading(self.now, self.label, undoes=entry_id)
            undo(self._rows, self._recorder, entry_id, sentence)
        except DebriefError:
            self._rows.transaction.fail()
            raise

    def forget_everything(self) -> Mapping[str, int]:
        """Removes all that the owner has, journal and settings too; it cannot be undone. Gives back how many of each.

        Backups are files of their own and stay. So does the moment of the last
        sign-out: without it the sessions that it ended would be let in again.
        """
        gone: dict[str, int] = {}
        for table in reversed(metadata.sorted_tables):
            if "owner" in table.c and table is not sign_outs:
                gone[table.name] = self._rows.transaction.write(self._rows.scope.delete(table)).rowcount
        return gone

    def finish(self) -> None:
        """Writes the journal and the data versions; `Store.unit` calls it before it commits."""
        self.entry = self._recorder.finish()
        self._rows.note_touched()

    def _add_run(self, facts: Sequence[FactT]) -> Sequence[FactT]:
        """Adds facts of one kind."""
        if facts and self._rows.insert(type(facts[0]), facts) < len(facts):
            self._rows.transaction.fail()
            raise Conflict(f"The record already holds one of these {len(facts)}, so none was added. Reload the page.")
        for fact in facts:
            self._recorder.note(None, fact)
        return facts

    def _current(self, fact: FactT) -> FactT:
        """The stored fact, if it is still the version that was read."""
        self._rows.transaction.begin_writing()
        stored = self.get(type(fact), fact.id)
        if stored.version != fact.version:
            raise Conflict(f"This {_spoken(type(fact))} was changed elsewhere since it was read.", stored=stored)
        return stored


def _spoken(kind: type[Fact]) -> str:
    """What people call a kind of fact."""
    spoken = {
        "ReflectionAnswer": "answer",
        "Heard": "word of the employer",
        "Tick": "mark",
        "Snooze": "pause",
        "DraftVersion": "version of a draft",
        "IgnoredFinding": "choice about a finding",
    }
    return spoken.get(kind.__name__, kind.__name__.lower())
