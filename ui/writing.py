"""The parts of the writing desk: what to write and to whom, the draft, the questions beside it, the findings."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from debrief.desk.brief import Wishes
from debrief.desk.changes import Fate, what_changes
from debrief.desk.composer import Draft
from debrief.desk.questions import Home, Question
from debrief.domain.courses import Course, Round
from debrief.domain.critique import Finding, Place
from debrief.domain.facts import Channel, Message, MessageKind
from debrief.domain.letters import Tone
from debrief.domain.wording import moment_in_words
from debrief.usecases.agenda import rules_in_force, steps_due
from debrief.usecases.notes import KIND_NAMES, Slot, composed, draft_in, give_back, take_back_sent
from debrief.usecases.reflections import begin
from debrief.usecases.review import Reader, review
from ui import session
from ui.findings import draw_findings
from ui.notices import doing, refusals_shown
from ui.plain import plain
from ui.sending import Text, draw_sending
from ui.sheet import TEAM, Sheet

CHANGES = {
    Fate.KEPT: ":gray[{}]",
    Fate.GONE: ":material/remove: ~~{}~~",
    Fate.NEW: ":material/add: **{}**",
}
TONES = {Tone.WARM: "Warm", Tone.BRIEF: "Brief", Tone.FORMAL: "Formal"}


def choose_slot(course: Course, one: Round) -> Slot:
    """What kind of note, and to whom; both stand in the address, so that a reload shows the same note."""
    kinds = list(MessageKind)
    asked_for = st.query_params.get("kind")
    preset = MessageKind(asked_for) if asked_for in kinds else _most_due(course, one)
    left, right = st.columns([1, 1.6])
    kind = left.selectbox(
        "What to write",
        kinds,
        index=kinds.index(preset),
        format_func=lambda each: KIND_NAMES[each][0].upper() + KIND_NAMES[each][1:],
        key=f"kind.{one.interview.id}.{preset}",
    )
    names = {met.person.id: met.person.name for met in one.met} or {TEAM: "The hiring team"}
    if kind not in (MessageKind.THANK_YOU, MessageKind.CONNECT):
        names.setdefault(TEAM, "The hiring team")
    wanted = st.query_params.get("to")
    chosen = right.segmented_control(
        "To",
        list(names),
        default=wanted if wanted in names else next(iter(names)),
        format_func=lambda id_: plain(_with_mark(one, kind, id_, names[id_])),
        key=f"to.{one.interview.id}.{kind}",
        required=True,
    )
    st.query_params.update({"kind": kind.value, "to": chosen or TEAM})
    channel = Channel.LINKEDIN if kind is MessageKind.CONNECT else Channel.EMAIL
    return Slot(one.interview.id, kind, None if chosen in (None, TEAM) else chosen, channel)


def draw_sheet(one: Round, slot: Slot) -> None:
    """The note with everything around it, or the note as it was sent."""
    sent = one.sent(slot.kind, slot.person_id)
    if sent is not None and not st.session_state.get(f"another.{sent.id}"):
        Sheet(slot).forget()
        _draw_sent(sent)
        return
    sheet = Sheet(slot)
    tone = st.segmented_control(
        "Tone", list(TONES), default=Tone.WARM, format_func=lambda each: TONES[each], key="tone", required=True
    )
    draft = composed(
        session.actor(),
        session.store(),
        session.now(),
        slot,
        templates=session.content().templates,
        wishes=Wishes(tone=tone or Tone.WARM),
    )
    with session.reading() as unit:
        stored = draft_in(unit, slot)
    sheet.take_over(draft, stored)
    left, right = st.columns([1.5, 1])
    with left:
        _draw_fields(sheet, slot)
        draw_sending(one, slot, Text(sheet.subject, sheet.body), field=sheet.body_key)
    with right:
        _draw_asks(slot, draft.asks)
        findings = _findings(sheet, draft)
        draw_findings(findings, body=sheet.body, replace=lambda finding: _replace(sheet, finding))
        if stored is not None and (stored.subject, stored.body) != (draft.subject, draft.body):
            _offer_fresh(sheet, draft)


def _draw_fields(sheet: Sheet, slot: Slot) -> None:
    sheet.draw_conflict()
    if slot.channel is Channel.EMAIL:
        st.text_input("Subject", key=sheet.subject_key, on_change=sheet.save)
    st.text_area("The note", key=sheet.body_key, on_change=sheet.save, height=380)
    words = len(sheet.body.split())
    unit = f"{len(sheet.body)} characters" if slot.channel is Channel.LINKEDIN else f"{words} words"
    st.caption(f"{unit} · your changes are kept as you type")


def _draw_asks(slot: Slot, asks: Sequence[Question]) -> None:
    """What the record lacks, asked beside the draft; the answer goes back to the record."""
    if not asks:
        return
    with st.container(border=True):
        st.markdown(":material/lightbulb: **This would make it better**")
        for ask in asks:
            key = f"ask.{slot.interview_id}.{slot.person_id}.{ask.id}"
            st.text_input(
                plain(ask.text),
                key=key,
                on_change=_answer,
                args=(slot, ask, key),
                help="Your answer goes into your record, and into the note where you have not changed it.",
            )


def _answer(slot: Slot, ask: Question, key: str) -> None:
    with refusals_shown():
        actor, store, now = session.actor(), session.store(), session.now()
        if ask.home is Home.REFLECTION:
            version = session.content().questionnaire.version
            begin(actor, store, now, slot.interview_id, questionnaire=version)
        give_back(actor, store, now, slot, question=ask, text=str(st.session_state[key]))


def _findings(sheet: Sheet, draft: Draft) -> tuple[Finding, ...]:
    actor, store, now = session.actor(), session.store(), session.now()
    house = rules_in_force(actor, store, now, session.content().rules)
    reader = Reader(session.content().critique, house, session.meaning(), draft.details)
    return review(actor, store, now, sheet.slot, subject=sheet.subject, body=sheet.body, reader=reader)


def _replace(sheet: Sheet, finding: Finding) -> None:
    """Puts a finding's suggestion where it belongs; a callback."""
    text = sheet.subject if finding.place is Place.SUBJECT else sheet.body
    mended = text[: finding.start] + str(finding.suggestion) + text[finding.end :]
    if finding.place is Place.SUBJECT:
        sheet.fill(mended, sheet.body)
    else:
        sheet.fill(sheet.subject, mended)
    sheet.save()


