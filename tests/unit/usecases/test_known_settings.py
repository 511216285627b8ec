"""What a file says in its settings comes in where the program could have kept it so, and nothing else does."""

from __future__ import annotations

import importlib
import pkgutil

import pytest

import debrief.usecases
from debrief.domain.facts import Answer
from debrief.usecases.known_settings import known_settings
from debrief.usecases.lossless import OF_THIS_PLACE

SITTING: dict[str, Answer] = {
    "started_at": "2026-03-02T09:00:00+00:00", "asked_at": "2026-03-02T09:01:00+00:00", "interview_id": "a",
    "question": "Why us?", "seconds": None, "seen": ["Why us?"], "rated": [],
}  # fmt: skip
KNOWN: dict[str, list[Answer]] = {
    "house_rules": ["gentle"],
    "sender_name": ["", "陳大文"],
    "note_tone": ["brief"],
    "note_language": ["en"],
    "dialect": ["guessed"],
    "linkedin_premium": [True, False],
    "lessons_apart": [[], ["a b"]],
    "calendar_ledger": [{}, {"uid": ["a", "b", "2026-03-02T09:00:00+00:00", "2026-03-05", "Check in"]}],
    "rehearsal": [None, SITTING],
}
FIELDS: dict[str, list[Answer]] = {
    "employer": [None, "Kopi Lantern"],
    "country": [None, "MY"],
    "state": ["held"],
    "format": ["on_site"],
    "focus": ["case"],
    "on": [{"date": "2026-11-20"}],
    "at": [{"time": "14:30:00"}],
    "timezone": ["Asia/Kuala_Lumpur", "Japan"],
    "reply_by": [None, {"date": "2026-11-20"}],
    "notes": ["", "Bring water\nand a pen"],
    "people": [[], ["1", "3"]],
    "name.3": [None, "Dana"],
    "recruiter.12": [True],
    "recalled.title.3": [""],
    "same.0123456789abcdef0123456789abcdef": [True],
    "over": [{}, {"name.0123456789abcdef0123456789abcdef": "Dana", "reply_by": None}],
}
NEVER_KEPT: list[Answer] = [
    7, "soon", ["x", 1], ["1", "1"], ["²"], [[]], {"x": 1}, {"date": "soon"}, {"date": 7}, {"time": None},
    {"date": "2026-11-20", "time": "14:30:00"}, {"started_at": "2026-03-02T09:00:00", "asked_at": "soon"},
]  # fmt: skip
TEXTS = {
    "house_rules",
    "sender_name",
    "note_tone",
    "note_language",
    "dialect",
    "employer",
    "notes",
    "name.3",
    "recalled.title.3",
}


@pytest.mark.parametrize(("key", "value"), [(key, value) for key, values in KNOWN.items() for value in values])
def test_what_the_program_keeps_comes_in(key: str, value: Answer) -> None:
    assert known_settings({key: value}) == {key: value}


def test_what_was_entered_over_comes_in_field_by_field_too() -> None:
    told: dict[str, Answer] = {"form.edit.abc": {"over": {"employer": "Kopi Lantern", "on": "soon", "x": 1}}}
    assert known_settings(told) == {"form.edit.abc": {"over": {"employer": "Kopi Lantern"}}}
    assert known_settings({"form.log": {"over": 7}}) == {"form.log": {}}


@pytest.mark.parametrize("form", ["form.log", "form.next.abc", "form.edit.abc"])
def test_a_form_comes_in_as_it_was_filled_in(form: str) -> None:
    for place in range(2):
        filled: Answer = {field: values[min(place, len(values) - 1)] for field, values in FIELDS.items()}
        assert known_settings({form: filled}) == {form: filled}


@pytest.mark.parametrize("key", KNOWN)
def test_what_the_program_never_keeps_there_stays_outside(key: str) -> None:
    for value in NEVER_KEPT:
        fits = (key in TEXTS and isinstance(value, str)) or (key == "calendar_ledger" and isinstance(value, dict))
        apart = key == "lessons_apart" and value in (["1", "1"], ["²"])
        assert known_settings({key: value}) == ({key: value} if fits or apart else {})


@pytest.mark.parametrize("field", [field for field in FIELDS if field != "over"])
def test_a_field_of_another_kind_stays_outside_and_the_others_come_in(field: str) -> None:
    for value in NEVER_KEPT:
        if field in TEXTS and isinstance(value, str):
            continue
        told: dict[str, Answer] = {"sector": "Food", field: value}
        assert known_settings({"form.log": told}) == {"form.log": {"sector": "Food"}}


@pytest.mark.parametrize("key", ["", "tour", "form.", "form.next.", "form.other", "calendar_feed"])
def test_what_nobody_knows_stays_outside(key: str) -> None:
    assert known_settings({key: "x"}) == known_settings({key: {}}) == {}


@pytest.mark.parametrize("field", ["", "on.1", "name", "name.", "name.x", "name.1.2", "else"])
def test_a_field_that_nobody_knows_stays_outside(field: str) -> None:
    assert known_settings({"form.log": {field: {"date": "2026-11-20"}}}) == {"form.log": {}}
    assert known_settings({"form.log": {field: "x"}}) == {"form.log": {}}


def test_every_setting_of_a_use_case_is_known_or_stays_where_it_is() -> None:
    modules = [
        importlib.import_module(one.name)
        for one in pkgutil.walk_packages(debrief.usecases.__path__, "debrief.usecases.")
    ]
    named = {getattr(module, name) for module in modules for name in vars(module) if name.endswith("_SETTING")}

    assert named == {*KNOWN, *OF_THIS_PLACE}
