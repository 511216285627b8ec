"""The main job from an empty record, by role and label; every step survives a reload."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.network import Asked, Reached
from tests.browser.screen import Screen
from tests.browser.server import Server

EMPLOYER = "Nordlicht Robotics"
PEOPLE = {
    "Chinedu Okafor": "their move to a new warehouse system",
    "Mei Ling Tan": "how the team shares the late shifts",
}


@pytest.fixture
def reached(tmp_path: Path) -> Reached:
    """Whom the server turns to."""
    return Reached(tmp_path / "audit")


def test_the_main_job_from_an_empty_record_to_a_summary_asks_nobody_but_this_machine(
    tmp_path: Path, page: Page, reached: Reached
) -> None:
    asked = Asked(page.context)
    with Server(tmp_path / "data", **reached.environment) as server:
        screen = Screen(page, server.url)
        screen.open("", "Just out of an interview?")
        screen.press("Log an interview")

        _log_a_panel(screen)
        _reflect(screen)
        _thank_both(screen)
        _look_at_the_checklist(screen)
        _hear_no(screen)
        _see_it_counted(screen)
        record = _hand_over_the_summary(screen)
        _bring_it_in_again(screen, record)

    assert any(address.startswith("http") for address in asked.addresses)
    assert asked.elsewhere() == set()
    assert reached.elsewhere() == set()


def test_whoever_asked_somebody_else_would_be_seen(tmp_path: Path, chromium: Browser, reached: Reached) -> None:
    context = chromium.new_context()
    asked = Asked(context)
    context.new_page().evaluate("fetch('http://elsewhere.example/').catch(() => 0)")
    context.close()
    sent = "import socket; socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('192.0.2.1', 9))"
    subprocess.run([sys.executable, "-c", sent], env={**os.environ, **reached.environment}, check=False)
    assert asked.elsewhere() == {"http://elsewhere.example/"}
    assert reached.elsewhere() == {"192.0.2.1"}


def _log_a_panel(screen: Screen) -> None:
    screen.sees_heading("Log an interview")
    screen.choose("Employer", EMPLOYER)
    screen.choose("Role", "Data Analyst")
    screen.choose("Round", "Panel")
    for place, (name, topic) in enumerate(PEOPLE.items(), start=1):
        screen.press("Add who was there" if place == 1 else "Add a person")
        screen.choose(f"Name of person {place}", name)
        screen.page.get_by_role("textbox", name="What did you talk about with them?").nth(place - 1).fill(topic)
        screen.page.get_by_role("textbox", name="What did you talk about with them?").nth(place - 1).blur()
        screen.settled()
    screen.reload()
    expect(screen.page.get_by_role("combobox", name="Employer")).to_have_value(EMPLOYER)
    expect(screen.page.get_by_role("textbox", name="What did you talk about with them?").nth(1)).to_have_value(
        PEOPLE["Mei Ling Tan"]
    )
    screen.press("Log it")
    screen.sees_heading("Reflect")


def _reflect(screen: Screen) -> None:
    screen.sees(re.compile("0 of [0-9]+ questions answered"))
    screen.pick(re.compile("4 Well"))
    screen.reload()
    screen.sees(re.compile("1 of [0-9]+ questions answered"))
    went_well = screen.page.get_by_role("textbox", name=re.compile("went well"))
    went_well.fill("I stayed calm and told the story of the stock count.")
    went_well.blur()
    screen.sees(re.compile("2 of [0-9]+ questions answered · saved"))
    screen.reload()
    expect(went_well).to_have_value("I stayed calm and told the story of the stock count.")
    action = screen.page.get_by_role("textbox", name=re.compile("next time", re.IGNORECASE)).first
    action.fill("Ask about the team earlier")
    action.blur()
    screen.sees(re.compile("3 of [0-9]+ questions answered · saved"))
    screen.press("What follows")
    screen.press("Finish")
    screen.sees(re.compile("Finished"))


def _thank_both(screen: Screen) -> None:
    screen.press(re.compile("Thank [A-Z]"))
    screen.sees_heading("Write")
    screen.write("What name do you sign with?", "Aisyah Rahman")
    for name, topic in PEOPLE.items():
        screen.pick(re.compile(name))
        note = screen.page.get_by_role("textbox", name="The note")
        told = topic.split(" ", 1)[1]
        expect(note).to_have_value(re.compile(f"{told}.*Aisyah Rahman", re.DOTALL))
        expect(note).to_have_value(re.compile(name.split()[0]))
        screen.sees("Ready to send")
        screen.press("I sent it", exact=True)
        screen.sees(re.compile("Sent on "))
        screen.reload()
        screen.pick(re.compile(name))
        screen.sees(re.compile("Sent on "))


def _look_at_the_checklist(screen: Screen) -> None:
    screen.open("checklist", "Checklist")
    screen.sees("Check in, once")


def _hear_no(screen: Screen) -> None:
    screen.open("")
    screen.sees("Waiting for an answer: 1")
    screen.press("They answered")
    screen.page.get_by_text("They said no").click()
    screen.settled()
    screen.sees(f"{EMPLOYER} said no")
    screen.reload()
    screen.sees(re.compile("Reply graciously"))
    expect(screen.page.get_by_text("Waiting for an answer")).to_have_count(0)


def _see_it_counted(screen: Screen) -> None:
    screen.open("insights", "Insights")
    screen.sees(re.compile("1 interview, 0 still waiting"))


def _hand_over_the_summary(screen: Screen) -> Path:
    screen.open("your_data", "Your data")
    with screen.page.expect_download() as word:
        screen.button("Download as Word").click()
    with screen.page.expect_download() as markdown:
        screen.button("Download as Markdown").click()

    text = Path(markdown.value.path()).read_text(encoding="utf-8")
    document = docx.Document(io.BytesIO(Path(word.value.path()).read_bytes()))
    told = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert text.startswith("# ")
    for name in PEOPLE:
        assert name in text
    assert "I stayed calm and told the story of the stock count." in text
    assert "I stayed calm and told the story of the stock count." in told

    screen.pick("Everything")
    with screen.page.expect_download() as everything:
        screen.button("Download everything (JSON)").click()
    return Path(everything.value.path())


def _bring_it_in_again(screen: Screen, record: Path) -> None:
    screen.pick("Bring in")
    screen.page.locator("input[type=file]").set_input_files(
        {"name": "record.json", "mimeType": "application/json", "buffer": record.read_bytes()}
    )
    screen.sees(re.compile("in your record already"))
