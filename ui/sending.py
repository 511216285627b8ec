"""How a note leaves: copied, opened in the mail program, as a file, and then marked as sent."""

from __future__ import annotations

from datetime import datetime

import streamlit as st
from debrief.desk.delivery import TooLong, eml, file_name, mailto

from debrief.domain.courses import Round
from debrief.domain.facts import Channel
from debrief.usecases.notes import Slot, mark_sent, save_draft
from ui import session
from ui.copy_button import copy_button
from ui.notices import doing


def draw_sending(one: Round, slot: Slot, *, subject: str, body: str, field: str) -> None:
    """The ways out, and the button that tells the timeline."""
    met = one.met_by(slot.person_id)
    person = met.person if met else None
    copy_button(body, field=field, key=f"copy-{field}")
    if slot.channel is Channel.EMAIL:
        with st.container(horizontal=True):
            link = mailto(subject, body, to=person)
            if isinstance(link, TooLong):
                st.caption(str(link))
            else:
                st.link_button("Open in mail", link, icon=":material/mail:")
            st.download_button(
                "Save as .eml",
                lambda: eml(subject, body, to=person, at=session.now()),
                file_name=file_name(slot.kind, person, "eml"),
                mime="message/rfc822",
                icon=":material/download:",
                on_click="ignore",
            )
    _draw_mark_sent(one, slot, subject=subject, body=body)


def _draw_mark_sent(one: Round, slot: Slot, *, subject: str, body: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button("I sent it", type="primary", icon=":material/send:", key=f"sent.{slot}"):
            _sent(slot, subject=subject, body=body, at=session.now())
        with st.popover("I sent it earlier", type="tertiary", icon=":material/history:"):
            local = session.local_now()
            day, clock = st.columns(2)
            on = day.date_input("Day", local.date(), key=f"sent.on.{slot}")
            at = clock.time_input("Time", local.time().replace(second=0, microsecond=0), key=f"sent.at.{slot}")
            if st.button("Mark as sent then", key=f"sent.then.{slot}"):
                instant = datetime.combine(on, at, tzinfo=local.tzinfo)
                _sent(slot, subject=subject, body=body, at=max(instant, _same_minute(instant, one)))


def _same_minute(instant: datetime, one: Round) -> datetime:
    """The interview's end where the minute entered is the one in which it ended."""
    ended = one.interview.ended_at
    return ended if instant <= ended and (ended - instant).total_seconds() < 60 else instant


def _sent(slot: Slot, *, subject: str, body: str, at: datetime) -> None:
    def send() -> None:
        save_draft(session.actor(), session.store(), session.now(), slot, subject=subject, body=body)
        mark_sent(session.actor(), session.store(), session.now(), slot, at)

    doing(send)
    st.rerun()
