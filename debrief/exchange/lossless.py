"""The whole record of one owner as one JSON file, and back, losing nothing.

The file holds a list for each kind of fact and the settings. Lists are in order
of time and id, keys in the order of the facts' fields, instants on the clock of
the interview that they belong to (else in UTC): the same record always gives
the same bytes, and there is no time of writing inside. What undo would need
(the journal) stays behind. docs/debrief.schema.json describes the format.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, NamedTuple, cast
from zoneinfo import ZoneInfo

from debrief.domain.checks import is_zone
from debrief.domain.facts import (
    Answer,
    Application,
    Decision,
    DraftVersion,
    Fact,
    Heard,
    IgnoredFinding,
    Interview,
    Lesson,
    Meeting,
    Message,
    Person,
    Reflection,
    ReflectionAnswer,
    Rehearsal,
    Snooze,
    Story,
    Telling,
    Tick,
)
from debrief.domain.rules import StepName
from debrief.errors import Refused
from debrief.exchange.lossless_values import ANSWER, Schema, Unfit, codecs_of
from debrief.public_holidays import countries

FORMAT = "debrief"
SCHEMA_VERSION = 3
"""Raised whenever files of before can no longer be read as they are; older ones are upgraded when read (_UPGRADES)."""

KINDS: Mapping[str, type[Fact]] = {
    "applications": Application,
    "interviews": Interview,
    "people": Person,
    "meetings": Meeting,
    "reflections": Reflection,
    "reflection_answers": ReflectionAnswer,
    "messages": Message,
    "draft_versions": DraftVersion,
    "ignored_findings": IgnoredFinding,
    "heard": Heard,
    "decisions": Decision,
    "lessons": Lesson,
    "stories": Story,
    "tellings": Telling,
    "rehearsals": Rehearsal,
    "ticks": Tick,
    "snoozes": Snooze,
}
"""The lists of the file, parents before what belongs to them."""

_PARENTS = {
    "application_id": "applications",
    "interview_id": "interviews",
    "person_id": "people",
    "reflection_id": "reflections",
    "message_id": "messages",
    "story_id": "stories",
}
_ONLY_ONE: Mapping[str, tuple[str, ...]] = {
    "meetings": ("interview_id", "person_id"),
    "reflections": ("interview_id",),
    "reflection_answers": ("reflection_id", "question"),
    "ignored_findings": ("message_id", "rule", "words"),
    "tellings": ("story_id", "interview_id"),
    "ticks": ("interview_id", "item"),
}
_STEPS = tuple(step.value for step in StepName)
_MARKS = ("rapport", "landed", "rating")
"""Marks that people give, of a person met, of a story told, of a rehearsed answer."""
LARGEST_FILE = 200 * 2**20
"""Bytes. Some 40,000 interviews; what is larger would fill the memory before it could be told to be wrong."""
_MOST_TOLD = 20
"""How many mistakes a refusal tells."""


@dataclass(frozen=True, slots=True)
class Record:
    """Everything that one owner has."""

    facts: Mapping[str, tuple[Fact, ...]]
    """By the name of the list, as in KINDS."""
    settings: Mapping[str, Answer] = field(default_factory=dict[str, Answer])


class Mistake(NamedTuple):
    """Something in a file that cannot be read: where, as in `interviews[3].ended_at`, and what is expected there."""

    place: str
    expected: str


def write_record(record: Record) -> str:
    """The record as JSON text, ending in one line break."""
    zones = _zones(record)
    lists = {name: [_encode(fact, zones) for fact in _in_order(record.facts[name])] for name in KINDS}
    document = {"format": FORMAT, "schema": SCHEMA_VERSION, **lists, "settings": dict(sorted(record.settings.items()))}
    return json.dumps(document, ensure_ascii=False, allow_nan=False, indent=2) + "\n"


def read_record(content: str | bytes) -> Record:
    """The record that stands in a file.

    Raises Refused with sentences: what is wrong, and where.
    """
    document = _document(content)
    _upgrade(document, _checked_version(document))
    mistakes: list[Mistake] = []
    facts = {name: tuple(_facts(document, name, mistakes)) for name in KINDS}
    settings = _settings(document, mistakes)
    mistakes += _unknown(document, {"format", "schema", "settings", *KINDS}, "")
    if not mistakes:
        mistakes += _mismatches(facts)
    if mistakes:
        raise _refusal(mistakes)
    return Record(facts, settings)


def json_schema() -> Schema:
    """The JSON Schema of the file."""
    properties: Schema = {
        "format": {"const": FORMAT},
        "schema": {"const": SCHEMA_VERSION},
        **{name: {"type": "array", "items": {"$ref": f"#/$defs/{kind.__name__}"}} for name, kind in KINDS.items()},
        "settings": {"type": "object"},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A whole record of Debrief",
        "description": "Everything of one owner: what happened in the interviews, what was sent, heard and decided.",
        **_object(properties),
        "$defs": {
            kind.__name__: {
                "description": (kind.__doc__ or "").partition("\n")[0],
                **_object({name: codec.schema for name, codec in codecs_of(kind).items()}),
            }
            for kind in KINDS.values()
        },
    }


def schema_text() -> str:
    """The JSON Schema as it stands in docs/debrief.schema.json."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"


