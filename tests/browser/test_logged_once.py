"""The log page by mouse: a double click logs one round, and a name is put right in its card."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime

from playwright.sync_api import Page, expect

from debrief.domain.facts import Interview
from debrief.usecases.log_interview import PersonEntry
from tests.browser.histories import ME, just_logged, open_record
from tests.browser.screen import Screen
from tests.browser.server import Server


def test_a_double_click_logs_one_round(server: Server, page: Page) -> None:
    screen = Screen(page, server.url)
    screen.open("log", "Log an interview")
    screen.choose("Employer", "Kestrel Rail")
    screen.choose("Role", "Planner")
    screen.button("Log it").dblclick()
    screen.sees_heading("Reflect")

    with closing(open_record(server)) as store, store.unit(ME.owner, datetime.now(UTC)) as unit:
        (one,) = unit.find(Interview)
    assert f"interview={one.id}" in page.url


def test_a_name_is_put_right_in_its_card(server: Server, page: Page) -> None:
    with closing(open_record(server)) as store:
        interview = just_logged(store, "Kestrel Rail", PersonEntry(name="Amara Nwosa", title="Planner"))
    screen = Screen(page, server.url)
    screen.open(f"log?interview={interview.id}", "Change this round")
    screen.choose("Name of person 1", "Amara Nwosu")
    expect(page.get_by_role("switch", name="Amara Nwosa and Amara Nwosu are the same person")).to_be_checked()
    screen.press("Save the changes")
    screen.sees_heading("Reflect")

    with closing(open_record(server)) as store, store.unit(ME.owner, interview.ended_at) as unit:
        one = unit.course_of(interview.id).round_of(interview.id)
    assert one
    assert [(met.person.name, met.person.title) for met in one.met] == [("Amara Nwosu", "Planner")]
