"""Each kind of question as one of Streamlit's own fields, and its value there and in the record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from debrief.domain.facts import Answer
from debrief.domain.questionnaire import Option, QuestionKind
from ui.kit.plain import plain

FACES = (
    ":material/sentiment_very_dissatisfied:",
    ":material/sentiment_dissatisfied:",
    ":material/sentiment_neutral:",
    ":material/sentiment_satisfied:",
    ":material/sentiment_very_satisfied:",
)
_TENS = tuple(range(0, 101, 10))


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerField:
    """What a field shows: the words of a question, or of a part of an entry."""

    kind: QuestionKind
    label: str
    help: str | None = None
    labels: Sequence[str] = ()
    options: Sequence[Option] = ()
    text: str = ""
    """What a text field says at first where session state has nothing under its key."""


def draw_field(field: AnswerField, key: str, save: Callable[[], None]) -> None:
    """The field; what it holds stands in session state under `key`, and `save` runs whenever it changes."""
    label = plain(field.label)
    help_text = None if field.help is None else plain(field.help)
    match field.kind:
        case QuestionKind.SHORT_TEXT:
            st.text_input(label, field.text, key=key, on_change=save, help=help_text)
        case QuestionKind.LONG_TEXT:
            st.text_area(label, field.text, key=key, on_change=save, help=help_text, height=110)
        case QuestionKind.LIST:
            st.text_area(
                label, field.text, key=key, on_change=save, help=help_text, height=110, placeholder="One thing a line"
            )
        case QuestionKind.DATE:
            st.date_input(label, key=key, on_change=save, help=help_text)
        case QuestionKind.PICK_MANY:
            texts = {option.id: option.text for option in field.options}
            st.pills(
                label,
                list(texts),
                selection_mode="multi",
                format_func=lambda id_: plain(texts.get(str(id_), str(id_))),
                key=key,
                on_change=save,
                help=help_text,
            )
        case _:
            _draw_scale(field, key, save)


def to_widget(kind: QuestionKind, value: Answer) -> Answer | date:
    """A stored answer as its field holds it."""
    match kind:
        case QuestionKind.SHORT_TEXT | QuestionKind.LONG_TEXT:
            return value if isinstance(value, str) else ""
        case QuestionKind.LIST:
            return "\n".join(str(line) for line in value) if isinstance(value, list) else ""
        case QuestionKind.DATE:
            return date.fromisoformat(value) if isinstance(value, str) else None
        case QuestionKind.PICK_MANY:
            return value if isinstance(value, list) else []
        case _:
            return value


def from_widget(kind: QuestionKind, held: object) -> Answer:
    """What a field holds as it is stored; None for nothing."""
    if kind is QuestionKind.LIST:
        return [line.strip() for line in str(held or "").splitlines() if line.strip()] or None
    if isinstance(held, date):
        return held.isoformat()
    if isinstance(held, list):
        return [str(pick) for pick in held] or None
    if isinstance(held, str):
        return held or None
    return held if isinstance(held, int) else None


def readable(kind: QuestionKind, value: Answer) -> str:
    """A stored answer as text, for showing two versions beside each other."""
    if isinstance(value, list):
        return "\n".join(readable(kind, entry) for entry in value)
    if isinstance(value, dict):
        return " · ".join(str(part) for part in value.values() if part)
    return "(empty)" if value is None else str(value)


def _draw_scale(field: AnswerField, key: str, save: Callable[[], None]) -> None:
    """Ratings, faces and chances: one click on a labelled step."""
    held = st.session_state.get(key)
    if field.kind is QuestionKind.PERCENT:
        steps = sorted({*_TENS, *([held] if isinstance(held, int) else [])})
        names = {step: f"{step} %" for step in steps}
    elif field.kind is QuestionKind.FACES:
        names = {step: f"{FACES[step - 1]} {plain(_label(field, step))}" for step in range(1, 6)}
    else:
        names = {step: f"{step} {plain(_label(field, step))}".strip() for step in range(1, 6)}
    st.pills(
        plain(field.label),
        list(names),
        format_func=lambda step: names[step],
        key=key,
        on_change=save,
        help=None if field.help is None else plain(field.help),
    )


def _label(field: AnswerField, step: int) -> str:
    return field.labels[step - 1] if len(field.labels) >= step else ""