def _offer_fresh(sheet: Sheet, draft: Draft) -> None:
    """What would change if the note were composed anew; never put in its place unasked."""
    with st.expander("Start again from the record", icon=":material/restart_alt:"):
        st.caption("You changed this note, so it stays as you left it. Composed anew, this would change:")
        for change in what_changes(sheet.body, draft.body):
            if change.text.strip():
                st.markdown(CHANGES[change.fate].format(plain(change.text.strip())))
        st.button("Take the new text instead of mine", on_click=_start_again, args=(sheet, draft))


def _start_again(sheet: Sheet, draft: Draft) -> None:
    sheet.fill(draft.subject, draft.body)
    sheet.save()


def _draw_sent(sent: Message) -> None:
    assert sent.sent_at is not None  # noqa: S101  only sent notes come here
    local = sent.sent_at.astimezone(session.local_now().tzinfo)
    st.success(f"Sent on {plain(moment_in_words(local, session.now()))}.", icon=":material/mark_email_read:")
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


def _most_due(course: Course, one: Round) -> MessageKind:
    """The kind of the note that is open or late in this round; a thank-you where none is."""
    rules = rules_in_force(session.actor(), session.store(), session.now(), session.content().rules)
    kinds = set(MessageKind)
    for due in steps_due(course, rules, session.now()):
        if due.round.interview.id == one.interview.id and due.step.state.is_actionable and due.step.name.value in kinds:
            return MessageKind(due.step.name.value)
    return MessageKind.THANK_YOU


def _with_mark(one: Round, kind: MessageKind, person: str, name: str) -> str:
    sent = one.sent(kind, None if person == TEAM else person)
    return f"{name} ✓" if sent is not None and (person != TEAM or sent.person_id is None) else name
