"""Says what is wrong with a content file in words for somebody who edits texts, not programs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import UnionType
from typing import Any, Union, cast, get_args, get_origin

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

Location = tuple[int | str, ...]

ALIAS = "references (*name) are not used in these files: put text that begins with * in quotes"
ANCHOR = "names for references (&name) are not used in these files: put text that begins with & in quotes"
TAG = "tags (!name) are not used in these files: put text that begins with ! in quotes"
TOO_DEEP = "brackets or keys are nested too deeply here"

_SYNTAX = {
    "mapping values are not allowed": "a text with a colon must stand in quotes; else the line is indented wrongly",
    "found character '\\t'": "blanks are expected for indenting, and here stands a tab",
    "cannot start any token": "a text that begins with this character must stand in quotes",
    "could not find expected ':'": "a key with a colon is expected, or text indented further than its key",
    "expected <block end>": "this line is indented unlike its neighbours, or a quotation mark closes too early",
    "expected alphabetic or numeric character": "a text that begins with this character must stand in quotes",
    "expected the node content": "a text that begins with this character must stand in quotes",
    "expected ',' or": "a comma or a closing bracket is missing",
    "found unexpected end of stream": "a closing quotation mark is missing",
    "found unknown escape character": "a backslash in double quotes must be doubled, or use single quotes",
    "but found another document": "one document is expected: take this --- line out",
    "found unhashable key": "a plain word is expected as key",
}

_EXPECTED = {
    "string_type": "text is expected (in quotes, if it could be taken for anything else)",
    "int_type": "a whole number is expected",
    "int_parsing": "a whole number is expected",
    "int_from_float": "a whole number is expected",
    "float_type": "a number is expected",
    "float_parsing": "a number is expected",
    "bool_type": "true or false is expected",
    "bool_parsing": "true or false is expected",
    "list_type": "a list is expected, each entry with a dash",
    "tuple_type": "a list is expected, each entry with a dash",
    "dict_type": "keys with values are expected",
    "mapping_type": "keys with values are expected",
    "model_type": "keys with values are expected",
    "model_attributes_type": "keys with values are expected",
    "date_type": "a date such as 2026-03-31 is expected",
    "date_parsing": "a date such as 2026-03-31 is expected",
    "date_from_datetime_parsing": "a date such as 2026-03-31 is expected",
    "none_required": "nothing is expected",
    "enum": "one of {expected} is expected",
    "literal_error": "one of {expected} is expected",
    "greater_than_equal": "a number of at least {ge} is expected",
    "greater_than": "a number above {gt} is expected",
    "less_than_equal": "a number of at most {le} is expected",
    "less_than": "a number below {lt} is expected",
    "string_too_short": "text of at least {min_length} character(s) is expected",
    "string_too_long": "text of at most {max_length} characters is expected",
    "string_pattern_mismatch": "text of the form {pattern} is expected",
    "too_short": "at least {min_length} entries are expected, there are {actual_length}",
    "too_long": "at most {max_length} entries are expected, there are {actual_length}",
    "union_tag_invalid": "one of {expected_tags} is expected as {discriminator}",
    "union_tag_not_found": "the key {discriminator} is missing",
    "value_error": "{error}",
    "assertion_error": "{error}",
}


def of_syntax(error: yaml.MarkedYAMLError) -> tuple[int, str]:
    """Line and sentence for a file that is not YAML."""
    problem = error.problem or ""
    # An unclosed quote is noticed at the end of the file; the place to mend is where it opened.
    mark = error.context_mark if "end of stream" in problem else error.problem_mark
    mark = mark or error.problem_mark or error.context_mark
    sentence = next((said for part, said in _SYNTAX.items() if part in problem), problem)
    return (mark.line + 1 if mark else 1), sentence


def of_shape(error: ValidationError, data: Any, shape: type[BaseModel]) -> list[tuple[Location, str]]:
    """Place and sentence for each thing that does not fit `shape`; alternatives at one place become one sentence."""
    found: dict[Location, list[str]] = {}
    stands: dict[Location, str] = {}
    for at, detail in _meant(error, data):
        expected = _expected(detail, at, shape)
        if expected not in found.setdefault(at, []):
            found[at].append(expected)
        stands[at] = _what_stands_there(detail)
    return [(at, "; or ".join(sentences) + stands[at]) for at, sentences in found.items()]


def _meant(error: ValidationError, data: Any) -> list[tuple[Location, ErrorDetails]]:
    """The errors of the alternative that was meant: where one of them has a mistake further inside, it was that one."""
    placed = [(_place_in(data, detail), detail) for detail in error.errors(include_url=False)]
    return [(at, detail) for at, detail in placed if not (_follows(detail) and _goes_further(at, placed))]


def _follows(detail: ErrorDetails) -> bool:
    """Whether an error may only follow from one further inside: another type was not meant, no entry was right."""
    return detail["type"].endswith("_type") or detail["type"] == "too_short"


def _goes_further(at: Location, placed: list[tuple[Location, ErrorDetails]]) -> bool:
    return any(other != at and other[: len(at)] == at for other, _ in placed)


def _expected(detail: ErrorDetails, at: Location, shape: type[BaseModel]) -> str:
    """What one pydantic error says was expected."""
    kind = detail["type"]
    if kind == "missing":
        return "this key is missing"
    if kind == "extra_forbidden":
        return f"no key of this name is known here; known are {', '.join(_known_keys(shape, at[:-1]))}"
    context = {name: _unquoted(value) for name, value in detail.get("ctx", {}).items()}
    template = _EXPECTED.get(kind)
    return template.format(**context) if template else detail["msg"].replace("Input should be ", "expected is ")


def _unquoted(value: object) -> str:
    """Pydantic lists allowed values as `'a', 'b' or 'c'`; the quotes only puzzle."""
    return str(value).replace("'", "")


_SAYS_ALL = ("missing", "extra_forbidden", "value_error", "assertion_error", "too_short", "too_long")
"""Errors whose sentence is complete without what stands in the file."""


def _what_stands_there(detail: ErrorDetails) -> str:
    value = detail["input"]
    if detail["type"] in _SAYS_ALL or detail["type"].startswith("union_tag"):
        return ""
    if value is None:
        return ", and nothing stands here"
    if isinstance(value, Mapping):
        return ", and here stand keys with values"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", and here stands a list"
    shown = str(value).lower() if isinstance(value, bool) else str(value)
    return f", and here stands “{shown if len(shown) <= 40 else shown[:39] + '…'}”"


def _place_in(data: Any, detail: ErrorDetails) -> Location:
    """Where in the file a mistake stands. Pydantic's own location also names the branch of a union that it tried."""
    path = detail["loc"]
    if detail["type"] in ("missing", "extra_forbidden"):
        return (*_walk(data, path[:-1]), str(path[-1]))
    return _walk(data, path)


