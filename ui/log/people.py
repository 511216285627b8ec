"""Who was there: the small card of each person on the log page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from debrief.domain.courses import Met
from debrief.domain.facts import Person
from debrief.domain.names import is_respelt
from debrief.usecases.log_interview import PersonEntry, people_at
from ui.kit import session
from ui.kit.plain import plain
from ui.kit.uninterrupted import uninterrupted
from ui.log.kept_form import KeptForm, Value


def draw_people(form: KeptForm) -> None:
    """Who was there; each person is a small card of their own."""
    cards = _cards(form)
    with session.reading() as unit:
        people = people_at(unit, str(st.session_state.get(form.key("employer")) or "")) if cards else []
    known = {person.name.casefold(): person for person in people}
    for place, card in enumerate(cards, start=1):
        with st.container(border=True):
            _draw_person(form, known, card=card, place=place)
    st.button(
        "Add a person" if cards else "Add who was there",
        key=f"{form.name}.add",
        icon=":material/person_add:",
        on_click=lambda: form.set("people", [*cards, _next_card(cards)]),
    )


def people_of(form: KeptForm) -> tuple[PersonEntry, ...]:
    """The people entered, as the use case takes them."""
    return tuple(_person_of(form, card) for card in _cards(form))


def known_people(met: tuple[Met, ...]) -> dict[str, Value]:
    """What the cards say of people who were logged before; each card is named by its person's id."""
    known: dict[str, Value] = {"people": [one.person.id for one in met]}
    for one in met:
        for field, said in {"name": one.person.name, **_details(one.person)}.items():
            known[f"{field}.{one.person.id}"] = said
        known[f"topics.{one.person.id}"] = "\n".join(one.meeting.topics)
    return known


def _cards(form: KeptForm) -> list[str]:
    return list(st.session_state[form.field("people", [])])


def _next_card(cards: Sequence[str]) -> str:
    """The name of a card for somebody new."""
    return str(max((int(card) for card in cards if card.isdecimal()), default=0) + 1)


def _draw_person(form: KeptForm, known: Mapping[str, Person], *, card: str, place: int) -> None:
    for field, nothing in _details(None).items():
        form.field(f"recalled.{field}.{card}", nothing)
    name, title = st.columns(2)
    chosen = name.selectbox(
        f"Name of person {place}",
        [person.name for person in known.values()],
        key=form.field(f"name.{card}", None),
        on_change=_name,
        args=(form, known, card),
        accept_new_options=True,
        placeholder="Type or choose",
    )
    title.text_input(
        "Their title",
        key=form.field(f"title.{card}", ""),
        on_change=form.keep,
        placeholder="Engineering manager",
    )
    _draw_whether_same(form, known, card)
    email, recruiter = st.columns([2, 1], vertical_alignment="bottom")
    email.text_input(
        "Their e-mail",
        key=form.field(f"email.{card}", ""),
        on_change=form.keep,
        placeholder="Optional",
    )
    recruiter.toggle("Recruiter", key=form.field(f"recruiter.{card}", False), on_change=form.keep)
    st.text_area(
        "What did you talk about with them?",
        key=form.field(f"topics.{card}", ""),
        on_change=form.keep,
        height=90,
        placeholder="One topic a line: their move to a new warehouse system",
        help="The thank-you note is built on this: one concrete thing each.",
    )
    others = [other for other in _cards(form) if other != card]
    st.button(
        f"Take {plain(chosen) if chosen else 'this person'} out",
        key=f"{form.name}.out.{card}",
        type="tertiary",
        icon=":material/person_remove:",
        on_click=lambda: form.set("people", list(others)),
    )


def _draw_whether_same(form: KeptForm, known: Mapping[str, Person], card: str) -> None:
    """Whether somebody of the round only has their name put right, where the card names nobody of the record now."""
    same = form.field(f"same.{card}", False)
    was, name = form.known(f"name.{card}"), _named(form, card)
    if was and name and name.casefold() not in (str(was).casefold(), *known):
        st.toggle(
            f"{plain(str(was))} and {plain(name)} are the same person",
            key=same,
            on_change=_recall,
            args=(form, known, card),
            help="On: the name is put right wherever they were met, and all that was noted or sent stays with them. "
            "Off: somebody else was there.",
        )


@uninterrupted()
def _name(form: KeptForm, known: Mapping[str, Person], card: str) -> None:
    """Guesses whether the name was put right, and fills in what is known about whoever has it."""
    st.session_state[form.key(f"same.{card}")] = is_respelt(_named(form, card), str(form.known(f"name.{card}") or ""))
    _recall(form, known, card)


@uninterrupted()
def _recall(form: KeptForm, known: Mapping[str, Person], card: str) -> None:
    """Fills in what is known about the person just named, in place of what was known about another; what was typed
    stays."""
    name = _named(form, card)
    if name:
        person = known.get(name.casefold())
        stays = person is None and _is_same(form, card)
        for field, said in _details(person).items():
            key, recalled = form.key(f"{field}.{card}"), form.key(f"recalled.{field}.{card}")
            held, was = st.session_state.get(key), form.known(f"{field}.{card}")
            if not held or held in (st.session_state.get(recalled), was):
                st.session_state[key] = was if stays else said
            st.session_state[recalled] = was if stays else said
    form.keep()


def _named(form: KeptForm, card: str) -> str:
    return str(st.session_state.get(form.key(f"name.{card}")) or "")


def _is_same(form: KeptForm, card: str) -> bool:
    """Whether the card still means the person of the round whom it was opened with."""
    was = form.known(f"name.{card}")
    if not was:
        return False
    same: bool = st.session_state.get(form.key(f"same.{card}"), False)
    return same or _named(form, card).casefold() == str(was).casefold()


def _details(person: Person | None) -> dict[str, Value]:
    """What a card fills in of somebody known, and what stands there of anybody else."""
    if person is None:
        return {"title": "", "email": "", "recruiter": False}
    return {"title": person.title, "email": person.email, "recruiter": person.recruiter}


def _person_of(form: KeptForm, card: str) -> PersonEntry:
    def value(field: str) -> str:
        return str(st.session_state.get(form.key(f"{field}.{card}")) or "")

    return PersonEntry(
        name=value("name"),
        title=value("title"),
        email=value("email"),
        recruiter=bool(st.session_state.get(form.key(f"recruiter.{card}"))),
        topics=value("topics"),
        person_id=card if _is_same(form, card) else None,
    )
