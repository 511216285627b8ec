"""Whether a value answers a question: each kind has its JSON value, and what cannot be kept is refused."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import assert_never

from debrief.domain.checks import checked_text
from debrief.domain.facts import Answer
from debrief.domain.questionnaire import MOST_ENTRIES, Field, Question, QuestionKind
from debrief.errors import Refused

_ID = re.compile(r"[a-z][a-z0-9_]*")


def check_answer(question: Question, value: Answer) -> Answer:
    """The value, exactly as given. Raises Refused where it is none for this question; None always clears."""
    if value is None:
        return None
    fields = {field.id: field for wording in question.all_wordings for field in wording.fields}
    try:
        _check(question.kind, value, question.most)
        if question.kind is QuestionKind.ENTRIES:
            _check_entries(value, fields)
    except Refused as refused:
        raise Refused(str(refused), field=question.id) from refused
    return value


def _check(kind: QuestionKind, value: Answer, most: int = MOST_ENTRIES) -> None:
    """Raises Refused where the value is none of this kind."""
    match kind:
        case QuestionKind.RATING | QuestionKind.FACES:
            _check_number(value, 1, 5)
        case QuestionKind.PERCENT:
            _check_number(value, 0, 100)
        case QuestionKind.SHORT_TEXT | QuestionKind.LONG_TEXT:
            _check_text(value, "This answer")
        case QuestionKind.DATE:
            _check_date(value)
        case QuestionKind.PICK_MANY:
            _check_picks(value)
        case QuestionKind.LIST:
            for place, entry in enumerate(_entries(value, most), start=1):
                _check_text(entry, f"Entry {place}")
        case QuestionKind.ENTRIES:
            _entries(value, most)
        case _:
            assert_never(kind)


def _check_number(value: Answer, least: int, most: int) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise Refused(f"This answer is a whole number from {least} to {most}. Choose one of them.")


def _check_text(value: Answer, what: str) -> None:
    if not isinstance(value, str):
        raise Refused(f"{what} is a text. Type it as one.")
    checked_text(value, what)


def _check_date(value: Answer) -> None:
    try:
        right = isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        right = False
    if not right:
        raise Refused("This answer is a date, such as 2026-03-31. Choose it in the calendar.")


def _check_picks(value: Answer) -> None:
    """Raises Refused where something picked is no id of an option.

    An id that the file does not list stays: the option may have been taken off
    since, and what was written beside it must still be kept.
    """
    picks = _entries(value, MOST_ENTRIES)
    if any(not isinstance(pick, str) or not _ID.fullmatch(pick) for pick in picks):
        raise Refused("One of the things picked is not on the list. Pick from the list again.")
    if len({str(pick) for pick in picks}) < len(picks):
        raise Refused("One thing is picked twice. Take one of the two away.")


def _entries(value: Answer, most: int) -> list[Answer]:
    if not isinstance(value, list):
        raise Refused("This answer is a list. Enter its parts one by one.")
    if len(value) > most:
        raise Refused(f"Up to {most} can be kept here, and there are {len(value)}. Take some away.")
    return value


def _check_entries(value: Answer, fields: Mapping[str, Field]) -> None:
    """Raises Refused where an entry is no record, or a part of it is wrong.

    A part that the file no longer asks for stays, like an option.
    """
    for place, entry in enumerate(value if isinstance(value, list) else (), start=1):
        if not isinstance(entry, dict):
            raise Refused(f"Entry {place} has parts of its own. Fill them in one by one.")
        for part, said in entry.items():
            if said is None:
                continue
            if part in fields:
                _check_part(fields[part], said, place)
            elif _ID.fullmatch(part):
                _check_kept(said, f"Entry {place}")
            else:
                raise Refused(f"Entry {place} has a part “{part}” that no question asks for.")


def _check_part(field: Field, value: Answer, place: int) -> None:
    try:
        _check(field.kind, value)
    except Refused as refused:
        raise Refused(f"Entry {place}, “{field.text}”: {refused}") from refused


def _check_kept(value: Answer, what: str) -> None:
    """Raises Refused where a text in an answer of unknown kind cannot be kept."""
    match value:
        case str():
            checked_text(value, what)
        case list():
            for entry in value:
                _check_kept(entry, what)
        case dict():
            for part in value.values():
                _check_kept(part, what)
        case _:
            pass
