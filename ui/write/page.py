"""The writing desk: what to write and to whom, then the draft with everything around it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import streamlit as st

from debrief.desk.composer import Draft, linkedin_limit
from debrief.domain.courses import Course, Round
from debrief.domain.critique import Finding
from debrief.domain.facts import Channel, Message, MessageKind
from debrief.domain.letters import Text
from debrief.domain.wording import moment_in_words
from debrief.exchange.words import KIND
from debrief.usecases.agenda import rules_in_force, steps_due
from debrief.usecases.composing import composed
from debrief.usecases.ignored_findings import Reading, reading_of
from debrief.usecases.names_on_record import RESTS_ON, NamesOnRecord, names_on_record
from debrief.usecases.notes import Kept, Slot, kept_in, take_back_sent
from debrief.usecases.review import Reader, review, rules_for_any_language
from ui.kit import session
from ui.kit.navigation import TODAY, link_to
from ui.kit.notices import doing
from ui.kit.plain import plain
from ui.write.asks import draw_asks
from ui.write.findings import Findings
from ui.write.sending import draw_sending
from ui.write.sheet import TEAM, Sheet
from ui.write.spelling import draw_dialect, speller_for
from ui.write.versions import draw_versions, offer_fresh
from ui.write.wishes import Chosen, channel_asked_for, draw_wishes

TO_EACH = (MessageKind.THANK_YOU, MessageKind.CONNECT)
"""What each person met gets by name."""


def choose_slot(course: Course, one: Round) -> Slot:
    """What kind of note, and to whom; both stand in the address, so that a reload shows the same note."""
    kinds = list(MessageKind)
    asked_for = st.query_params.get("kind")
    preset = MessageKind(asked_for) if asked_for in kinds else _most_due(course, one)
    left, right = st.columns([1, 1.6])
    key, shown_key = f"kind.{one.interview.id}", f"kind_shown.{one.interview.id}"
    if key not in st.session_state or st.session_state.get(shown_key) is not preset:  # a link names another one
        st.session_state[key] = preset
    kind = left.selectbox("What to write", kinds, format_func=KIND.__getitem__, key=key)
    st.session_state[shown_key] = kind
    if kind is not preset:
        st.query_params.pop("channel", None)
    names = {met.person.id: met.person.name for met in one.met} or {TEAM: "The hiring team"}
    if kind not in TO_EACH:
        names.setdefault(TEAM, "The hiring team")
    wanted = st.query_params.get("to")
    chosen = right.segmented_control(
        "To",
        list(names),
        default=wanted if wanted in names else next(iter(names)),
        format_func=lambda id_: plain(_with_mark(one, kind, id_, names[id_])),
        key=_to_key(one, kind),
        required=True,
        wrap=True,
    )
    st.query_params.update({"kind": kind.value, "to": chosen or TEAM})
    return Slot(one.interview.id, kind, None if chosen in (None, TEAM) else chosen, channel_asked_for(kind))


def draw_sheet(course: Course, one: Round, slot: Slot) -> None:
    """The note with everything around it, or the note as it was sent."""
    sheet = Sheet(slot)
    sent = _sent_to(one, slot)
    if sent is not None and not st.session_state.get(f"another.{sent.id}"):
        sheet.forget()
        _draw_sent(one, sent)
        return
    chosen = draw_wishes(course, one, slot)
    draft = composed(
        session.actor(), session.store(), session.now(), slot, templates=chosen.templates, wishes=chosen.wishes
    )
    with session.reading() as unit:
        kept = kept_in(unit, slot)
    left, right = st.columns([1.5, 1])
    with left:
        sheet.draw(Text(draft.subject, draft.body), kept)
        _draw_length(sheet, chosen)
    reading = _reading(course, sheet, draft, chosen, kept)
    with left:
        draw_sending(one, sheet, reading)
    with right:
        draw_asks(slot, draft.asks)
        Findings(sheet, reading, draft).draw(help_line=_what_is_read(chosen))
        if kept.draft is not None:
            offer_fresh(sheet, draft)
            draw_versions(sheet, kept.versions)
        draw_dialect(course.application.country)


def _draw_length(sheet: Sheet, chosen: Chosen) -> None:
    body = sheet.text.body
    if sheet.slot.channel is Channel.LINKEDIN:
        length = f"{len(body)} of {linkedin_limit(premium=chosen.wishes.premium)} characters"
    else:
        length = f"{len(body.split())} words"
    st.caption(f"{length} · your changes are kept as you type")


def _reading(course: Course, sheet: Sheet, draft: Draft, chosen: Chosen, kept: Kept) -> Reading:
    """What the critique says about the note as it stands, and what the writer left as it is."""
    actor, store, now = session.actor(), session.store(), session.now()
    rules = session.content().critique
    reader = Reader(
        rules if chosen.is_english else rules_for_any_language(rules),
        rules_in_force(actor, store, now, session.content().rules),
        session.meaning() if chosen.is_english else None,
        speller_for(course.application.country) if chosen.is_english else None,
        draft.details,
        _names_now(),
    )
    text = sheet.text
    with session.reading() as unit:
        versions = tuple(sorted(unit.data_versions().items()))
    minute = now.replace(second=0, microsecond=0)
    findings = _findings(
        (actor.owner, versions, minute, sheet.slot, text, draft.details, chosen.is_english, id(rules)),
        lambda: review(actor, store, now, sheet.slot, text=text, reader=reader),
    )
    return reading_of(findings, text, kept.choices)


@st.cache_resource(show_spinner=False, max_entries=64, ttl=timedelta(hours=1))
def _findings(key: tuple[object, ...], _read: Callable[[], tuple[Finding, ...]]) -> tuple[Finding, ...]:
    """Kept while neither the note nor anything in the record changes: most presses on this page change neither."""
    del key
    return _read()


def _names_now() -> NamesOnRecord:
    """The names of the record, kept until one of them changes: the page is drawn again with every pause in typing."""
    with session.reading() as unit:
        versions = unit.data_versions()
    return _names((session.actor().owner, *(versions[kind.__name__] for kind in RESTS_ON)))


@st.cache_resource(show_spinner=False, max_entries=8, ttl=timedelta(hours=1))
def _names(key: tuple[object, ...]) -> NamesOnRecord:
    del key
    with session.reading() as unit:
        return names_on_record(unit)


def _what_is_read(chosen: Chosen) -> str:
    """What is not looked at, where something is not; "" where everything is."""
    if not chosen.is_english:
        return "In this language only names, length, copies and open slots are checked."
    return "" if session.meaning() else "The meaning layer is off, so less is checked: wording only."


def _draw_sent(one: Round, sent: Message) -> None:
    assert sent.sent_at is not None  # noqa: S101  only sent notes come here
    local = sent.sent_at.astimezone(session.local_now().tzinfo)
    st.success(f"Sent on {plain(moment_in_words(local, session.now()))}.", icon=":material/mark_email_read:")
    _draw_onward(one, sent.kind)
    with st.container(border=True):
        if sent.subject:
            st.markdown(f"**{plain(sent.subject)}**")
        st.text(sent.body)
    with st.container(horizontal=True):
        if st.button("It was not sent", type="tertiary", icon=":material/undo:"):
            doing(lambda: take_back_sent(session.actor(), session.store(), session.now(), sent))
            st.rerun()
        if st.button("Write another one", type="tertiary", icon=":material/add:"):
            st.session_state[f"another.{sent.id}"] = True
            st.rerun()


def _draw_onward(one: Round, kind: MessageKind) -> None:
    """The next of a panel who has no such note yet; where everybody has, the way back to what else is due."""
    waiting = [met.person for met in one.met if _sent_to(one, Slot(one.interview.id, kind, met.person.id)) is None]
    if kind not in TO_EACH or not waiting:
        link_to(TODAY, "What else is due")
        return
    st.button(
        f"Next: {plain(waiting[0].name)}",
        type="primary",
        icon=":material/arrow_forward:",
        on_click=_turn_to,
        args=(_to_key(one, kind), waiting[0].id),
    )


def _turn_to(key: str, person_id: str) -> None:
    st.session_state[key] = person_id


def _to_key(one: Round, kind: MessageKind) -> str:
    return f"to.{one.interview.id}.{kind}"


def _most_due(course: Course, one: Round) -> MessageKind:
    """The kind of the note that is open or late in this round; a thank-you where none is."""
    rules = rules_in_force(session.actor(), session.store(), session.now(), session.content().rules)
    kinds = set(MessageKind)
    for due in steps_due(course, rules, session.now()):
        if due.round.interview.id == one.interview.id and due.step.state.is_actionable and due.step.name.value in kinds:
            return MessageKind(due.step.name.value)
    return MessageKind.THANK_YOU


def _sent_to(one: Round, slot: Slot) -> Message | None:
    """The latest note of this kind that went out to exactly this person, or to nobody by name."""
    sent = [
        message
        for message in one.messages
        if message.kind is slot.kind and message.person_id == slot.person_id and message.sent_at is not None
    ]
    return max(sent, key=lambda message: message.sent_at or one.interview.ended_at, default=None)


def _with_mark(one: Round, kind: MessageKind, person: str, name: str) -> str:
    sent = _sent_to(one, Slot(one.interview.id, kind, None if person == TEAM else person))
    return name if sent is None else f"{name} ✓"
