"""Which settings a file may bring in, and what each can hold; whatever else it says stays outside.

A value that the program never wrote could stop the page that reads it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, time
from typing import TypeAlias

from debrief.domain.checks import is_zone
from debrief.domain.facts import Answer, Focus, Format, RoundState
from debrief.public_holidays import countries
from debrief.usecases.agenda import RULES_SETTING
from debrief.usecases.calendar_files import LEDGER_SETTING
from debrief.usecases.lessons import APART_SETTING
from debrief.usecases.notes import (
    DIALECT_SETTING,
    LANGUAGE_SETTING,
    PREMIUM_SETTING,
    SENDER_SETTING,
    TONE_SETTING,
)
from debrief.usecases.rehearsals import SITTING_SETTING, is_sitting

Check: TypeAlias = Callable[[Answer], bool]


def known_settings(told: Mapping[str, Answer]) -> dict[str, Answer]:
    """Those that are known and hold what they can; of a form that was being filled in the fields that do."""
    found: dict[str, Answer] = {}
    for key, value in told.items():
        if _FORM.fullmatch(key) and isinstance(value, dict):
            found[key] = _fitting(value)
        elif key in _HOLDS and _HOLDS[key](value):
            found[key] = value
    return found


def _fitting(form: Mapping[str, Answer]) -> dict[str, Answer]:
    """The fields that hold what they can, also among those that the record had when they were entered over."""
    fitting = {field: said for field, said in form.items() if _fits_field(field, said)}
    over = form.get(_OVER)
    return {**fitting, _OVER: _fitting(over)} if isinstance(over, dict) else fitting


def _fits_field(field: str, said: Answer) -> bool:
    check = _FIELDS.get(_CARD.sub(".#", field))
    return check is not None and check(said)


def _text(value: Answer) -> bool:
    return isinstance(value, str)


def _text_or_none(value: Answer) -> bool:
    return value is None or isinstance(value, str)


def _texts(value: Answer) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _flag(value: Answer) -> bool:
    return isinstance(value, bool)


def _day(value: Answer) -> bool:
    return _says(value, "date", date.fromisoformat)


def _day_or_none(value: Answer) -> bool:
    return value is None or _day(value)


def _hour(value: Answer) -> bool:
    return _says(value, "time", time.fromisoformat)


def _says(value: Answer, key: str, read: Callable[[str], object]) -> bool:
    """Whether this is a form's way to keep a date or a time: the one key, and a text that can be read."""
    said = value.get(key) if isinstance(value, dict) and len(value) == 1 else None
    try:
        return isinstance(said, str) and read(said) is not None
    except ValueError:
        return False


def _country(value: Answer) -> bool:
    return value is None or (isinstance(value, str) and value in countries())


def _zone(value: Answer) -> bool:
    return isinstance(value, str) and is_zone(value)


def _cards(value: Answer) -> bool:
    """Whether this names the cards of a form's people, each of them once."""
    if not isinstance(value, list):
        return False
    return len(value) == len({one for one in value if isinstance(one, str) and _CARD.fullmatch(f".{one}")})


_HOLDS: Mapping[str, Check] = {
    RULES_SETTING: _text,
    SENDER_SETTING: _text,
    TONE_SETTING: _text,
    LANGUAGE_SETTING: _text,
    DIALECT_SETTING: _text,
    PREMIUM_SETTING: _flag,
    APART_SETTING: _texts,
    LEDGER_SETTING: lambda value: isinstance(value, dict),
    SITTING_SETTING: is_sitting,
}
_FORM = re.compile(r"form\.(log|next\..+|edit\..+)")
"""The log page's form: for a new round, for another one of an application, for one that is changed."""
_OVER = "over"
_CARD = re.compile(r"\.([0-9]{1,4}|[0-9a-f]{32})$")
_FIELDS: Mapping[str, Check] = {
    **dict.fromkeys(("employer", "role", "round", "source", "sector", "role_family", "employer_size"), _text_or_none),
    "country": _country,
    "state": lambda value: value in list(RoundState),
    "format": lambda value: value in list(Format),
    "focus": lambda value: value in list(Focus),
    "on": _day,
    "at": _hour,
    "timezone": _zone,
    "reply_by": _day_or_none,
    "notes": _text_or_none,
    "people": _cards,
    **dict.fromkeys(("name.#", "title.#", "email.#", "topics.#"), _text_or_none),
    **dict.fromkeys(("recalled.title.#", "recalled.email.#"), _text_or_none),
    **dict.fromkeys(("recruiter.#", "recalled.recruiter.#", "same.#"), _flag),
}
"""Its fields; "#" stands for the card of a person: its number, or the id of somebody on record."""
