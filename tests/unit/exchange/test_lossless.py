from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from awkward import AWKWARD
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from random_records import records

from debrief.domain import facts as domain_facts
from debrief.domain.facts import Application, Fact, Interview, Lesson, Meeting, Person, Rehearsal
from debrief.errors import Refused
from debrief.exchange.lossless import KINDS, Record, json_schema, read_record, schema_text, write_record
from debrief.exchange.sample_history import read_sample
from tests.examples import examples

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
SCHEMA_FILE = Path(__file__).parents[3] / "docs" / "debrief.schema.json"


def _record(facts: tuple[Fact, ...], settings: dict[str, Any] | None = None) -> Record:
    lists = {name: tuple(fact for fact in facts if type(fact) is kind) for name, kind in KINDS.items()}
    return Record(lists, settings or {})


SAMPLE = write_record(_record(read_sample(NOW), {"rules": "standard", "tour": {"seen": True}}))


@given(records())
@settings(max_examples=examples(60), deadline=None)
def test_what_is_read_back_is_what_was_written(record: Record) -> None:
    text = write_record(record)
    again = read_record(text)

    assert {name: {fact.id: fact for fact in some} for name, some in again.facts.items()} == {
        name: {fact.id: replace(fact, version=1) for fact in some} for name, some in record.facts.items()
    }
    assert again.settings == record.settings
    assert write_record(again) == text
    assert read_record(text.encode()) == again


@given(records())
@settings(max_examples=examples(40), deadline=None)
def test_every_file_keeps_to_the_published_schema(record: Record) -> None:
    Draft202012Validator(json_schema()).validate(json.loads(write_record(record)))


def test_the_schema_is_published() -> None:
    assert SCHEMA_FILE.read_text(encoding="utf-8") == schema_text(), (
        "The format has changed. Raise SCHEMA_VERSION if older files can no longer be read, then write the schema: "
        "python -c 'from debrief.exchange.lossless import schema_text; print(schema_text(), end=\"\")' "
        "> docs/debrief.schema.json"
    )
    Draft202012Validator.check_schema(json_schema())


def test_every_kind_of_fact_has_a_list() -> None:
    kinds = {kind for kind in vars(domain_facts).values() if isinstance(kind, type) and issubclass(kind, Fact)}

    assert set(KINDS.values()) == kinds - {Fact}


def test_the_order_of_the_facts_changes_nothing() -> None:
    facts = read_sample(NOW)

    assert write_record(_record(facts)) == write_record(_record(facts[::-1]))


def test_instants_stand_on_the_clock_of_their_interview() -> None:
    document = json.loads(SAMPLE)
    kopi = next(one for one in document["interviews"] if one["timezone"] == "Asia/Kuala_Lumpur")
    words = [word["at"] for word in document["decisions"] if word["interview_id"] == kopi["id"]]
    lesson = document["lessons"][0]["created_at"]

    assert kopi["ended_at"].endswith("T11:00:00+08:00")
    assert words
    assert all(at.endswith("+08:00") for at in words)
    assert lesson.endswith("+00:00")


def test_both_passes_of_a_repeated_hour_are_kept_apart() -> None:
    application = Application(employer="Acme", role="Analyst")
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    interviews = tuple(
        Interview(application_id=application.id, round="x", ended_at=at, timezone="Europe/London")
        for at in (first, first + timedelta(hours=1))
    )
    document = json.loads(write_record(_record((application, *interviews))))

    assert [one["ended_at"] for one in document["interviews"]] == [
        "2026-10-25T01:30:00+01:00",
        "2026-10-25T01:30:00+00:00",
    ]


@pytest.mark.parametrize("text", AWKWARD)
def test_awkward_text_comes_back_as_it_was(text: str) -> None:
    person = Person(name=text, employer=text)

    assert read_record(write_record(_record((person,), {"note": [text, {text: text}]}))) == _record(
        (person,), {"note": [text, {text: text}]}
    )


# What is refused, and how it is told.


