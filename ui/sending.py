"""How a note leaves: copied, opened in the mail program, as a file, and then marked as sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import streamlit as st

from debrief.desk.delivery import Mailbox, TooLong, eml, file_name, mailto
from debrief.domain.courses import Round
from debrief.domain.facts import Channel
from debrief.usecases.notes import KIND_NAMES, Slot, mark_sent, save_draft
from ui import session
from ui.copy_button import copy_button
from ui.notices import doing, refusals_shown


@dataclass(frozen=True, slots=True)
class Text:
    """A note as it stands in its fields."""

    subject: str
    body: str


def draw_sending(one: Round, slot: Slot, text: Text, *, field: str) -> None:
    """The ways out, and the button that tells the timeline. `field` is the key of the body's field."""
    copy_button(text.body, field=field, key=f"copy-{field}")
    if slot.channel is Channel.EMAIL:
        with refusals_shown():
            _draw_mail(one, slot, text)
    _draw_mark_sent(one, slot, text)


def _draw_mail(one: Round, slot: Slot, text: Text) -> None:
    met = one.met_by(slot.person_id)
    to = Mailbox(met.person.name, met.person.email) if met else Mailbox()
    with st.container(horizontal=True):
        link = mailto(text, to.address)
        if isinstance(link, TooLong):
            st.caption(str(link))
        else:
            st.link_button("Open in mail", link, icon=":material/mail:")
        st.download_button(
            "Save as .eml",
            eml(text, session.now(), to=to),
            file_name=file_name(f"{KIND_NAMES[slot.kind]} {to.name}".strip(), "eml"),
            mime="message/rfc822",
            icon=":material/download:",
            on_click="ignore",
            help="A draft that your mail program opens, ready to send.",
        )


def _draw_mark_sent(one: Round, slot: Slot, text: Text) -> None:
    name = f"{slot.kind}.{slot.person_id}"
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button("I sent it", type="primary", icon=":material/send:", key=f"sent.{name}"):
            _sent(slot, text, at=session.now())
        with st.popover("I sent it earlier", type="tertiary", icon=":material/history:"):
            local = session.local_now()
            day, clock = st.columns(2)
            on = day.date_input("Day", local.date(), key=f"sent.on.{name}")
            at = clock.time_input("Time", local.time().replace(second=0, microsecond=0), key=f"sent.at.{name}")
            if st.button("Mark as sent then", key=f"sent.then.{name}"):
                _sent(slot, text, at=_not_before_the_end(datetime.combine(on, at, tzinfo=local.tzinfo), one))


def _not_before_the_end(entered: datetime, one: Round) -> datetime:
    """The interview's end, where the minute entered is the one in which it ended."""
    ended = one.interview.ended_at
    return ended if 0 <= (ended - entered).total_seconds() < 60 else entered


def _sent(slot: Slot, text: Text, *, at: datetime) -> None:
    def send() -> None:
        save_draft(session.actor(), session.store(), session.now(), slot, subject=text.subject, body=text.body)
        mark_sent(session.actor(), session.store(), session.now(), slot, at)

    doing(send)
    st.rerun()
