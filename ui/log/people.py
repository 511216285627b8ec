"""Who was there: the small card of each person on the log page."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from debrief.domain.courses import Met
from debrief.domain.facts import Person
from debrief.usecases.log_interview import PersonEntry, people_at
from ui.kit import session
from ui.kit.uninterrupted import uninterrupted
from ui.log.kept_form import KeptForm, Value


def draw_people(form: KeptForm) -> None:
    """Who was there; each person is a small card of their own."""
    numbers = _numbers(form)
    with session.reading() as unit:
        people = people_at(unit, str(st.session_state.get(form.key("employer")) or "")) if numbers else []
    known = {person.name.casefold(): person for person in people}
    for place, number in enumerate(numbers, start=1):
        with st.container(border=True):
            _draw_person(form, known, number=number, place=place)
    st.button(
        "Add a person" if numbers else "Add who was there",
        key=f"{form.name}.add",
        icon=":material/person_add:",
        on_click=lambda: form.set("people", [*numbers, str(max([0, *map(int, numbers)]) + 1)]),
    )


def people_of(form: KeptForm) -> tuple[PersonEntry, ...]:
    """The people entered, as the use case takes them."""
    return tuple(_person_of(form, number) for number in _numbers(form))


def known_people(met: tuple[Met, ...]) -> dict[str, Value]:
    """What the cards say of people who were logged before."""
    known: dict[str, Value] = {"people": [str(number) for number in range(1, len(met) + 1)]}
    for number, one in enumerate(met, start=1):
        known[f"name.{number}"] = one.person.name
        known[f"title.{number}"] = one.person.title
        known[f"email.{number}"] = one.person.email
        known[f"recruiter.{number}"] = one.person.recruiter
        known[f"topics.{number}"] = "\n".join(one.meeting.topics)
    return known


def _numbers(form: KeptForm) -> list[str]:
    return list(st.session_state[form.field("people", [])])


def _draw_person(form: KeptForm, known: Mapping[str, Person], *, number: str, place: int) -> None:
    for field, nothing in _details(None).items():
        form.field(f"recalled.{field}.{number}", nothing)
    name, title = st.columns(2)
    chosen = name.selectbox(
        f"Name of person {place}",
        [person.name for person in known.values()],
        key=form.field(f"name.{number}", None),
        on_change=_recall,
        args=(form, known, number),
        accept_new_options=True,
        placeholder="Type or choose",
    )
    title.text_input(
        "Their title",
        key=form.field(f"title.{number}", ""),
        on_change=form.keep,
        placeholder="Engineering manager",
    )
    email, recruiter = st.columns([2, 1], vertical_alignment="bottom")
    email.text_input(
        "Their e-mail",
        key=form.field(f"email.{number}", ""),
        on_change=form.keep,
        placeholder="Optional",
    )
    recruiter.toggle("Recruiter", key=form.field(f"recruiter.{number}", False), on_change=form.keep)
    st.text_area(
        "What did you talk about with them?",
        key=form.field(f"topics.{number}", ""),
        on_change=form.keep,
        height=90,
        placeholder="One topic a line: their move to a new warehouse system",
        help="The thank-you note is built on this: one concrete thing each.",
    )
    others = [other for other in _numbers(form) if other != number]
    st.button(
        f"Take {chosen or 'this person'} out",
        key=f"{form.name}.out.{number}",
        type="tertiary",
        icon=":material/person_remove:",
        on_click=lambda: form.set("people", list(others)),
    )


@uninterrupted()
def _recall(form: KeptForm, known: Mapping[str, Person], number: str) -> None:
    """Fills in what is known about the person just named, in place of what was known about another; what was typed
    stays."""
    name = str(st.session_state.get(form.key(f"name.{number}")) or "")
    if name:
        for field, said in _details(known.get(name.casefold())).items():
            key, recalled = form.key(f"{field}.{number}"), form.key(f"recalled.{field}.{number}")
            held = st.session_state.get(key)
            if not held or held in (st.session_state.get(recalled), form.known(f"{field}.{number}")):
                st.session_state[key] = said
            st.session_state[recalled] = said
    form.keep()


def _details(person: Person | None) -> dict[str, Value]:
    """What a card fills in of somebody known, and what stands there of anybody else."""
    if person is None:
        return {"title": "", "email": "", "recruiter": False}
    return {"title": person.title, "email": person.email, "recruiter": person.recruiter}


def _person_of(form: KeptForm, number: str) -> PersonEntry:
    def value(field: str) -> str:
        return str(st.session_state.get(form.key(f"{field}.{number}")) or "")

    return PersonEntry(
        name=value("name"),
        title=value("title"),
        email=value("email"),
        recruiter=bool(st.session_state.get(form.key(f"recruiter.{number}"))),
        topics=value("topics"),
    )
