"""A list of objects in JSON as a table: one row an object, one column a key."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, cast

from debrief.errors import Refused
from debrief.exchange.imports.problems import shown

_WRAPPERS = ("applications", "jobs", "data", "items", "rows")
"""Keys under which servers hand out a list."""


def objects_as_rows(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Header and rows, numbered as under a header. Raises Refused where the file holds no list of objects."""
    objects = _objects(_parsed(text, name), name)
    columns = list(dict.fromkeys(key for one in objects for key in one))
    yield 1, columns
    for number, one in enumerate(objects, start=2):
        yield number, [_as_cell(one.get(column)) for column in columns]


def _parsed(text: str, name: str) -> Any:
    try:
        return json.loads(text.removeprefix("\ufeff"))
    except json.JSONDecodeError as error:
        raise Refused(
            f"{shown(name)} is not JSON: line {error.lineno:,}, column {error.colno:,}. It may have been cut off; "
            "download it once more."
        ) from None
    except RecursionError:
        raise Refused(f"{shown(name)} is nested too deeply to be a list of applications.") from None
    except ValueError:  # a number of thousands of digits
        raise Refused(f"{shown(name)} holds a number that is too long to be read.") from None


def _objects(document: Any, name: str) -> list[Mapping[str, Any]]:
    if isinstance(document, dict):
        held = cast("dict[str, Any]", document)
        document = next((held[key] for key in _WRAPPERS if isinstance(held.get(key), list)), None)
    listed = cast("list[Any]", document) if isinstance(document, list) else []
    if not listed or not all(isinstance(one, dict) and one for one in listed):
        raise Refused(
            f"{shown(name)} holds no list of applications: a list of objects with an employer and a role is expected. "
            "A résumé is none; an export of Debrief begins with its format."
        )
    return cast("list[Mapping[str, Any]]", listed)


def _as_cell(value: Any) -> str:
    """What a spreadsheet would show: names of people and lists of words one after another."""
    if isinstance(value, list):
        return "; ".join(filter(None, map(_as_word, cast("list[Any]", value))))
    return _as_word(value)


def _as_word(value: Any) -> str:
    """One value; of an object its name, of what is nested deeper nothing."""
    match value:
        case str():
            return value
        case bool():
            return "yes" if value else "no"
        case int() | float():
            return repr(value)
        case {"name": str(name)}:
            return name
        case _:
            return ""