def _walk(data: Any, path: tuple[int | str, ...]) -> Location:
    """The longest way through `data` along `path`, leaving out the parts that are not in the file."""
    if not path:
        return ()
    first, rest = path[0], path[1:]
    skipped = _walk(data, rest)
    if isinstance(data, Mapping) and first in data:
        mapping = cast("Mapping[int | str, Any]", data)
        return max((str(first), *_walk(mapping[first], rest)), skipped, key=len)
    if isinstance(data, list) and isinstance(first, int) and first < len(cast("list[Any]", data)):
        return max((first, *_walk(cast("list[Any]", data)[first], rest)), skipped, key=len)
    return skipped


def _known_keys(shape: type[BaseModel], at: Location) -> list[str]:
    """The keys that `shape` knows at a place, over all alternatives there."""
    annotations: list[Any] = [shape]
    for part in at:
        annotations = [inner for annotation in annotations for inner in _inside(annotation, part)]
    models = [one for annotation in annotations for one in _alternatives(annotation) if _is_model(one)]
    return list(dict.fromkeys(name for model in models for name in _names(model)))


def _inside(annotation: Any, part: int | str) -> Iterable[Any]:
    """What stands at `part` of a thing of this type."""
    for one in _alternatives(annotation):
        arguments = get_args(one)
        if _is_model(one) and part in _names(one):
            yield _names(one)[str(part)]
        elif arguments:
            yield arguments[-1] if get_origin(one) is dict else arguments[0]


def _alternatives(annotation: Any) -> Iterable[Any]:
    """The members of a union, any other type itself."""
    if get_origin(annotation) in (Union, UnionType):
        return [inner for member in get_args(annotation) for inner in _alternatives(member)]
    if hasattr(annotation, "__metadata__"):
        return _alternatives(get_args(annotation)[0])
    return [annotation]


def _is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def _names(model: type[BaseModel]) -> dict[str, Any]:
    """The keys of a model as they stand in the file, with the type of each."""
    return {field.alias or name: field.annotation for name, field in model.model_fields.items()}
