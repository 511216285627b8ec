"""The column types: what goes in comes out the same, on SQLite as on PostgreSQL.

Every type can `clean` a value (as the store will give it back; what cannot be
kept is refused with a sentence) and write it as JSON and back, for the journal.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.types import TypeDecorator, TypeEngine

from debrief.errors import Refused, StoreDamaged

DAMAGED = "The database file is damaged: something in it cannot be read. Nothing was changed."
_LARGEST = 2**31 - 1


class Kept(TypeDecorator[Any]):
    """The base of the types: values that are their own JSON, kept as they are."""

    impl = sa.Text
    cache_ok = True

    def clean(self, value: Any) -> Any:
        """The value as it will be read back. Raises Refused where it cannot be kept."""
        return value

    def to_json(self, value: Any) -> Any:
        """The value as JSON has it."""
        return value

    def from_json(self, value: Any) -> Any:
        """The value that `to_json` wrote."""
        return value

    def process_bind_param(self, value: Any, dialect: sa.Dialect) -> Any:
        """What the driver is given."""
        return None if value is None else self.clean(value)

    def result_processor(self, dialect: sa.Dialect, coltype: object) -> Any:
        """Reads what stands in a row; raises StoreDamaged where nothing of ours can have written it."""
        read = super().result_processor(dialect, coltype)
        return read and _guarded(read)


class ExactText(Kept):
    """Text in any script, kept code point by code point and ordered by code point on every database."""

    impl = sa.Text
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> TypeEngine[Any]:
        """PostgreSQL would otherwise order by the server's language."""
        return sa.Text(collation="C") if dialect.name == "postgresql" else sa.Text()

    def clean(self, value: Any) -> str:
        """The text itself; NUL and halves of surrogate pairs are refused."""
        if not isinstance(value, str):
            raise TypeError(f"text is expected, not {type(value).__name__}")
        check_text(value)
        return str(value)


class Number(Kept):
    """A small whole number."""

    impl = sa.Integer
    cache_ok = True

    def clean(self, value: Any) -> int:
        """The number itself; one beyond 32 bits is refused."""
        if abs(value) > _LARGEST:
            raise Refused("This number is too large to be kept. Enter a smaller one.")
        return int(value)


class Flag(Kept):
    """Yes or no."""

    impl = sa.Boolean
    cache_ok = True

    def clean(self, value: Any) -> bool:
        """The flag itself."""
        return bool(value)


class Instant(Kept):
    """A moment: goes in with any zone, comes out in UTC, to the microsecond.

    SQLite has no type for it: there it is ISO text of one width, which sorts as
    the moments do.
    """

    impl = sa.DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> TypeEngine[Any]:
        """ISO text on SQLite, `timestamp with time zone` elsewhere."""
        return dialect.type_descriptor(sa.String(32) if dialect.name == "sqlite" else sa.DateTime(timezone=True))

    def clean(self, value: Any) -> datetime:
        """The same moment in UTC; one without a zone is refused."""
        moment = cast(datetime, value)
        if moment.utcoffset() is None:
            raise Refused("This time has no time zone, so nobody can tell when it was. Choose a zone.")
        try:
            return moment.astimezone(UTC)
        except OverflowError:
            raise Refused("This time is beyond what a calendar holds. Check the year.") from None

    def to_json(self, value: Any) -> str:
        """ISO 8601 with offset."""
        return cast(datetime, value).isoformat(timespec="microseconds")

    def from_json(self, value: Any) -> datetime:
        """The moment that `to_json` wrote."""
        return datetime.fromisoformat(value)

    def process_bind_param(self, value: Any, dialect: sa.Dialect) -> Any:
        """What the driver is given."""
        if value is None:
            return None
        moment = self.clean(value)
        return self.to_json(moment) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> datetime | None:
        """The moment in UTC."""
        if value is None:
            return None
        return datetime.fromisoformat(value) if dialect.name == "sqlite" else value.astimezone(UTC)


class Day(Kept):
    """A date of the calendar, without any zone."""

    impl = sa.Date
    cache_ok = True

    def clean(self, value: Any) -> date:
        """The date itself; a moment is not one."""
        if isinstance(value, datetime) or not isinstance(value, date):
            raise TypeError(f"a date is expected, not {type(value).__name__}")
        return value

    def to_json(self, value: Any) -> str:
        """YYYY-MM-DD."""
        return cast(date, value).isoformat()

    def from_json(self, value: Any) -> date:
        """The date that `to_json` wrote."""
        return date.fromisoformat(value)


class Choice(Kept):
    """One of a few words."""

    impl = sa.String
    cache_ok = True

    def __init__(self, words: type[StrEnum]) -> None:
        super().__init__()
        self.words = words

    def clean(self, value: Any) -> StrEnum:
        """The member itself."""
        return self.words(value)

    def to_json(self, value: Any) -> str:
        """The member's word."""
        return str(value.value)

    def from_json(self, value: Any) -> StrEnum:
        """The member with this word."""
        return self.words(value)

    def process_bind_param(self, value: Any, dialect: sa.Dialect) -> Any:
        """What the driver is given."""
        return None if value is None else self.words(value).value

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> StrEnum | None:
        """The member with the word that stands in the row."""
        return None if value is None else self.words(value)


class Json(Kept):
    """Any JSON value, kept as text: PostgreSQL's own types would reorder keys and change numbers."""

    impl = sa.Text
    cache_ok = True

    def clean(self, value: Any) -> Any:
        """The value as JSON gives it back: tuples become lists."""
        return _clean_json(value)

    def process_bind_param(self, value: Any, dialect: sa.Dialect) -> str:
        """JSON text of a cleaned value; None is JSON's null, not the database's."""
        return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> Any:
        """The value that stands in the row."""
        return None if value is None else json.loads(value)


class Row(Json):
    """A tuple of JSON values."""

    cache_ok = True

    def clean(self, value: Any) -> tuple[Any, ...]:
        """The same tuple, its entries as JSON gives them back."""
        return tuple(_clean_json(entry) for entry in value)

    def to_json(self, value: Any) -> list[Any]:
        """The entries as a list."""
        return list(value)

    def from_json(self, value: Any) -> tuple[Any, ...]:
        """The entries as a tuple."""
        return tuple(value)

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> Any:
        """The entries as a tuple."""
        return None if value is None else tuple(json.loads(value))


def check_text(text: str) -> None:
    """Refuses what no database keeps: NUL, and halves of surrogate pairs (which are no characters)."""
    if "\x00" in text:
        raise Refused("This text holds a NUL character, which cannot be kept. Remove it, or paste as plain text.")
    if text.isascii():
        return
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise Refused(
            f"Character {error.start + 1} of this text is only half of a character. Remove it, or paste it again."
        ) from None


def _clean_json(value: Any) -> Any:
    """The value as JSON gives it back, texts checked."""
    match value:
        case None | bool() | int():
            return value
        case str():
            check_text(value)
            return str(value)
        case float() if value - value == 0:
            return value
        case Mapping():
            return {_clean_json(key): _clean_json(entry) for key, entry in cast(Mapping[str, Any], value).items()}
        case list() | tuple():
            return [_clean_json(entry) for entry in cast(Sequence[Any], value)]
        case _:
            raise Refused("This value cannot be kept: text, whole numbers, yes or no and lists of them can.")


def _guarded(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def reading(value: Any) -> Any:
        try:
            return read(value)
        except (ValueError, TypeError) as error:
            raise StoreDamaged(DAMAGED) from error

    return reading
