"""A panel's three notes: stopped by a copy and by a wrong company, mended by the offered fixes, sent, and off Today."""

from __future__ import annotations

import email
import email.policy
import re
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, expect

from debrief.desk.delivery import LONGEST_MAILTO
from debrief.domain.facts import Interview, Message
from debrief.usecases.log_interview import PersonEntry
from debrief.usecases.notes import SENDER_SETTING
from tests.browser.histories import ME, logged, open_record
from tests.browser.screen import Screen
from tests.browser.server import Server

EMPLOYER, ANOTHER = "Brightwater Energy", "Kestrel Rail"
PANEL = (
    PersonEntry(name="Dana Whitfield", topics="the smart meters"),
    PersonEntry(name="Kofi Mensah", topics="their move to Kubernetes"),
    PersonEntry(name="Mei Ling Tan", topics="training new starters"),
)


def a_panel(server: Server) -> Interview:
    """Today's round with three people, and another application beside it."""
    with closing(open_record(server)) as store:
        logged(store, ANOTHER, PersonEntry(name="Inés Vidal"))
        interview = logged(store, EMPLOYER, *PANEL)
        with store.unit(ME.owner, datetime.now(UTC)) as unit:
            unit.set_setting(SENDER_SETTING, "Aisyah Rahman")
    return interview


def test_three_notes_are_written_mended_sent_and_gone_from_today(server: Server, page: Page) -> None:
    interview = a_panel(server)
    screen = Screen(page, server.url)
    screen.open("", "Today")
    for person in PANEL:
        expect(screen.button(re.compile(f"Thank {person.name}"))).to_be_visible()

    screen.open(f"write?interview={interview.id}&kind=thank_you", "Write")
    to_dana = page.get_by_role("textbox", name="The note").input_value()
    send(screen)

    screen.pick("Kofi Mensah")
    screen.write("The note", to_dana.replace("Dana", "Kofi"))
    stopped_by(screen, re.compile("nearly the note that you wrote to somebody else"))
    screen.press("Write it anew from the record")
    expect(page.get_by_role("textbox", name="The note")).to_have_value(re.compile("your move to Kubernetes"))
    screen.sees("Ready to send")

    to_kofi = page.get_by_role("textbox", name="The note").input_value()
    screen.write("The note", f"{to_kofi}\n\nP.S. I would be glad to join {ANOTHER}.")
    stopped_by(screen, re.compile(f"the employer is {EMPLOYER}"))
    screen.press(f"Write “{EMPLOYER}”")
    screen.reads("The note", f"{to_kofi}\n\nP.S. I would be glad to join {EMPLOYER}.")
    screen.sees("Ready to send")
    send(screen)

    screen.pick("Mei Ling Tan")
    screen.sees("Ready to send")
    send(screen)

    screen.open("", "Today")
    screen.sees(re.compile("Inés"))
    for person in PANEL:
        expect(screen.page.get_by_role("button", name=re.compile(f"Thank {person.name}"))).to_have_count(0)
    with closing(open_record(server)) as store, store.unit(ME.owner, datetime.now(UTC)) as unit:
        sent = unit.find(Message, interview_id=interview.id)
    assert len(sent) == len(PANEL)
    assert all(message.sent_at for message in sent)
    assert not any(ANOTHER in message.body for message in sent)


def stopped_by(screen: Screen, reason: re.Pattern[str]) -> None:
    """The note is not handed out, and the reason stands beside it."""
    screen.sees(re.compile("Not yet: 1 thing in it would do harm"))
    screen.sees(reason)
    expect(screen.page.get_by_role("button", name="Copy the note")).to_have_count(0)
    expect(screen.page.get_by_role("link", name="Open in mail")).to_have_count(0)


def send(screen: Screen) -> None:
    screen.press("I sent it", exact=True)
    screen.sees(re.compile("Sent on "))


def test_a_finding_left_as_it_is_lets_the_note_go_and_comes_back_with_its_words(server: Server, page: Page) -> None:
    interview = a_panel(server)
    screen = Screen(page, server.url)
    screen.open(f"write?interview={interview.id}&kind=thank_you", "Write")
    note = page.get_by_role("textbox", name="The note").input_value()
    screen.write("The note", f"{note}\n\nP.S. I would be glad to join {ANOTHER}.")
    screen.sees(re.compile("Not yet: 1 thing"))

    screen.press("Leave it")
    expect(screen.button("Leave it as it is")).to_be_disabled()
    screen.choose("Why is it right as it is?", "It is their new name")
    screen.press("Leave it as it is")

    screen.sees("Ready to send")
    screen.sees(re.compile("You said: It is their new name"))
    screen.sees(re.compile("Left as it is, by your choice"))
    screen.reload()
    screen.sees("Ready to send")

    screen.write("The note", f"{note}\n\nP.S. I would be glad to join {ANOTHER}'s team.")
    screen.sees(re.compile("Not yet: 1 thing"))