def _refusal(content: str | bytes) -> str:
    with pytest.raises(Refused) as refused:
        read_record(content)
    return str(refused.value)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "not JSON: line 1, column 1"),
        (SAMPLE[: len(SAMPLE) // 2], "not JSON: line "),
        (b"\xff\xfe\x00", "not UTF-8 text (byte 1)"),
        (b"PK\x03\x04\x00\x00", "not JSON"),
        ("[]", "it holds no object"),
        ("null", "it holds no object"),
        ("{}", "format and schema version are missing"),
        ('{"format": "debrief", "schema": true}', "format and schema version are missing"),
        ('{"format": "debrief", "schema": "1"}', "format and schema version are missing"),
        ('{"format": "other", "schema": 1}', "format and schema version are missing"),
        ('{"format": "debrief", "schema": 99}', "made by a newer Debrief (schema version 99"),
        ('{"format": "debrief", "format": "debrief", "schema": 1}', "the key “format” twice"),
        ('{"format": "debrief", "schema": 1, "settings": NaN}', "NaN, which is no number"),
        ('{"format": "debrief", "schema": 1, "settings": ' + "9" * 5000 + "}", "a value that cannot be read"),
        ("[" * 100_000, "nested too deeply"),
    ],
)
def test_what_is_no_export_is_refused_with_a_sentence(content: str | bytes, told: str) -> None:
    assert told in _refusal(content)


def test_a_file_that_would_fill_the_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("debrief.exchange.lossless.LARGEST_FILE", 2**20)

    assert "larger than 1 MB" in _refusal(b" " * (2**20 + 1))


