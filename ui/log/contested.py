"""What was changed on the log page and elsewhere as well: both are shown until one is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time

import streamlit as st

from ui.log.form import FOCUSES, FORMATS, STATES
from ui.log.kept_form import KeptForm

CALLED = {
    "employer": "Employer",
    "role": "Role",
    "round": "Round",
    "state": "What became of it",
    "on": "Date",
    "at": "When it ended",
    "timezone": "Time zone",
    "format": "How",
    "focus": "What it was, mostly",
    "people": "Who was there",
    "name": "Name",
    "title": "Title",
    "email": "E-mail",
    "recruiter": "Recruiter",
    "topics": "What you talked about",
    "reply_by": "When they promised to answer",
    "notes": "Anything else to remember",
    "source": "Where you found this job",
    "country": "Country",
    "sector": "Sector",
    "role_family": "Kind of role",
    "employer_size": "Size of the employer",
}
OFFERED: Mapping[str, Mapping[str, str]] = {
    field: {value.value: shown for value, shown in offered.items()}
    for field, offered in {"state": STATES, "format": FORMATS, "focus": FOCUSES}.items()
}


def draw_contested(form: KeptForm) -> None:
    """What the record says by now of the fields that were changed here too, and the choice between the two."""
    contested = form.contested
    if not contested:
        return
    with st.container(border=True):
        st.warning(
            "This was changed elsewhere while you wrote here. Yours stands above, not saved yet. The record says:",
            icon=":material/call_split:",
        )
        for field in contested:
            st.text(f"{_called(form, field)}: {_in_words(form, field)}")
        with st.container(horizontal=True):
            st.button("Keep mine", key=f"{form.name}.mine", on_click=form.settle, args=(True,))
            st.button("Take the other", key=f"{form.name}.theirs", on_click=form.settle, args=(False,))


def _called(form: KeptForm, field: str) -> str:
    """What a field is called; with the person, where it is in the card of one."""
    name, _, card = field.partition(".")
    return f"{CALLED[name]}, {form.known(f'name.{card}')}" if card else CALLED[name]


def _in_words(form: KeptForm, field: str) -> str:
    """What the record says of a field."""
    match form.known(field):
        case bool() as yes:
            return "yes" if yes else "no"
        case date() as day:
            return f"{day:%d %B %Y}"
        case time() as clock:
            return f"{clock:%H:%M}"
        case list() as cards:
            return ", ".join(str(form.known(f"name.{card}")) for card in cards) or "nobody"
        case said:
            return OFFERED.get(field, {}).get(str(said), str(said or "nothing"))