def test_two_tabs_on_one_note_keep_both_texts_and_the_one_not_chosen_is_a_version(
    server: Server, context: BrowserContext, page: Page
) -> None:
    interview = a_panel(server)
    address = f"write?interview={interview.id}&kind=thank_you"
    first, second = Screen(page, server.url), Screen(context.new_page(), server.url)
    first.open(address, "Write")
    second.open(address, "Write")

    first.write("The note", "Written in the first tab.")
    first.sees("5 words")
    second.write("The note", "Written in the second tab.")

    second.sees(re.compile("Two tabs wrote different texts here"))
    second.reads("The note", "Written in the second tab.")
    first.reload()
    first.sees(re.compile("Two tabs wrote different texts here"))
    first.press("Keep version 2")
    first.reads("The note", "Written in the second tab.")
    expect(first.page.get_by_text("Two tabs wrote different texts here")).to_have_count(0)

    first.page.get_by_text(re.compile(r"^\d+ earlier version")).click()
    first.page.get_by_text("Written in the first tab.").wait_for()
    first.press("Bring it back")

    first.reads("The note", "Written in the first tab.")


def test_the_ways_out_carry_the_note_as_it_stands(server: Server, context: BrowserContext, page: Page) -> None:
    interview = a_panel(server)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    screen = Screen(page, server.url)
    screen.open(f"write?interview={interview.id}&kind=thank_you", "Write")
    note = f"{page.get_by_role('textbox', name='The note').input_value()}\n\nP.S. Grüße an Zoë, 張偉 and مها."
    screen.write("The note", note)
    screen.write("Subject", "Thank you  –  smart meters, Zoë")

    page.get_by_role("button", name="Copy the note").click()
    expect(page.get_by_text("Copied. Paste it where you write.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == note
    with page.expect_download() as mail:
        page.get_by_role("button", name="Save as .eml").click()
    with page.expect_download() as plain:
        page.get_by_role("button", name="Save as text").click()

    draft = email.message_from_bytes(Path(mail.value.path()).read_bytes(), policy=email.policy.default)
    body = draft.get_body()
    assert body
    assert (draft["X-Unsent"], draft["Subject"]) == ("1", "Thank you  –  smart meters, Zoë")
    assert body.get_content().replace("\r\n", "\n").rstrip("\n") == note
    assert mail.value.suggested_filename == "thank-you Dana Whitfield.eml"
    assert note in Path(plain.value.path()).read_text(encoding="utf-8")
    link = str(page.get_by_role("link", name="Open in mail").get_attribute("href"))
    assert link.startswith("mailto:?subject=Thank%20you%20%20%E2%80%93")
    assert len(link) <= LONGEST_MAILTO


def test_typing_goes_on_while_the_findings_are_made_anew(server: Server, page: Page) -> None:
    interview = a_panel(server)
    screen = Screen(page, server.url)
    screen.open(f"write?interview={interview.id}&kind=thank_you", "Write")
    field = page.get_by_role("textbox", name="The note")
    note = field.input_value()
    at = note.index("\n\n") + 2
    field.focus()
    field.evaluate(f"field => field.setSelectionRange({at}, {at})")
    typed = "It was a rainy day, and I liked the walk from the station. "

    field.press_sequentially(typed, delay=60)

    expect(field).to_have_value(note[:at] + typed + note[at:])
    screen.settled()
    assert field.evaluate("field => [document.activeElement === field, field.selectionStart]") == [
        True,
        at + len(typed),
    ]


def test_an_answer_beside_the_note_is_typed_to_its_end(server: Server, page: Page) -> None:
    interview = a_panel(server)
    screen = Screen(page, server.url)
    screen.open(f"write?interview={interview.id}&kind=thank_you", "Write")
    field = page.get_by_role("textbox", name="Which skill do they look for most?")
    field.click()

    field.press_sequentially("forecasting with care for the people behind it", delay=60)

    expect(page.get_by_role("textbox", name="The note")).to_have_value(re.compile("care for the people behind it"))
    expect(field).to_have_value("forecasting with care for the people behind it")
    expect(field).to_be_focused()