def _change(path: list[str | int], value: object) -> Callable[[dict[str, Any]], None]:
    def change(document: dict[str, Any]) -> None:
        place: Any = document
        for step in path[:-1]:
            place = place[step]
        if value is ...:
            del place[path[-1]]
        else:
            place[path[-1]] = value

    return change


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (_change(["ticks"], ...), "ticks: this list is missing"),
        (_change(["heard"], {}), "heard: a list is expected"),
        (_change(["settings"], []), "settings: an object is expected"),
        (_change(["extra"], 1), "extra: no key of this name is known here"),
        (_change(["people", 2], "Dana"), "people[2]: an object is expected"),
        (_change(["people", 2, "name"], ...), "people[2].name: this key is missing"),
        (_change(["people", 2, "name"], 7), "people[2].name: text is expected"),
        (_change(["people", 2, "name"], "a\x00b"), "people[2].name: text without NUL characters is expected"),
        (_change(["people", 2, "name"], "\ud83d"), "people[2].name: text of whole characters"),
        (_change(["people", 2, "nick"], ""), "people[2].nick: no key of this name is known here"),
        (_change(["people", 2, "recruiter"], 1), "people[2].recruiter: true or false is expected"),
        (_change(["lessons", 2, "id"], ""), "lessons[2].id: an id is expected"),
        (_change(["interviews", 3, "ended_at"], "2026-03-05T14:00:00"), "interviews[3].ended_at: a date and time"),
        (_change(["interviews", 3, "ended_at"], "2026-02-31T14:00:00Z"), "interviews[3].ended_at: a date and time"),
        (_change(["interviews", 3, "ended_at"], "0001-01-01T00:00:00+14:00"), "ended_at: a date and time"),
        (_change(["interviews", 3, "ended_at"], None), "interviews[3].ended_at: a date and time"),
        (_change(["interviews", 3, "reply_by"], "03/04/2026"), "interviews[3].reply_by: a date is expected"),
        (_change(["interviews", 3, "reply_by"], "2026-02-31"), "interviews[3].reply_by: a date is expected"),
        (_change(["interviews", 3, "state"], "maybe"), "interviews[3].state: one of scheduled, held"),
        (_change(["interviews", 3, "timezone"], "Mars/Base"), "interviews[3].timezone: an IANA time zone is expected"),
        (_change(["interviews", 3, "application_id"], "x"), "interviews[3].application_id: nothing among"),
        (_change(["meetings", 0, "rapport"], True), "meetings[0].rapport: a whole number"),
        (_change(["meetings", 0, "rapport"], 2**40), "meetings[0].rapport: a whole number"),
        (_change(["meetings", 0, "topics"], "a, b"), "meetings[0].topics: a list is expected"),
        (_change(["meetings", 0, "topics"], [1]), "meetings[0].topics: text is expected"),
        (_change(["messages", 0, "person_id"], "x"), "messages[0].person_id: nothing among the people"),
        (_change(["reflection_answers", 0, "reflection_id"], "x"), "nothing among the reflections has this id"),
        (_change(["reflection_answers", 0, "value"], {"a": "\x00"}), "reflection_answers[0].value: text without NUL"),
        (_change(["applications", 1, "country"], "uk"), "applications[1].country: the code of a country is expected"),
        (_change(["applications", 1, "country"], ""), "applications[1].country: the code of a country is expected"),
        (_change(["snoozes", 1, "step"], "dance"), "snoozes[1].step: one of reflect, thank_you"),
        (_change(["meetings", 0, "rapport"], 0), "meetings[0].rapport: a whole number from 1 to 5 is expected"),
        (_change(["tellings", 0, "landed"], 6), "tellings[0].landed: a whole number from 1 to 5 is expected"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_place(change: Callable[[dict[str, Any]], None], told: str) -> None:
    document = json.loads(SAMPLE)
    change(document)

    refusal = _refusal(json.dumps(document))

    assert refusal.startswith("This file cannot be imported, and nothing was changed. It has 1 mistake:\n- ")
    assert told in refusal


@pytest.mark.parametrize("rating", [-1, 0, 6, 9])
def test_a_rehearsal_is_marked_from_1_to_5(rating: int) -> None:
    application = Application(employer="Acme", role="Analyst")
    interview = Interview(application_id=application.id, round="x", ended_at=NOW, timezone="Europe/London")
    rehearsal = Rehearsal(interview_id=interview.id, question="Why us?", seconds=40, rating=rating, at=NOW)

    refusal = _refusal(write_record(_record((application, interview, rehearsal))))

    assert "rehearsals[0].rating: a whole number from 1 to 5 is expected" in refusal


@pytest.mark.parametrize(
    ("name", "key"),
    [("applications", "id"), ("meetings", "interview_id and person_id"), ("reflections", "interview_id")],
)
def test_doubles_are_mistakes(name: str, key: str) -> None:
    document = json.loads(SAMPLE)
    double = deepcopy(document[name][0])
    if key != "id":
        double["id"] = "another"
    document[name].append(double)

    assert f"an entry of the same {key} stands before this one" in _refusal(json.dumps(document))


def test_many_mistakes_are_counted_and_twenty_told() -> None:
    document = json.loads(SAMPLE)
    for person in document["people"]:
        person["name"] = None

    refusal = _refusal(json.dumps(document))

    assert refusal.count("\n- ") == 20
    assert refusal.endswith(f"… and {len(document['people']) - 20} more")


@given(st.data())
@settings(max_examples=examples(150), deadline=None)
def test_a_spoilt_file_is_read_or_refused_but_never_breaks(data: st.DataObject) -> None:
    document = json.loads(SAMPLE)
    name = data.draw(st.sampled_from(list(KINDS)))
    if not document[name]:
        return
    entry = document[name][data.draw(st.integers(0, len(document[name]) - 1))]
    key = data.draw(st.sampled_from(list(entry)))
    entry[key] = data.draw(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5)
        | st.lists(st.text(max_size=2), max_size=2) | st.dictionaries(st.text(max_size=2), st.integers(), max_size=2)
    )  # fmt: skip
    try:
        record = read_record(json.dumps(document))
    except Refused:
        return
    text = write_record(record)
    assert write_record(read_record(text)) == text


def test_a_byte_order_mark_is_no_mistake() -> None:
    assert write_record(read_record("\ufeff" + SAMPLE)) == SAMPLE
    assert write_record(read_record(b"\xef\xbb\xbf" + SAMPLE.encode())) == SAMPLE


def test_lessons_may_remember_interviews_that_are_gone() -> None:
    lesson = Lesson(text="Breathe", interview_ids=("gone",), created_at=NOW)

    assert read_record(write_record(_record((lesson,)))).facts["lessons"] == (lesson,)


def test_the_version_of_a_row_is_the_only_thing_left_behind() -> None:
    document = json.loads(SAMPLE)

    assert set(document["meetings"][0]) == {entry.name for entry in fields(Meeting)} - {"version"}
    assert date.fromisoformat(next(one["reply_by"] for one in document["interviews"] if one["reply_by"]))