def _object(properties: Schema) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _zones(record: Record) -> Callable[[Fact], ZoneInfo | None]:
    """Finds the zone of the interview that a fact belongs to."""
    interviews = cast("tuple[Interview, ...]", record.facts["interviews"])
    by_interview = {interview.id: interview.zone for interview in interviews}
    reflections = cast("tuple[Reflection, ...]", record.facts["reflections"])
    by_reflection = {reflection.id: by_interview.get(reflection.interview_id) for reflection in reflections}

    def zone_of(fact: Fact) -> ZoneInfo | None:
        if isinstance(fact, Interview):
            return fact.zone
        if isinstance(fact, ReflectionAnswer):
            return by_reflection.get(fact.reflection_id)
        return by_interview.get(getattr(fact, "interview_id", ""))

    return zone_of


def _in_order(facts: tuple[Fact, ...]) -> list[Fact]:
    """By time where there is one, then by id. Undated facts of a dated kind, such as drafts, come first."""
    return sorted(facts, key=lambda fact: (_time(fact), fact.id))


def _time(fact: Fact) -> datetime:
    for name in ("ended_at", "started_at", "saved_at", "kept_at", "sent_at", "at", "created_at"):
        value = getattr(fact, name, None)
        if value is not None:
            return value
    return datetime.min.replace(tzinfo=UTC)


def _encode(fact: Fact, zones: Callable[[Fact], ZoneInfo | None]) -> dict[str, Any]:
    zone = zones(fact)
    return {name: codec.encode(getattr(fact, name), zone) for name, codec in codecs_of(type(fact)).items()}


def _document(content: str | bytes) -> dict[str, Any]:
    if len(content) > LARGEST_FILE:
        raise Refused(
            f"This file is larger than {LARGEST_FILE // 2**20} MB, far more than a record takes. "
            "Choose a file that Debrief exported."
        )
    try:
        text = content.decode("utf-8-sig") if isinstance(content, bytes) else content.removeprefix("\ufeff")
        document = json.loads(text, object_pairs_hook=_without_doubles, parse_constant=_refuse_constant)
    except UnicodeDecodeError as error:
        raise Refused(
            f"This file is not UTF-8 text (byte {error.start + 1}). Choose a file that Debrief exported."
        ) from None
    except json.JSONDecodeError as error:
        raise Refused(
            f"This file is not JSON: line {error.lineno}, column {error.colno}. "
            "It may have been cut off; choose a file that Debrief exported."
        ) from None
    except RecursionError:
        raise Refused("This file is nested too deeply. Choose a file that Debrief exported.") from None
    except ValueError as error:  # a number of thousands of digits
        raise Refused(f"This file holds a value that cannot be read: {error}") from None
    if not isinstance(document, dict):
        raise _not_ours("it holds no object")
    return cast("dict[str, Any]", document)


def _not_ours(why: str) -> Refused:
    return Refused(f"This JSON file is no export of Debrief: {why}. Choose a file that Debrief exported.")


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        double = next(name for name in names if names.count(name) > 1)
        raise Refused(f"This file holds the key “{double}” twice in one place, so one of the two would be lost.")
    return found


def _refuse_constant(name: str) -> None:
    raise Refused(f"This file holds {name}, which is no number. Choose a file that Debrief exported.")


def _checked_version(document: dict[str, Any]) -> int:
    version = document.get("schema")
    if document.get("format") != FORMAT or not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise _not_ours("its format and schema version are missing")
    if version > SCHEMA_VERSION:
        raise Refused(
            f"This file was made by a newer Debrief (schema version {version}, this one reads up to {SCHEMA_VERSION}). "
            "Update Debrief, then import it again."
        )
    return version


def _upgrade(document: dict[str, Any], version: int) -> None:
    """Makes a document of an older version one of today's."""
    for step in _UPGRADES[version - 1 :]:
        step(document)


def _to_version_2(document: dict[str, Any]) -> None:
    """Drafts got versions and ignored findings, stories their tellings, lessons a date; rehearsals are new."""
    for name in ("draft_versions", "ignored_findings", "tellings", "rehearsals"):
        document.setdefault(name, [])
    _give(document, "messages", "set_aside", [])
    _give(document, "lessons", "learned_at", None)


def _to_version_3(document: dict[str, Any]) -> None:
    """Stories and tellings keep what other tabs wrote meanwhile."""
    for name in ("stories", "tellings"):
        _give(document, name, "set_aside", [])


