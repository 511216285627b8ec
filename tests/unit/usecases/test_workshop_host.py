"""The host of a workshop: who gets in, what is forgotten, and a hundred people who answer at once."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest

from debrief.content import load_content
from debrief.domain.room import tally
from debrief.domain.scenarios import Scenario
from debrief.errors import Refused
from debrief.usecases.workshop.host import LASTS, LETTERS, LONGEST, Facilitator, Host

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
WORKSHOPS = load_content().workshops
TEN = next(programme for programme in WORKSHOPS.programmes if programme.id == "ten_questions")
PEOPLE = 100


@pytest.fixture
def host() -> Host:
    return Host()


@pytest.fixture
def lead(host: Host) -> Facilitator:
    found = host.admit(host.secret)
    found.open_room(TEN, NOW)
    return found


def test_a_hundred_people_answer_ten_scenarios_in_step_and_each_answer_counts_once(
    host: Host, lead: Facilitator
) -> None:
    everybody = Barrier(PEOPLE)

    def take_part(number: int) -> dict[str, str]:
        chance = random.Random(number)
        seat = host.join(host.code, NOW)
        chosen: dict[str, str] = {}
        for step, name in enumerate(TEN.activities):
            if everybody.wait(60) == 0:
                lead.open_step(step, NOW)
            everybody.wait(60)
            scenario = WORKSHOPS.activities[name]
            assert isinstance(scenario, Scenario)
            chosen[name] = chance.choice(scenario.choices).id
            for answer in [chosen[name], *chance.choices([one.id for one in scenario.choices], k=2)]:
                host.answer(seat, scenario, frozenset({answer}), NOW)  # the first, then retries and a second tab
            host.keep_draft(seat, "notes", str(number), NOW)
        return chosen

    with ThreadPoolExecutor(PEOPLE) as threads:
        everything = list(threads.map(take_part, range(PEOPLE)))

    room = host.room(NOW)
    assert room is not None
    assert len(room.seats) == PEOPLE
    for name in TEN.activities:
        found = tally(room, name)
        assert found is not None
        assert found.answered == PEOPLE
        expected = [chosen[name] for chosen in everything]
        assert dict(found.counts) == {one: expected.count(one) for one in set(expected)}


def test_a_code_is_read_as_people_type_it(host: Host, lead: Facilitator) -> None:
    del lead

    seat = host.join(f" {host.code[:2].lower()} {host.code[2:]}", NOW)

    room = host.room(NOW)
    assert room is not None
    assert room.seats == {seat}


def test_a_wrong_code_opens_no_seat(host: Host, lead: Facilitator) -> None:
    del lead

    with pytest.raises(Refused, match="No room has this code"):
        host.join("AAAAA" if host.code != "AAAAA" else "CCCCC", NOW)


def test_nobody_sits_down_before_the_room_is_open(host: Host) -> None:
    with pytest.raises(Refused, match="not open"):
        host.join(host.code, NOW)


@pytest.mark.parametrize("typed", ["", "aaaa-aaaa-aaaa", "ünter-uns-gesagt"])
def test_a_wrong_secret_leads_nothing(host: Host, typed: str) -> None:
    with pytest.raises(Refused, match="not the facilitator's secret"):
        host.admit(typed)


def test_the_secret_stays_out_of_what_is_printed_about_a_host(host: Host) -> None:
    assert host.secret not in repr(host)


def test_secrets_and_codes_differ_and_hold_no_look_alikes() -> None:
    hosts = [Host() for _ in range(50)]

    assert len({host.secret for host in hosts}) == 50
    assert all(set(host.code) <= set(LETTERS) and len(host.code) == 5 for host in hosts)
    assert not set("01OIBS825") & set(LETTERS)


def test_opening_an_open_room_again_loses_nobody(host: Host, lead: Facilitator) -> None:
    seat = host.join(host.code, NOW)

    room = lead.open_room(WORKSHOPS.programmes[0], NOW + timedelta(minutes=5))

    assert seat in room.seats
    assert room.programme == TEN.id


def test_ending_forgets_everything_and_changes_the_code(host: Host, lead: Facilitator) -> None:
    lead.open_step(0, NOW)
    seat = host.join(host.code, NOW)
    code = host.code
    host.keep_draft(seat, "first_evening.body", "a private thought", NOW)

    lead.end()

    assert host.room(NOW) is None
    assert host.code != code
    assert "private" not in repr(vars(host.memory))
    with pytest.raises(Refused, match="not open"):
        host.keep_draft(seat, "first_evening.body", "too late", NOW)


def test_a_room_is_wiped_when_its_time_is_up_and_not_before(host: Host, lead: Facilitator) -> None:
    del lead

    assert host.room(NOW + LASTS - timedelta(seconds=1)) is not None
    assert host.room(NOW + LASTS) is None
    assert host.room(NOW) is None, "wiped is wiped, even if the clock is set back"


@pytest.mark.parametrize("lasts", [timedelta(0), LONGEST + timedelta(seconds=1)])
def test_a_room_lasts_a_sensible_time(host: Host, lasts: timedelta) -> None:
    with pytest.raises(Refused, match="up to 12 hours"):
        host.admit(host.secret).open_room(TEN, NOW, lasts)


def test_a_draft_has_a_length_and_a_seat(host: Host, lead: Facilitator) -> None:
    del lead
    seat = host.join(host.code, NOW)

    with pytest.raises(Refused, match="too long"):
        host.keep_draft(seat, "body", "x" * 6_001, NOW)
    with pytest.raises(Refused, match="not known"):
        host.keep_draft("stranger", "body", "x", NOW)
    for number in range(60):
        host.keep_draft(seat, str(number), "x", NOW)
    with pytest.raises(Refused, match="too long"):
        host.keep_draft(seat, "one more", "x", NOW)
