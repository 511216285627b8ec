"""Reads one YAML file into a checked model; every mistake comes back with file, line, key and what was expected."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from debrief.errors import Problem


class Shape(BaseModel):
    """The base of every shape of content: unknown keys are mistakes, values do not change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


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


def read(path: Path, shape: type[ShapeT], *, relative_to: Path) -> Reading[ShapeT]:
    """The file's content as `shape`. Never raises for what stands in the file: problems are returned."""
    name = path.relative_to(relative_to).as_posix()
    try:
        text = path.read_text(encoding="utf-8")
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        data = yaml.safe_load(text)
    except FileNotFoundError:
        return _failed(name, 1, "file", "this file is missing")
    except UnicodeDecodeError as error:
        return _failed(name, 1, "file", f"UTF-8 text is expected, byte {error.start} is none")
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return _failed(name, mark.line + 1 if mark else 1, "file", error.problem or "this is not YAML")
    except yaml.YAMLError as error:
        return _failed(name, 1, "file", f"this is not YAML: {error}")
    if root is None:
        return _failed(name, 1, "file", "the file is empty")
    lines: dict[Location, int] = {}
    problems = [Problem(name, *found) for found in _number_lines(root, (), lines)]
    try:
        value = shape.model_validate(data)
    except ValidationError as error:
        problems += [_explain(name, lines, detail) for detail in error.errors(include_url=False)]
        value = None
    return Reading(None if problems else value, tuple(problems), lines, name)


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


def _failed(name: str, line: int, key: str, expected: str) -> Reading[Any]:
    return Reading(None, (Problem(name, line, key, expected),), {}, name)


def _number_lines(node: yaml.Node, at: Location, lines: dict[Location, int]) -> list[tuple[int, str, str]]:
    """Notes the line of every key below `node`; gives back keys that stand twice, which YAML would swallow."""
    doubled: list[tuple[int, str, str]] = []
    lines.setdefault(at, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            place = (*at, str(key.value))
            if place in lines:
                doubled.append((key.start_mark.line + 1, spell(place), "this key stands here a second time"))
            lines[place] = key.start_mark.line + 1
            doubled += _number_lines(value, place, lines)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            doubled += _number_lines(value, (*at, index), lines)
    return doubled


def _explain(name: str, lines: dict[Location, int], detail: Any) -> Problem:
    """One pydantic error as a problem: an unknown key is named as such, the rest in pydantic's words."""
    location: Location = tuple(detail["loc"])
    expected = "no key of this name is known here" if detail["type"] == "extra_forbidden" else detail["msg"]
    return Problem(name, line_of(lines, location), spell(location), expected)
