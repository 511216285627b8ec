"""Reads one YAML file into a checked model; every mistake comes back with file, line, key and what was expected.

The YAML is the plain part of it, so that texts mean what they look like: only
true and false are yes-or-no values (`no` and `NO` are words), 12:30 and
2026-03-31 are texts, and anchors, aliases and tags are mistakes. A file can
therefore neither run code nor blow up in memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any, Generic, TypeVar, cast

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import PydanticCustomError
from yaml.composer import Composer, ComposerError
from yaml.constructor import SafeConstructor
from yaml.parser import Parser
from yaml.reader import Reader, ReaderError
from yaml.resolver import Resolver
from yaml.scanner import Scanner

from debrief.content import mistakes
from debrief.errors import Problem

DEEPEST = 30
"""Levels of keys within keys; more is a mistake in the file."""
LARGEST = 2_000_000
"""Characters in one file."""


class Shape(BaseModel):
    """The base of every shape of content: unknown keys are mistakes, values do not change.

    How to check one is worked out when the first file of its kind is read: a start need not wait for all of them.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


def _identifier(value: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9_]*", value):
        raise PydanticCustomError("identifier", "an id of small letters, digits and underscores is expected")
    return value


Identifier = Annotated[str, AfterValidator(_identifier)]
"""The name of a thing, by which the record and other files point to it."""
Text = Annotated[str, Field(min_length=1)]
"""Words for people to read; never empty."""

ShapeT = TypeVar("ShapeT", bound=Shape)
Location = tuple[int | str, ...]


@dataclass(frozen=True, slots=True)
class Reading(Generic[ShapeT]):
    """What reading one file gave: the value, or the problems that stood in its way."""

    value: ShapeT | None
    problems: tuple[Problem, ...]
    lines: dict[Location, int]
    """The line of every key and list entry, for checks across files."""
    file: str

    def problem(self, location: Location, expected: str) -> Problem:
        """A mistake at a place of this file, found by a check that the shape alone cannot make."""
        return Problem(self.file, line_of(self.lines, location), spell(location), expected)

    def repeated(self, ids: Iterable[tuple[Location, str]]) -> list[Problem]:
        """A problem for each id that stands above already; each comes with its place."""
        seen: dict[str, int] = {}
        found: list[Problem] = []
        for at, name in ids:
            if name in seen:
                line = seen[name]
                found.append(self.problem(at, f"an id of its own is expected; “{name}” stands in line {line} already"))
            seen.setdefault(name, line_of(self.lines, at))
        return found


def read(path: Path, shape: type[ShapeT], *, relative_to: Path) -> Reading[ShapeT]:
    """The file's content as `shape`. Never raises for what stands in the file: problems are returned."""
    name = path.relative_to(relative_to).as_posix()
    text = _text_of(path, name)
    if isinstance(text, Problem):
        return Reading(None, (text,), {}, name)
    tree = _tree_of(text, name)
    if isinstance(tree, Problem):
        return Reading(None, (tree,), {}, name)
    return _check(name, tree, shape)


def line_of(lines: dict[Location, int], location: Location) -> int:
    """The line where a location, or the nearest thing around it, stands."""
    while location and location not in lines:
        location = location[:-1]
    return lines.get(location, 1)


def spell(location: Location) -> str:
    """A location as people write it: `items[3].title`."""
    spelled = ""
    for part in location:
        spelled += f"[{part}]" if isinstance(part, int) else f".{part}" if spelled else part
    return spelled or "file"


