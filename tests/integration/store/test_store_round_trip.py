"""What goes in comes out the same, on both databases."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime, timedelta, timezone
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from store_histories import histories

from debrief.domain.facts import Application, Fact, Interview, Lesson, ReflectionAnswer
from debrief.errors import Refused
from debrief.store import Store
from debrief.store.mapping import mapped
from tests.examples import examples

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)


@settings(max_examples=examples(25), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(history=histories())
def test_any_history_comes_back_the_same(lasting_store: Store, history: list[Fact]) -> None:
    owner = uuid4().hex
    with lasting_store.unit(owner, NOW) as unit:
        added = [unit.add(fact) for fact in history]
    with lasting_store.unit(owner, NOW) as unit:
        read = [unit.get(type(fact), fact.id) for fact in history]
    assert read == added
    for fact, back in zip(history, read, strict=True):
        mapping = mapped(type(fact))
        for name, column in zip(mapping.names, mapping.types, strict=True):
            given_value, value = getattr(fact, name), getattr(back, name)
            assert type(value) is type(given_value)
            if isinstance(given_value, datetime):  # a moment in a repeated hour never equals itself in another zone
                given_value = given_value.astimezone(UTC)
                assert value.tzinfo is UTC
            assert value == given_value, (name, column)


@settings(max_examples=examples(25), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(history=histories())
def test_a_fact_written_as_json_for_the_journal_comes_back_the_same(history: list[Fact]) -> None:
    for fact in history:
        mapping = mapped(type(fact))
        cleaned = mapping.clean(fact)
        assert mapping.from_json(mapping.to_json(cleaned)) == cleaned


@pytest.mark.parametrize(
    "text",
    [
        "line one\rline two\r\nline three\n",
        unicodedata.normalize("NFD", "Zoë Ångström"),
        "שלום \u202eעולם\u202c",
        "👩🏽‍🚀 🏴󠁧󠁢󠁷󠁬󠁳󠁿",
        " leading and trailing \t",
        "'; DROP TABLE applications; --",
        "\x01\x1b\x7f\ufeff\uffff",
        "x" * 100_000,
    ],
)
def test_text_is_kept_code_point_by_code_point(store: Store, now: datetime, text: str) -> None:
    with store.unit(text, now) as unit:
        lesson = unit.add(Lesson(text=text, created_at=now))
        unit.set_setting(text, [text])
    with store.unit(text, now) as unit:
        assert unit.get(Lesson, lesson.id).text == text
        assert unit.find(Lesson, text=text) == [lesson]
        assert unit.settings() == {text: [text]}


@pytest.mark.parametrize(
    ("text", "said"), [("nought\x00", "NUL"), ("\ud83d half", "Character 1 of this text"), ("\udc80", "half")]
)
def test_text_that_no_database_keeps_is_refused_with_its_field(
    store: Store, now: datetime, text: str, said: str
) -> None:
    with store.unit("local", now) as unit:
        for employer, role, field in ((text, "Analyst", "employer"), ("Alder & Finch", text, "role")):
            with pytest.raises(Refused, match=said) as refusal:
                unit.add(Application(employer=employer, role=role))
            assert refusal.value.field == field
        with pytest.raises(Refused, match=said):
            unit.set_setting("tone", {"deep": [text]})
    with store.unit("local", now) as unit:
        assert unit.find(Application) == []
        assert unit.settings() == {}


def test_text_deep_in_an_answer_is_checked_too(store: Store, now: datetime) -> None:
    answer = ReflectionAnswer(reflection_id="r", question="q", value=[{"said": "no\x00"}], saved_at=now)
    with store.unit("local", now) as unit, pytest.raises(Refused, match="NUL") as refusal:
        unit.add(answer)
    assert refusal.value.field == "value"


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 3, 4, 12),  # noqa: DTZ001 - on purpose
        datetime(9999, 12, 31, 23, tzinfo=timezone(timedelta(hours=-5))),
        datetime(1, 1, 1, 1, tzinfo=ZoneInfo("Asia/Kuala_Lumpur")),
    ],
)
def test_a_moment_that_nobody_can_place_is_refused(store: Store, now: datetime, moment: datetime) -> None:
    with store.unit("local", now) as unit:
        application = unit.add(Application(employer="Alder & Finch", role="Analyst"))
        with pytest.raises(Refused) as refusal:
            unit.add(Interview(application_id=application.id, round="final", ended_at=moment, timezone="UTC"))
    assert refusal.value.field == "ended_at"


@pytest.mark.parametrize("value", [float("nan"), float("inf"), b"bytes", {1, 2}])
def test_an_answer_that_is_no_json_is_refused(store: Store, now: datetime, value: object) -> None:
    with pytest.raises(Refused, match="cannot be kept"), store.unit("local", now) as unit:
        unit.set_setting("odd", value)  # type: ignore[arg-type]


def test_the_hour_that_a_clock_repeats_is_kept_apart(store: Store, now: datetime) -> None:
    zone = ZoneInfo("America/New_York")
    first, second = (datetime(2026, 11, 1, 1, 30, tzinfo=zone, fold=fold) for fold in (0, 1))
    with store.unit("local", now) as unit:
        kept = [unit.add(Lesson(text="", created_at=moment)) for moment in (second, first)]
        assert unit.find(Lesson) == [kept[1], kept[0]]
    assert kept[0].created_at - kept[1].created_at == timedelta(hours=1)
