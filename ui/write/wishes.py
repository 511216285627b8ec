"""What the user chooses for a note beyond the record: tone, channel, occasion, language, LinkedIn Premium.

Tone, language and Premium are habits and kept as settings; channel and
occasion concern one note and stand in the page's address.
"""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from debrief.desk.brief import Wishes, occasions_on_record
from debrief.desk.composer import linkedin_limit
from debrief.domain.courses import Course, Round
from debrief.domain.facts import Channel, MessageKind
from debrief.domain.letters import Occasion, Templates, Tone
from debrief.domain.wording import in_words
from debrief.usecases.notes import LANGUAGE_SETTING, PREMIUM_SETTING, TONE_SETTING, Slot
from debrief.usecases.settings import keep_setting
from ui.kit import session
from ui.kit.notices import refusals_shown
from ui.kit.plain import plain

TONES = {Tone.WARM: "Warm", Tone.BRIEF: "Brief", Tone.FORMAL: "Formal"}
CHANNELS = {Channel.EMAIL: "Email", Channel.LINKEDIN: "LinkedIn"}
OCCASIONS = {
    Occasion.NO_SHOW: "Nobody came",
    Occasion.LATE: "It is late",
    Occasion.GROUP: "Group session",
    Occasion.WRITTEN: "Written or assessment",
    Occasion.INTERNAL: "Internal post",
    Occasion.REFERRAL: "I was referred",
    Occasion.PAY: "Raise the pay",
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """The wishes, and the templates of the language that the note is written in."""

    wishes: Wishes
    templates: Templates
    is_english: bool
    """Whether it is the language that the critique reads."""


def channel_asked_for(kind: MessageKind) -> Channel:
    """The channel in the address, else the usual one of this kind."""
    asked_for = st.query_params.get("channel")
    if asked_for in list(Channel):
        return Channel(asked_for)
    return Channel.LINKEDIN if kind is MessageKind.CONNECT else Channel.EMAIL


def draw_wishes(course: Course, one: Round, slot: Slot) -> Chosen:
    """The choices, as far as this kind of note leaves any."""
    with session.reading() as unit:
        habits = unit.settings()
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        tone = _habit("Tone", TONE_SETTING, TONES, Tone.WARM, habits.get(TONE_SETTING))
        _draw_channel(slot)
        language = _language(slot.kind, str(habits.get(LANGUAGE_SETTING) or ""))
        premium = bool(habits.get(PREMIUM_SETTING))
        if slot.channel is Channel.LINKEDIN:
            premium = _draw_premium(premium=premium)
        templates = session.content().letters[language]
        occasions = _draw_occasions(course, one, slot, templates)
    return Chosen(
        Wishes(tone=tone, channel=slot.channel, occasions=occasions, premium=premium),
        templates,
        language == session.content().language,
    )


def _habit(label: str, setting: str, names: dict[Tone, str], usual: Tone, kept: object) -> Tone:
    """A choice that holds for every note until it is changed."""
    st.session_state.setdefault(setting, kept if kept in list(names) else usual.value)

    chosen = st.segmented_control(
        label,
        [name.value for name in names],
        format_func=lambda each: names[Tone(each)],
        key=setting,
        on_change=_keep,
        args=(setting,),
        required=True,
        wrap=True,
    )
    return Tone(chosen or usual)


def _keep(setting: str) -> None:
    """Remembers a habit as it was just chosen."""
    with refusals_shown():
        keep_setting(session.actor(), session.store(), session.now(), setting, st.session_state[setting])


def _draw_channel(slot: Slot) -> None:
    key = f"channel.{slot.interview_id}.{slot.kind}"
    st.session_state.setdefault(key, slot.channel.value)

    def turn() -> None:
        st.query_params["channel"] = st.session_state[key]

    st.segmented_control(
        "How it goes out",
        [channel.value for channel in CHANNELS],
        format_func=lambda each: CHANNELS[Channel(each)],
        key=key,
        on_change=turn,
        required=True,
    )


def _draw_premium(*, premium: bool) -> bool:
    st.session_state.setdefault(PREMIUM_SETTING, premium)

    free, paid = linkedin_limit(premium=False), linkedin_limit(premium=True)
    return st.toggle(
        "LinkedIn Premium",
        key=PREMIUM_SETTING,
        on_change=_keep,
        args=(PREMIUM_SETTING,),
        help=f"{paid} characters in place of {free}. Remembered for the next note.",
    )


def _language(kind: MessageKind, kept: str) -> str:
    """The language of the note: asked where there is more than one, and remembered."""
    content = session.content()
    offered = [name for name, templates in content.letters.items() if kind in templates.patterns]
    if len(offered) < 2:
        return content.language
    names = {name: content.letters[name].phrases.language or name for name in offered}
    st.session_state.setdefault(LANGUAGE_SETTING, kept)
    if st.session_state[LANGUAGE_SETTING] not in offered:
        st.session_state[LANGUAGE_SETTING] = content.language

    return str(
        st.selectbox(
            "Language",
            offered,
            format_func=lambda name: plain(names[name]),
            key=LANGUAGE_SETTING,
            on_change=_keep,
            args=(LANGUAGE_SETTING,),
        )
    )


def _draw_occasions(course: Course, one: Round, slot: Slot, templates: Templates) -> frozenset[Occasion]:
    """What is out of the ordinary: given by the record, or picked here for this note."""
    on_record = occasions_on_record(course, one, slot.kind, session.now())
    speaking = templates.occasions_of(slot.kind)
    offered = [occasion for occasion in speaking if occasion not in on_record]
    asked_for = st.query_params.get_all("occasion")
    picked = [occasion for occasion in offered if occasion.value in asked_for]
    key = f"occasions.{slot.interview_id}.{slot.kind}"
    if key not in st.session_state or not set(st.session_state[key]) <= {one.value for one in offered}:
        st.session_state[key] = [occasion.value for occasion in picked]

    def pick() -> None:
        st.query_params["occasion"] = list(st.session_state[key])

    label = "Anything special?" if not picked else in_words([OCCASIONS[occasion] for occasion in picked])
    with st.popover(label, icon=":material/tune:", type="tertiary"):
        known = [OCCASIONS[occasion].lower() for occasion in speaking if occasion in on_record]
        if known:
            st.caption(f"Your record says so already: {plain(in_words(known))}.")
        st.pills(
            "What is out of the ordinary?",
            [occasion.value for occasion in offered],
            selection_mode="multi",
            format_func=lambda each: OCCASIONS[Occasion(each)],
            key=key,
            on_change=pick,
        )
        if slot.kind is MessageKind.OFFER_REPLY:
            st.caption("With an offer in hand, and only now, pay may be raised: as a question, without a figure.")
    return frozenset(Occasion(each) for each in st.session_state[key])