class _Plain(Composer, SafeConstructor, Resolver):
    """YAML without anchors, aliases and tags, and with no other plain values than numbers, true, false and null."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 (PyYAML's own)
    depth = 0

    def __init__(self) -> None:
        for part in (Composer, SafeConstructor, Resolver):
            part.__init__(self)

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        """The next node, unless it uses what these files do not use."""
        event = cast(Any, self).peek_event()
        refusal = mistakes.TOO_DEEP if self.depth >= DEEPEST else _refusal(event)
        if refusal:
            raise ComposerError(None, None, refusal, event.start_mark)
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


class _PlainLoader(_Plain, Reader, Scanner, Parser):
    """In Python: it says best what is wrong."""

    def __init__(self, text: str) -> None:
        for part, given in ((Reader, (text,)), (Scanner, ()), (Parser, ()), (_Plain, ())):
            part.__init__(self, *given)


@cache
def _swift_loader() -> Any:
    """The same by the C library that PyYAML comes with, several times as fast; None where it came without."""
    if not yaml.__with_libyaml__:
        return None
    parser: Any = import_module("yaml.cyaml").CParser

    def begin(self: Any, text: str) -> None:
        parser.__init__(self, text)
        _Plain.__init__(self)

    return type("_SwiftLoader", (_Plain, parser), {"__init__": begin})


def _swift(text: str) -> tuple[yaml.Node, Any] | None:
    """The file as a tree and as plain data; None where anything is wrong, which the other loader can tell."""
    loader = _swift_loader()
    if loader is None:
        return None
    try:
        reading = loader(text)
        root = reading.get_single_node()
        return None if root is None else (root, reading.construct_document(root))
    except yaml.YAMLError:
        return None


def _refusal(event: Any) -> str | None:
    """Why a piece of YAML is more than these files may hold."""
    if isinstance(event, yaml.AliasEvent):
        return mistakes.ALIAS
    if getattr(event, "anchor", None) is not None:
        return mistakes.ANCHOR
    if getattr(event, "tag", None) is not None:
        return mistakes.TAG
    return None


_PLAIN_VALUES = {
    "bool": (r"true|True|TRUE|false|False|FALSE", "tTfF"),
    "int": (r"[-+]?(?:0|[1-9][0-9]{0,17})", "-+0123456789"),
    "float": (r"[-+]?[0-9]{1,18}\.[0-9]{1,18}", "-+0123456789"),
    "null": (r"~|null|Null|NULL|", ["~", "n", "N", ""]),
}
for _tag, (_pattern, _first) in _PLAIN_VALUES.items():
    _Plain.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(rf"^(?:{_pattern})$"), list(_first))


def _text_of(path: Path, name: str) -> str | Problem:
    """The file's text, or why there is none."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return Problem(name, 1, "file", "this file is missing")
    except UnicodeDecodeError as error:
        return _not_utf8(path, name, error)
    except OSError as error:
        return Problem(name, 1, "file", f"this file cannot be read ({error.strerror})")
    if len(text) > LARGEST:
        return Problem(name, 1, "file", f"up to {LARGEST:,} characters are expected, there are {len(text):,}")
    return text


def _not_utf8(path: Path, name: str, error: UnicodeDecodeError) -> Problem:
    """Where the first byte stands that is not UTF-8: editors show lines, not bytes."""
    before = path.read_bytes()[: error.start].decode("utf-8", errors="replace")
    line = before.count("\n") + 1
    key = _key_near(before, line)
    return Problem(name, line, key, "UTF-8 text is expected: save the file again with the encoding UTF-8")


def _tree_of(text: str, name: str) -> tuple[yaml.Node, Any] | Problem:
    """The file as a tree with line numbers, and as plain data."""
    swift = _swift(text)
    if swift is not None and swift[1] is not None:
        return swift
    try:
        loader = _PlainLoader(text)
        root = loader.get_single_node()
        data = None if root is None else loader.construct_document(root)
    except yaml.MarkedYAMLError as error:
        line, expected = mistakes.of_syntax(error)
        return Problem(name, line, _key_near(text, line), expected)
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        expected = f"an invisible control character (U+{ord(text[error.position]):04X}) stands here: delete it"
        return Problem(name, line, _key_near(text, line), expected)
    if root is None or data is None:
        return Problem(name, 1, "file", "the file is empty")
    return root, data


def _check(name: str, tree: tuple[yaml.Node, Any], shape: type[ShapeT]) -> Reading[ShapeT]:
    """The data as `shape`, or everything that is wrong with it."""
    root, data = tree
    lines: dict[Location, int] = {}
    problems = [Problem(name, *found) for found in _number_lines(root, (), lines)]
    value = None
    try:
        value = shape.model_validate(data)
    except ValidationError as error:
        found = mistakes.of_shape(error, data, shape)
        problems += [Problem(name, line_of(lines, at), spell(at), expected) for at, expected in found]
    return Reading(None if problems else value, tuple(sorted(problems, key=_by_line)), lines, name)


def _by_line(problem: Problem) -> int:
    return problem.line


_KEY = re.compile(r"^[\s-]*([\w-]+)\s*:")


def _key_near(text: str, line: int) -> str:
    """The key on this line, or the nearest one above it: a file that cannot be parsed has no better address."""
    for candidate in reversed(text.splitlines()[:line]):
        found = _KEY.match(candidate)
        if found:
            return found[1]
    return "file"


def _number_lines(node: yaml.Node, at: Location, lines: dict[Location, int]) -> list[tuple[int, str, str]]:
    """Notes the line of every key below `node`; gives back keys that stand twice, which YAML would swallow."""
    doubled: list[tuple[int, str, str]] = []
    lines.setdefault(at, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            place = (*at, str(key.value))
            line = key.start_mark.line + 1
            if place in lines:
                doubled.append((line, spell(place), f"this key stands in line {lines[place]} already"))
            lines[place] = line
            doubled += _number_lines(value, place, lines)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            doubled += _number_lines(value, (*at, index), lines)
    return doubled
