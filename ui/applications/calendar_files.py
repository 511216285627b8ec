"""Steps as a calendar file to download, and where this app answers, for the links in it."""

from __future__ import annotations

from urllib.parse import urlsplit

import streamlit as st

from debrief.domain.courses import Course
from debrief.domain.file_names import file_name
from debrief.usecases.agenda import rules_in_force, steps_due
from debrief.usecases.calendar_files import page_links, steps_calendar
from ui.kit import session
from ui.kit.navigation import REGISTRY
from ui.kit.taken import noted


def app_address() -> str:
    """Where the browser found this app, without the page: "http://localhost:8501"."""
    seen = urlsplit(st.context.url or "")
    if not seen.netloc:
        return f"http://localhost:{st.get_option('server.port')}"
    path = seen.path.rstrip("/")
    folder, _, last = path.rpartition("/")
    return f"{seen.scheme}://{seen.netloc}{folder if last in {entry.name for entry in REGISTRY} else path}"


def calendar_button(course: Course) -> None:
    """The steps ahead of one application as a file; nothing where none is ahead."""
    rules = rules_in_force(session.actor(), session.store(), session.now(), session.content().rules)
    if any(due.lies_ahead for due in steps_due(course, rules, session.now())):
        download_steps("Add to calendar", course.application.employer, application_id=course.application.id)


def download_steps(label: str, name: str, *, application_id: str | None = None) -> None:
    """The button that makes the file once it is pressed; what was handed out is noted then, for the next one."""
    links = page_links(app_address())
    actor, store, now, book = session.actor(), session.store(), session.now(), session.content().rules
    st.download_button(
        label,
        noted("calendar, ics", lambda: steps_calendar(actor, store, now, book, links, application_id=application_id)),
        file_name=file_name(f"debrief {name}".strip(), "ics"),
        mime="text/calendar",
        icon=":material/calendar_add_on:",
        on_click="ignore",
        help="A file that your calendar opens. Downloading it again later moves and cancels, and doubles nothing.",
    )
