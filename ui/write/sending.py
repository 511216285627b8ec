"""How a note leaves: copied, opened in the mail program, as a file, and then marked as sent."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from debrief.desk.delivery import Mailbox, TooLong, eml, mailto, plain_text
from debrief.domain.courses import Round
from debrief.domain.critique import Severity
from debrief.domain.facts import Channel
from debrief.domain.file_names import file_name
from debrief.domain.letters import Text
from debrief.domain.wording import NOTE_NAMES, counted, in_words
from debrief.errors import Refused
from debrief.usecases.ignored_findings import Reading
from debrief.usecases.notes import Slot, mark_sent
from ui.kit import session
from ui.kit.notices import doing
from ui.kit.plain import plain, plain_error
from ui.kit.taken import noted
from ui.write.copy_button import copy_button
from ui.write.findings import ANCHOR
from ui.write.sheet import Sheet

FEW = 2
"""How many weak points are told beside the ways out."""
_HOW = f"[Why, and what to do](#{ANCHOR})"


def draw_sending(one: Round, sheet: Sheet, reading: Reading) -> None:
    """The ways out, and the button that tells the timeline. A note that would do harm is not handed out."""
    harmful = [finding for finding in reading.standing if finding.severity is Severity.MUST]
    if harmful:
        what = "".join(f"\n- {plain(message)}" for message in dict.fromkeys(one.message for one in harmful))
        st.error(
            f"Not yet: {counted(len(harmful), 'thing')} in it would do harm.\n{what}\n\n{_HOW}",
            icon=":material/front_hand:",
        )
    else:
        _draw_weak(reading)
        _draw_left(reading)
        _draw_ways_out(one, sheet)
    _draw_mark_sent(one, sheet, is_ready=not harmful)


def _draw_weak(reading: Reading) -> None:
    """What still stands beside the note: on a phone that is further down."""
    weak = [finding.message for finding in reading.standing if finding.severity is Severity.SHOULD]
    if weak:
        more = f" And {counted(len(weak) - FEW, 'more thing')}." if len(weak) > FEW else ""
        said = plain(" ".join(weak[:FEW]))
        told = f":material/build: {counted(len(weak), 'thing')} would make it stronger. {said}{more}"
        st.markdown(f":small[:gray[{told}] {_HOW}]")


def _draw_left(reading: Reading) -> None:
    """What goes out although the critique speaks against it."""
    if reading.left:
        rules = in_words(list(dict.fromkeys(left.finding.message for left in reading.left)))
        st.caption(f":material/do_not_disturb_on: Left as it is, by your choice: {plain(rules)}")


def _draw_ways_out(one: Round, sheet: Sheet) -> None:
    slot, text = sheet.slot, sheet.text
    met = one.met_by(slot.person_id)
    to = Mailbox(met.person.name, met.person.email) if met else Mailbox()
    is_mail = slot.channel is Channel.EMAIL
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        copy_button("Copy the note", text.body, field=sheet.body_key, key=f"copy-{sheet.body_key}")
        if is_mail:
            copy_button("Copy the subject", text.subject, field=sheet.subject_key, key=f"copy-{sheet.subject_key}")
            _draw_mail(slot, text, to)
        st.download_button(
            "Save as text",
            noted("note, txt", lambda: plain_text(text, to if is_mail else None)),
            file_name=_file(slot, to, "txt"),
            mime="text/plain",
            icon=":material/description:",
            on_click="ignore",
        )


def _draw_mail(slot: Slot, text: Text, to: Mailbox) -> None:
    """The link and the file; a sentence in the place of what this note or address does not allow."""
    try:
        link = mailto(text, to.address)
        if isinstance(link, TooLong):
            st.caption(str(link))
        else:
            st.link_button("Open in mail", link, icon=":material/mail:")
        draft = eml(text, session.now(), to=to)
        st.download_button(
            "Save as .eml",
            noted("note, eml", lambda: draft),
            file_name=_file(slot, to, "eml"),
            mime="message/rfc822",
            icon=":material/download:",
            on_click="ignore",
            help="A draft that your mail program opens, ready to send.",
        )
    except Refused as refusal:
        st.warning(plain_error(refusal), icon=":material/alternate_email:")


def _file(slot: Slot, to: Mailbox, ending: str) -> str:
    return file_name(f"{NOTE_NAMES[slot.kind]} {to.name}".strip(), ending)


def _draw_mark_sent(one: Round, sheet: Sheet, *, is_ready: bool) -> None:
    name = f"{sheet.slot.kind}.{sheet.slot.person_id}"
    with st.container(horizontal=True, vertical_alignment="center"):
        kind = "primary" if is_ready else "secondary"
        if st.button("I sent it", type=kind, icon=":material/send:", key=f"sent.{name}"):
            _sent(sheet, at=session.now())
        with st.popover("I sent it earlier", type="tertiary", icon=":material/history:"):
            local = session.local_now()
            day, clock = st.columns(2)
            on = day.date_input("Day", local.date(), key=f"sent.on.{name}")
            at = clock.time_input("Time", local.time().replace(second=0, microsecond=0), key=f"sent.at.{name}")
            if st.button("Mark as sent then", key=f"sent.then.{name}"):
                _sent(sheet, at=_not_before_the_end(datetime.combine(on, at, tzinfo=local.tzinfo), one))


def _not_before_the_end(entered: datetime, one: Round) -> datetime:
    """The interview's end, where the minute entered is the one in which it ended."""
    ended = one.interview.ended_at
    return ended if 0 <= (ended - entered).total_seconds() < 60 else entered


def _sent(sheet: Sheet, *, at: datetime) -> None:
    def send() -> None:
        sheet.kept()
        mark_sent(session.actor(), session.store(), session.now(), sheet.slot, at)

    doing(send)
    st.rerun()