def _give(document: dict[str, Any], name: str, key: str, value: Answer) -> None:
    """Puts a new key into each entry of a list. What is no list of objects is left for the checks to name."""
    entries = document.get(name)
    for entry in cast("list[Any]", entries) if isinstance(entries, list) else ():
        if isinstance(entry, dict):
            cast("dict[str, Any]", entry).setdefault(key, value)


_UPGRADES: tuple[Callable[[dict[str, Any]], None], ...] = (_to_version_2, _to_version_3)
"""What makes each version the next one, from the first on."""


def _facts(document: dict[str, Any], name: str, mistakes: list[Mistake]) -> Iterator[Fact]:
    entries = document.get(name)
    if not isinstance(entries, list):
        mistakes.append(Mistake(name, "a list is expected" if name in document else "this list is missing"))
        return
    for index, entry in enumerate(cast("list[Any]", entries)):
        fact = _fact(KINDS[name], entry, f"{name}[{index}]", mistakes)
        if fact is not None:
            yield fact


def _fact(kind: type[Fact], entry: Any, place: str, mistakes: list[Mistake]) -> Fact | None:
    if not isinstance(entry, dict):
        mistakes.append(Mistake(place, "an object is expected"))
        return None
    told = cast("dict[str, Any]", entry)
    codecs = codecs_of(kind)
    before = len(mistakes)
    mistakes += _unknown(told, set(codecs), f"{place}.")
    values: dict[str, Any] = {}
    for name, codec in codecs.items():
        if name not in told:
            mistakes.append(Mistake(f"{place}.{name}", "this key is missing"))
            continue
        try:
            values[name] = codec.decode(told[name])
        except Unfit as unfit:
            mistakes.append(Mistake(f"{place}.{name}", str(unfit)))
    return kind(**values) if len(mistakes) == before else None


def _settings(document: dict[str, Any], mistakes: list[Mistake]) -> dict[str, Answer]:
    settings = document.get("settings")
    if not isinstance(settings, dict):
        mistakes.append(Mistake("settings", "an object is expected"))
        return {}
    try:
        return ANSWER.decode(cast("dict[str, Any]", settings))
    except Unfit as unfit:
        mistakes.append(Mistake("settings", str(unfit)))
        return {}


def _unknown(told: Mapping[str, Any], known: set[str], place: str) -> list[Mistake]:
    return [Mistake(f"{place}{key}", "no key of this name is known here") for key in told if key not in known]


def _mismatches(facts: Mapping[str, tuple[Fact, ...]]) -> Iterator[Mistake]:
    """What no single field's type shows: doubles, references to what is not there, values without a meaning."""
    ids = {name: {fact.id for fact in some} for name, some in facts.items()}
    for name, some in facts.items():
        for key in (("id",), _ONLY_ONE.get(name, ())):
            seen: set[tuple[str, ...]] = set()
            for index, fact in enumerate(some):
                values = tuple(str(getattr(fact, part)) for part in key)
                if values in seen and values:
                    yield Mistake(
                        f"{name}[{index}]", f"an entry of the same {' and '.join(key)} stands before this one"
                    )
                seen.add(values)
        for index, fact in enumerate(some):
            yield from _loose_ends(fact, f"{name}[{index}]", ids)


def _loose_ends(fact: Fact, place: str, ids: Mapping[str, set[str]]) -> Iterator[Mistake]:
    if not fact.id:
        yield Mistake(f"{place}.id", "an id is expected")
    for name, expected in _senseless(fact):
        yield Mistake(f"{place}.{name}", expected)
    for reference, parents in _PARENTS.items():
        parent = getattr(fact, reference, None)
        if parent is not None and parent not in ids[parents]:
            yield Mistake(f"{place}.{reference}", f"nothing among the {parents} has this id")


def _senseless(fact: Fact) -> Iterator[tuple[str, str]]:
    """Fields whose value has the right shape and means nothing here, each with what is expected."""
    if isinstance(fact, Interview) and not is_zone(fact.timezone):
        yield "timezone", "an IANA time zone is expected, such as Asia/Kuala_Lumpur"
    if isinstance(fact, Application) and fact.country is not None and fact.country not in countries():
        yield "country", "the code of a country is expected in capitals, such as MY, or null"
    if isinstance(fact, Snooze) and fact.step not in _STEPS:
        yield "step", f"one of {', '.join(_STEPS)} is expected"
    for name in _MARKS:
        mark = getattr(fact, name, None)
        if mark is not None and not 1 <= mark <= 5:
            yield name, "a whole number from 1 to 5 is expected"


def _refusal(mistakes: list[Mistake]) -> Refused:
    told = "\n".join(f"- {mistake.place}: {mistake.expected}" for mistake in mistakes[:_MOST_TOLD])
    more = f"\n… and {len(mistakes) - _MOST_TOLD:,} more" if len(mistakes) > _MOST_TOLD else ""
    count = f"{len(mistakes):,} {'mistake' if len(mistakes) == 1 else 'mistakes'}"
    return Refused(f"This file cannot be imported, and nothing was changed. It has {count}:\n{told}{more}")
