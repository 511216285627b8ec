"""Reads content/rules/*.yaml, one set of house rules a file, and its texts in content/<language>/rules/.

A file says `extends:` and holds only what differs. A file with mistakes is left
out and reported, and so is every file that builds on it; the others work.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, TypeAlias, get_type_hints

from pydantic import Field, PlainValidator
from pydantic_core import PydanticCustomError

from debrief.content.reader import Reading, Shape, read
from debrief.domain.rules import (
    AskFeedback,
    CheckInRules,
    ConnectWith,
    HouseRules,
    LastMessageRules,
    LetGoRules,
    RuleBook,
    RulesTexts,
    Span,
    StepName,
    Unit,
    Window,
)
from debrief.errors import Problem

REQUIRED = ("standard", "gentle")
"""Without these the product cannot run: mistakes in them stop it, mistakes in others do not."""

Given: TypeAlias = dict[str, dict[str, Any]]
"""What a file sets: section, key, value."""

LENGTH = re.compile(r"([1-9][0-9]{0,3}) (hour|day|week|working day)s?")
UNITS = {"day": (Unit.DAYS, 1), "week": (Unit.DAYS, 7), "working day": (Unit.WORKING_DAYS, 1)}
LEFT_OUT: Any = None
"""The default of every key: what a file leaves out comes from the rules that it extends."""


def _hours(value: object) -> Span:
    """A length of time in elapsed hours."""
    found = LENGTH.fullmatch(value) if isinstance(value, str) else None
    if found is None or found[2] != "hour":
        raise PydanticCustomError("length", "a number of hours is expected here, such as “24 hours”")
    return Span(int(found[1]), Unit.HOURS)


def _dates(value: object) -> Span:
    """A length of time that is counted in dates."""
    found = LENGTH.fullmatch(value) if isinstance(value, str) else None
    if found is None or found[2] not in UNITS:
        raise PydanticCustomError(
            "length", "a length of time in dates is expected here, such as “7 days”, “2 weeks” or “1 working day”"
        )
    unit, days = UNITS[found[2]]
    return Span(int(found[1]) * days, unit)


Hours = Annotated[Span, PlainValidator(_hours)]
Dates = Annotated[Span, PlainValidator(_dates)]


class HoursDueShape(Shape):
    """A step that is due some hours after the interview."""

    due: Hours = LEFT_OUT


class HoursShape(HoursDueShape):
    """A step whose window is counted in hours."""

    closes: Hours = LEFT_OUT


class DueShape(Shape):
    """A step that is due after some days and stays open."""

    due: Dates = LEFT_OUT


class WindowShape(DueShape):
    """A step whose window is counted in dates."""

    closes: Dates = LEFT_OUT


class CheckInShape(WindowShape):
    """When to ask after the decision."""

    allowed: Literal[1, 2] = LEFT_OUT
    first_wait: Dates = LEFT_OUT
    after_promised_date: Dates = LEFT_OUT


class LastMessageShape(WindowShape):
    """When to ask a last time."""

    after_last_word: Dates = LEFT_OUT
    after_promised_date: Dates = LEFT_OUT
    after_check_in: Dates = LEFT_OUT


class LetGoShape(Shape):
    """When to stop waiting."""

    after_last_message: Dates = LEFT_OUT
    after_only_check_in: Dates = LEFT_OUT
    after_last_word: Dates = LEFT_OUT
    after_promised_date: Dates = LEFT_OUT


class FeedbackShape(WindowShape):
    """When to ask for feedback."""

    ask: AskFeedback = LEFT_OUT


class ConnectShape(WindowShape):
    """Whom to connect with, and when."""

    people: ConnectWith = LEFT_OUT
    unthanked: Hours = LEFT_OUT


class RulesShape(Shape):
    """One rules file. The sections bear the names of the steps."""

    extends: str | None = None
    example: bool = False
    reflect: HoursDueShape = LEFT_OUT
    thank_you: HoursShape = LEFT_OUT
    send_material: DueShape = LEFT_OUT
    check_in: CheckInShape = LEFT_OUT
    last_message: LastMessageShape = LEFT_OUT
    let_go: LetGoShape = LEFT_OUT
    rejection_reply: WindowShape = LEFT_OUT
    feedback_request: FeedbackShape = LEFT_OUT
    connect: ConnectShape = LEFT_OUT
    offer_reply: DueShape = LEFT_OUT


class TextsShape(Shape):
    """What people read about a set of rules; `steps` holds wording for the steps that differ."""

    title: str
    description: str = ""
    steps: dict[StepName, str] = Field(default_factory=dict[StepName, str])


RulesReading: TypeAlias = Reading[RulesShape]


def load(folder: Path, language: str = "en") -> tuple[RuleBook | None, tuple[Problem, ...]]:
    """The house rules from `folder` (content/).

    Mistakes in other files than the required ones are in the book's own
    `problems`. Mistakes in the required ones leave no book at all.
    """
    readings = {path.stem: read(path, RulesShape, relative_to=folder) for path in _files(folder / "rules")}
    texts = {path.stem: read(path, TextsShape, relative_to=folder) for path in _files(folder / language / "rules")}
    rules: dict[str, HouseRules] = {}
    problems: dict[str, list[Problem]] = {name: [] for name in (*REQUIRED, *readings, *texts)}
    for name in problems:
        found, mistakes = _one(name, readings, texts)
        problems[name] += mistakes
        if found:
            rules[name] = found
    fatal = tuple(problem for name in REQUIRED for problem in problems[name])
    others = tuple(problem for name in problems if name not in REQUIRED for problem in problems[name])
    others += tuple(_misnamed(folder, folder / "rules")) + tuple(_misnamed(folder, folder / language / "rules"))
    return (None, fatal + others) if fatal else (RuleBook(rules, others), ())


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.yaml"))


def _misnamed(content: Path, folder: Path) -> Iterator[Problem]:
    for path in sorted(folder.glob("*.yml")):
        yield Problem(path.relative_to(content).as_posix(), 1, "file", "a name that ends in .yaml is expected")


def _one(
    name: str, readings: Mapping[str, RulesReading], texts: Mapping[str, Reading[TextsShape]]
) -> tuple[HouseRules | None, list[Problem]]:
    """One set of rules, or the problems that stand in its way."""
    text = texts.get(name)
    problems = list(text.problems) if text else []
    if name not in readings:
        place = f"rules/{name}.yaml"
        problems.append(Problem(text.file if text else place, 1, "file", f"the rules themselves, {place}, are missing"))
        return None, problems
    reading = readings[name]
    lineage, mistake = _lineage(name, readings)
    problems += reading.problems
    if mistake:
        problems.append(reading.problem(("extends",), mistake))
    if problems or not lineage:
        return None, problems
    given = _merge(one for _, one in lineage)
    problems += _missing(reading, given) or _closing_too_soon(reading, given)
    if problems:
        return None, problems
    return _rules(name, given, _texts(name, lineage, texts)), []


def _lineage(name: str, readings: Mapping[str, RulesReading]) -> tuple[list[tuple[str, RulesShape]], str | None]:
    """The sets that one builds on, the oldest first and itself last; or what is wrong with its `extends`."""
    line: list[tuple[str, RulesShape]] = []
    seen = [name]
    while (shape := readings[seen[-1]].value) is not None:
        line.insert(0, (seen[-1], shape))
        parent = shape.extends
        if parent is None:
            return line, None
        if parent in seen:
            return [], f"these rules build on each other in a circle: {' → '.join((*seen, parent))}"
        if parent not in readings:
            break
        seen.append(parent)
    if seen[-1] != name:
        return [], f"{readings[seen[-1]].file}, on which these rules build, has mistakes"
    if shape is None:
        return [], None
    known = ", ".join(other for other in readings if other != name)
    return [], f"the name of a rules file is expected ({known}), not {shape.extends!r}"


def _merge(shapes: Iterable[RulesShape]) -> Given:
    """Every key that is set anywhere in the line; the youngest set wins."""
    given: Given = {}
    for shape in shapes:
        for section, part in _sections(shape).items():
            given[section] = given.get(section, {}) | part
    return given


def _sections(shape: RulesShape) -> Given:
    """What one file itself sets."""
    parts = {name: getattr(shape, name) for name in shape.model_fields_set}
    return {
        name: {key: getattr(part, key) for key in part.model_fields_set}
        for name, part in parts.items()
        if isinstance(part, Shape)
    }


def _missing(reading: RulesReading, given: Given) -> list[Problem]:
    """Keys that neither the file nor anything that it extends sets."""
    shapes = get_type_hints(RulesShape)
    return [
        reading.problem((step, key), "this key is missing here, and nothing that these rules extend sets it")
        for step in StepName
        for key in shapes[step].model_fields
        if key not in given.get(step, {})
    ]


def _closing_too_soon(reading: RulesReading, given: Given) -> list[Problem]:
    """Windows that would close before the step is due."""
    return [
        reading.problem(
            (step, "closes"), f"a longer time than {part['due']} is expected, which is when the step is due"
        )
        for step, part in given.items()
        if "closes" in part and not part["due"].fits_in(part["closes"])
    ]


def _texts(name: str, lineage: list[tuple[str, RulesShape]], texts: Mapping[str, Reading[TextsShape]]) -> RulesTexts:
    """Title, description and wording. A step that a set changes does not keep the wording of its parent."""
    steps: dict[StepName, str] = {}
    for ancestor, shape in lineage:
        changed = _sections(shape)
        steps = {step: wording for step, wording in steps.items() if step not in changed}
        reading = texts.get(ancestor)
        if reading and reading.value:
            steps |= reading.value.steps
    own = texts[name].value if name in texts else None
    return RulesTexts(
        title=own.title if own else name.replace("-", " ").replace("_", " ").capitalize(),
        description=own.description if own else "",
        example=lineage[-1][1].example,
        steps=steps,
    )


def _rules(name: str, given: Given, texts: RulesTexts) -> HouseRules:
    """The rules that a complete set of keys makes."""

    def window(step: StepName) -> Window:
        return Window(given[step]["due"], given[step]["closes"])

    def rest(step: StepName) -> dict[str, Any]:
        return {key: value for key, value in given[step].items() if key not in ("due", "closes")}

    return HouseRules(
        id=name,
        texts=texts,
        reflect_due=given[StepName.REFLECT]["due"],
        thank_you=window(StepName.THANK_YOU),
        send_material_due=given[StepName.SEND_MATERIAL]["due"],
        check_in=CheckInRules(window=window(StepName.CHECK_IN), **rest(StepName.CHECK_IN)),
        last_message=LastMessageRules(window=window(StepName.LAST_MESSAGE), **rest(StepName.LAST_MESSAGE)),
        let_go=LetGoRules(**rest(StepName.LET_GO)),
        rejection_reply=window(StepName.REJECTION_REPLY),
        ask_feedback=given[StepName.FEEDBACK_REQUEST]["ask"],
        feedback_request=window(StepName.FEEDBACK_REQUEST),
        connect_with=given[StepName.CONNECT]["people"],
        connect=window(StepName.CONNECT),
        connect_unthanked=given[StepName.CONNECT]["unthanked"],
        offer_reply_due=given[StepName.OFFER_REPLY]["due"],
    )
