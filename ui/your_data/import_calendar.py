"""A calendar on its way in: which events were interviews, and what the calendar does not know about them."""

from __future__ import annotations

from datetime import datetime

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from debrief.domain.checks import known_zones
from debrief.domain.wording import counted, in_words
from debrief.exchange.imports.calendar_events import CalendarFound, EventChoice, EventFound, read_calendar
from debrief.exchange.imports.drafts import NAMELESS_ROUND, PersonDraft
from debrief.exchange.imports.source import Source
from debrief.usecases.imports import import_events, preview_events
from debrief.usecases.notes import SENDER_SETTING
from ui.kit import session
from ui.kit.plain import plain
from ui.kit.undo import done_noted
from ui.your_data.import_kept import finish, kept_for

_MOST_CHOSEN = 40
"""Each chosen event has fields of its own: more at a time would be no page but a form without end."""


def draw_calendar_import(chosen: UploadedFile, source: Source) -> None:
    """From a calendar to interviews. Raises Refused for a file that cannot be read."""
    found = kept_for(chosen, "calendar", lambda: read_calendar(source, session.content().imports))
    st.markdown(f"**{plain(chosen.name)}** is a calendar with {counted(len(found.events), 'event')}.")
    _draw_left_out(found)
    events = _draw_chooser(chosen, found)
    if not events:
        st.info("Choose the events that were, or will be, interviews.", icon=":material/event:")
        return
    zone = _draw_zone(chosen, found, events)
    with session.reading() as unit:
        own_name = str(unit.setting(SENDER_SETTING, "") or "")
    choices = [_draw_event(chosen, event, zone, own_name) for event in events]
    ready = [one for one in choices if one.employer.strip() and one.role.strip()]
    if len(ready) < len(choices):
        waiting = counted(len(choices) - len(ready), "event lacks", "events lack")
        st.info(f"Say which employer and role each was for: {waiting} one of them.", icon=":material/edit:")
        return
    _draw_button(chosen, ready)


def _draw_left_out(found: CalendarFound) -> None:
    if found.repeating:
        repeating = counted(found.repeating, "event repeats", "events repeat")
        st.caption(f"{repeating}, as no interview does, and will be left out.")
    if found.unreadable:
        unreadable = counted(found.unreadable, "event has", "events have")
        st.caption(f"{unreadable} no time that can be read, and will be left out.")


def _draw_chooser(chosen: UploadedFile, found: CalendarFound) -> list[EventFound]:
    by_number = {event.number: event for event in found.events}
    likely = [event.number for event in found.events if event.likely][:_MOST_CHOSEN]
    numbers = st.multiselect(
        "Which of them are interviews?",
        list(by_number),
        default=likely,
        max_selections=_MOST_CHOSEN,
        format_func=lambda number: f"{_when(by_number[number])} · {by_number[number].title}",
        key=_key(chosen, "events"),
    )
    return [by_number[number] for number in sorted(numbers)]


def _draw_zone(chosen: UploadedFile, found: CalendarFound, events: list[EventFound]) -> str:
    if not found.needs_a_zone(event.number for event in events):
        return ""
    zones = list(known_zones())
    return st.selectbox(
        "Time zone of the interviews",
        zones,
        index=zones.index(session.browser_zone()),
        help="Some events do not say on whose clock they are.",
        key=_key(chosen, "zone"),
    )


def _draw_event(chosen: UploadedFile, event: EventFound, zone: str, own_name: str) -> EventChoice:
    def key(name: str) -> str:
        return _key(chosen, f"{event.number}.{name}")

    with st.container(border=True):
        st.markdown(f"**{plain(event.title)}**  \n{_when(event)}{' · called off' if event.cancelled else ''}")
        left, right = st.columns(2)
        employer = left.text_input("Employer", value=event.employer, key=key("employer"))
        role = right.text_input("Role", key=key("role"))
        round_ = left.text_input("Round", value=NAMELESS_ROUND, key=key("round"))
        others = [person for person in event.people if person.name.casefold() != own_name.casefold()]
        names = right.text_area(
            "Who was there, one name a line",
            value="\n".join(person.name for person in others),
            help="Take your own name out.",
            height="content",
            key=key("people"),
        )
    return EventChoice(event, employer, role, round_, _people(names, others), zone)


def _people(names: str, invited: list[PersonDraft]) -> tuple[PersonDraft, ...]:
    """The people named; who was invited keeps the address."""
    known = {person.name.casefold(): person for person in invited}
    typed = dict.fromkeys(name.strip() for name in names.splitlines() if name.strip())
    return tuple(known.get(name.casefold(), PersonDraft(name)) for name in typed)


def _draw_button(chosen: UploadedFile, choices: list[EventChoice]) -> None:
    tally = preview_events(session.actor(), session.store(), session.now(), choices)
    if tally.duplicate_count:
        doubles = in_words([f"{plain(one.what)} (in {one.where})" for one in tally.duplicates[:5]])
        st.markdown(f"Already there, and left out: {doubles}.")
    count = len(choices) - tally.duplicate_count
    label = f"Log {counted(count, 'interview')}"
    if st.button(label, type="primary", icon=":material/upload:", disabled=not tally.total):
        with done_noted():
            import_events(session.actor(), session.store(), session.now(), choices, chosen.name)
        finish(counted(count, "interview"))


def _when(event: EventFound) -> str:
    ends = event.ends
    clock = f", until {ends:%H:%M}" if isinstance(ends, datetime) else ""
    return f"{event.day:%a} {event.day.day} {event.day:%b %Y}{clock}"


def _key(chosen: UploadedFile, name: str) -> str:
    return f"import.{chosen.file_id}.{name}"
