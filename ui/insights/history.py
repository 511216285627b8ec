"""The history behind the charts, kept between reruns: each part until a kind of fact that it rests on changes.

What is kept is shared and never written to. Nothing outlives an hour without
being asked for anew, and only the latest few of each are kept: memory stays bounded.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import pandas as pd
import streamlit as st

from debrief.domain.facts import Fact
from debrief.insights.check_ins import check_ins_of
from debrief.insights.filters import Filters, choices
from debrief.insights.finding import FEWEST, LABELS, Finding
from debrief.insights.gallery import Question
from debrief.insights.history import ROUNDS, Rounds, to_the_quarter
from debrief.insights.reading import Part, nothing
from debrief.insights.record import LESSONS, LOOK_BACK, NOTES, LookBack, Parts, Record, record_of
from debrief.insights.theme import DAY, NIGHT, Look
from debrief.usecases.agenda import rules_in_force
from debrief.usecases.insights import conventions, example_history, read_part
from ui.kit import session
from ui.kit.look import is_night

AN_HOUR = timedelta(hours=1)
KEPT = 8
"""How many of each part are kept, of all owners; findings, which are small, may be more."""

Key = tuple[Any, ...]
"""What something kept was made of, above all the owner and the versions of the facts."""


class History:
    """The actor's history as it stands now. A part of it is read when a question first needs it."""

    def __init__(self) -> None:
        self._owner = session.actor().owner
        with session.reading() as unit:
            self._versions = unit.data_versions()
        self._rules = rules_in_force(session.actor(), session.store(), session.now(), session.content().rules)
        self._now = to_the_quarter(session.now())

    @property
    def interviews(self) -> pd.DataFrame:
        """All interviews, without what notes and reflections say of them."""
        return self._record().interviews

    def choices(self) -> dict[str, list[str]]:
        """What the filters offer."""
        return _choices(self._made_of(), self.interviews)

    def splits(self) -> list[str]:
        """The columns by which groups can be compared: those with any label; with few interviews only the round."""
        return _splits(self._made_of(), self.interviews)

    def narrowed(self, question: Question, filters: Filters) -> Record:
        """What a question needs of the interviews that pass."""
        whole = self._record(*question.needs)
        return _narrowed((*self._made_of(*question.needs), filters), lambda: filters.narrow(whole))

    def findings(self, question: Question, filters: Filters) -> list[Finding]:
        """What answers a question about the interviews that pass, in the colours that the visitor looks at."""
        key = (*self._made_of(*question.needs), filters, question.title, question.split_by, is_night())
        return _findings(key, lambda: question.answers(self.narrowed(question, filters), look()))

    def _record(self, *needs: Part[Any]) -> Record:
        """The frames that charts read; parts that are not needed are empty."""
        return _record(self._made_of(*needs), lambda: self._join(needs))

    def _join(self, needs: Sequence[Part[Any]]) -> Record:
        parts = Parts(
            rounds=_rounds(self._key(ROUNDS)),
            notes=_notes(self._key(NOTES)) if NOTES in needs else NOTES.read(nothing),
            look_back=_look_back(self._key(LOOK_BACK)) if LOOK_BACK in needs else LOOK_BACK.read(nothing),
            lessons=_lessons(self._key(LESSONS)) if LESSONS in needs else LESSONS.read(nothing),
        )
        kept_for = (*self._key(ROUNDS), *(self._key(NOTES) if NOTES in needs else ()), self._rules)
        check_ins = _check_ins(kept_for, lambda: check_ins_of(parts.rounds, parts.notes, conventions(self._rules)))
        return record_of(parts, check_ins, self._now)

    def _made_of(self, *needs: Part[Any]) -> Key:
        """What the record is made of: it differs whenever a figure may."""
        return (
            tuple(kind.__name__ for part in needs for kind in part.facts),
            *self._key(ROUNDS, *needs),
            self._rules,
            self._now,
        )

    def _key(self, *parts: Part[Any]) -> Key:
        """Whose, and of which versions of which facts."""
        kinds: list[type[Fact]] = [kind for part in parts for kind in part.facts]
        return (self._owner, *(self._versions[kind.__name__] for kind in kinds))


def look() -> Look:
    """The colours of the theme that the visitor looks at."""
    return NIGHT if is_night() else DAY


@st.cache_resource(show_spinner="Making up an example …", max_entries=1, ttl=AN_HOUR)
def example() -> Record:
    """The worked example, with invented data."""
    return example_history(session.now(), session.content().rules.choose("standard"))


@st.cache_resource(show_spinner="Reading your interviews …", max_entries=KEPT, ttl=AN_HOUR)
def _rounds(key: Key) -> Rounds:
    del key
    return _read(ROUNDS)


@st.cache_resource(show_spinner="Reading the notes that you sent …", max_entries=KEPT, ttl=AN_HOUR)
def _notes(key: Key) -> pd.DataFrame:
    del key
    return _read(NOTES)


@st.cache_resource(show_spinner="Reading your reflections …", max_entries=KEPT, ttl=AN_HOUR)
def _look_back(key: Key) -> LookBack:
    del key
    return _read(LOOK_BACK)


@st.cache_resource(show_spinner=False, max_entries=KEPT, ttl=AN_HOUR)
def _lessons(key: Key) -> pd.DataFrame:
    del key
    return _read(LESSONS)


@st.cache_resource(show_spinner="Holding your check-ins against the rules …", max_entries=KEPT, ttl=AN_HOUR)
def _check_ins(key: Key, _make: Callable[[], pd.DataFrame]) -> pd.DataFrame:
    del key
    return _make()


@st.cache_resource(show_spinner="Counting the days …", max_entries=KEPT, ttl=AN_HOUR)
def _record(key: Key, _make: Callable[[], Record]) -> Record:
    del key
    return _make()


@st.cache_resource(show_spinner=False, max_entries=KEPT, ttl=AN_HOUR)
def _choices(key: Key, _frame: pd.DataFrame) -> dict[str, list[str]]:
    del key
    return choices(_frame)


@st.cache_resource(show_spinner=False, max_entries=KEPT, ttl=AN_HOUR)
def _splits(key: Key, _frame: pd.DataFrame) -> list[str]:
    del key
    if len(_frame) < FEWEST:
        return ["round"]
    return [name for name in LABELS if name == "round" or (_frame[name] != "").any()]


@st.cache_resource(show_spinner=False, max_entries=KEPT, ttl=AN_HOUR)
def _narrowed(key: Key, _make: Callable[[], Record]) -> Record:
    del key
    return _make()


@st.cache_resource(show_spinner="Drawing …", max_entries=8 * KEPT, ttl=AN_HOUR)
def _findings(key: Key, _make: Callable[[], list[Finding]]) -> list[Finding]:
    del key
    return _make()


def _read(part: Part[Any]) -> Any:
    return read_part(part, session.actor(), session.store(), session.now())
