"""How each field of a fact stands in the lossless file: written, read back, and described in the JSON Schema."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import cache
from math import isfinite
from typing import Any, cast
from zoneinfo import ZoneInfo

from debrief.domain.facts import (
    Channel,
    DecisionKind,
    Depth,
    Fact,
    Focus,
    Format,
    LessonState,
    MessageKind,
    RoundState,
    Word,
)

LEFT_OUT = {"version"}
"""It counts the writes of a row on one machine and means nothing elsewhere."""

_LARGEST = 2**31 - 1
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")

Schema = dict[str, Any]


class Unfit(ValueError):
    """A value that is not what stands in such a field; the message says what is expected."""


@dataclass(frozen=True, slots=True)
class Codec:
    """One type of value."""

    schema: Schema
    decode: Callable[[Any], Any]
    """From JSON. Raises Unfit."""
    encode: Callable[[Any, ZoneInfo | None], Any] = lambda value, zone: value
    """To JSON; instants on the clock of the zone."""


@cache
def codecs_of(kind: type[Fact]) -> Mapping[str, Codec]:
    """The fields of a kind of fact in the order in which they are written, each with its codec."""
    return {entry.name: _CODECS[str(entry.type)] for entry in fields(kind) if entry.name not in LEFT_OUT}


def _text(raw: Any) -> str:
    if not isinstance(raw, str):
        raise Unfit("text is expected")
    if "\x00" in raw:
        raise Unfit("text without NUL characters is expected")
    if _HALF_CHARACTER.search(raw):
        raise Unfit("text of whole characters is expected, this holds half of one")
    return raw


def _number(raw: Any) -> int:
    if not isinstance(raw, int) or isinstance(raw, bool) or abs(raw) > _LARGEST:
        raise Unfit("a whole number of up to 32 bits is expected")
    return raw


def _flag(raw: Any) -> bool:
    if not isinstance(raw, bool):
        raise Unfit("true or false is expected")
    return raw


def _instant(raw: Any) -> datetime:
    expected = "a date and time with its offset is expected, such as 2026-03-05T14:00:00+08:00"
    if not isinstance(raw, str) or not _INSTANT.fullmatch(raw):
        raise Unfit(expected)
    try:
        return datetime.fromisoformat(raw).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Unfit(expected) from None


def _write_instant(value: datetime, zone: ZoneInfo | None) -> str:
    """On the clock of the zone. Before clocks were set by zones offsets had seconds: those are told in UTC."""
    local = value.astimezone(zone or UTC)
    offset = local.utcoffset()
    return (value.astimezone(UTC) if offset is None or offset.seconds % 60 else local).isoformat()


def _day(raw: Any) -> date:
    expected = "a date is expected, such as 2026-03-05"
    if not isinstance(raw, str) or not _DAY.fullmatch(raw):
        raise Unfit(expected)
    try:
        return date.fromisoformat(raw)
    except ValueError:
        raise Unfit(expected) from None


def _json(raw: Any) -> Any:
    """Any JSON value, its texts checked."""
    match raw:
        case str():
            return _text(raw)
        case list():
            return [_json(entry) for entry in cast("list[Any]", raw)]
        case dict():
            return {_text(key): _json(entry) for key, entry in cast("dict[str, Any]", raw).items()}
        case float() if not isfinite(raw):
            raise Unfit("a number that is not too large is expected")
        case _:
            return raw


def _list_of(codec: Codec) -> Codec:
    def decode(raw: Any) -> tuple[Any, ...]:
        if not isinstance(raw, list):
            raise Unfit("a list is expected")
        return tuple(codec.decode(entry) for entry in cast("list[Any]", raw))

    return Codec({"type": "array", "items": codec.schema}, decode, lambda value, zone: list(value))


def _or_none(codec: Codec) -> Codec:
    return Codec(
        {"anyOf": [codec.schema, {"type": "null"}]},
        lambda raw: None if raw is None else codec.decode(raw),
        lambda value, zone: None if value is None else codec.encode(value, zone),
    )


def _one_of(words: type[StrEnum]) -> Codec:
    listed = [word.value for word in words]

    def decode(raw: Any) -> StrEnum:
        if raw not in listed:
            raise Unfit(f"one of {', '.join(listed)} is expected")
        return words(raw)

    return Codec({"enum": listed}, decode, lambda value, zone: value.value)


_TEXT = Codec({"type": "string"}, _text)
_NUMBER = Codec({"type": "integer", "minimum": -_LARGEST, "maximum": _LARGEST}, _number)
_INSTANT_CODEC = Codec({"type": "string", "format": "date-time", "pattern": _INSTANT.pattern}, _instant, _write_instant)
_DAY_CODEC = Codec({"type": "string", "format": "date", "pattern": _DAY.pattern}, _day, lambda value, zone: str(value))
ANSWER = Codec({}, _json)
"""Any JSON value."""

_CODECS: Mapping[str, Codec] = {
    "str": _TEXT,
    "str | None": _or_none(_TEXT),
    "int": _NUMBER,
    "int | None": _or_none(_NUMBER),
    "bool": Codec({"type": "boolean"}, _flag),
    "datetime": _INSTANT_CODEC,
    "datetime | None": _or_none(_INSTANT_CODEC),
    "date | None": _or_none(_DAY_CODEC),
    "Answer": ANSWER,
    "tuple[str, ...]": _list_of(_TEXT),
    "tuple[Answer, ...]": _list_of(ANSWER),
    **{
        words.__name__: _one_of(words)
        for words in (RoundState, Format, Focus, MessageKind, Channel, Word, DecisionKind, LessonState, Depth)
    },
}
"""By how the type is written in the facts; a type that is new there has no codec yet and fails at once."""
