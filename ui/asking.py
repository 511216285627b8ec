"""One question of a reflection on screen: filled from the record, saved as it is answered, never overwritten."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from debrief.domain.advice import HOUSE
from debrief.domain.facts import Answer, ReflectionAnswer
from debrief.domain.questionnaire import Asked, Field, QuestionKind, check_answer
from debrief.usecases.reflections import Writing, save_answer, settle, texts_set_aside
from ui import session
from ui.answer_fields import AnswerField, draw_field, from_widget, readable, to_widget
from ui.notices import refusals_shown
from ui.plain import plain
from ui.sources import said_by

TEXTS = (QuestionKind.SHORT_TEXT, QuestionKind.LONG_TEXT, QuestionKind.LIST)


class Asking:
    """The question, its answer in the record, and what this tab saw of it last."""

    def __init__(self, reflection_id: str, asked: Asked, stored: ReflectionAnswer | None) -> None:
        self.reflection_id = reflection_id
        self.asked = asked
        self.kind = asked.question.kind
        self.stored = stored
        self.key = f"answer.{reflection_id}.{asked.key}"
        self.base_key = f"base.{self.key}"
        self.rows_key = f"rows.{self.key}"
        self.entries_key = f"entries.{self.key}"

    def draw(self) -> None:
        """The field or fields, and both texts where another tab wrote something else meanwhile."""
        if self.kind in TEXTS and self.base_key not in st.session_state:
            self._draw_first()
        else:
            self._take_over()
            self._draw_fields()
        if self.stored is not None and self.stored.set_aside:
            self._draw_conflict(self.stored)

    def _draw_fields(self) -> None:
        if self.kind is QuestionKind.ENTRIES:
            self._draw_entries()
        else:
            draw_field(self._field(), self.key, self._save)

    def _draw_first(self) -> None:
        """A text field drawn by a new session, filled from the record unless the browser sent a text along.

        It does so when the server was started again under an open page: what
        was typed before this session had run once is saved, not overwritten.
        """
        value = self.stored.value if self.stored else None
        text = str(to_widget(self.kind, value))
        draw_field(replace(self._field(), text=text), self.key, self._save)
        held = str(st.session_state[self.key] or "")
        st.session_state[self.base_key] = value if held.startswith(text) else None
        if held != text and from_widget(self.kind, held) != value:
            self._save()
            st.rerun()

    def _field(self) -> AnswerField:
        wording = self.asked.wording
        return AnswerField(
            kind=self.kind, label=wording.text, help=self._why(), labels=wording.labels, options=wording.options
        )

    def _why(self) -> str:
        askers = [source.key for source in self.asked.question.sources if source.key != HOUSE]
        return f"{self.asked.wording.help}{f' Asked by {said_by(askers)}.' if askers else ''}"

    def _take_over(self) -> None:
        """Fills the fields from the record: at first, and when it changed while this tab wrote nothing new."""
        value = self.stored.value if self.stored else None
        missing = self.base_key not in st.session_state or not self._is_filled()
        base = st.session_state.get(self.base_key)
        if missing or (value != base and self._held() == base):
            self._fill(value)

    def _is_filled(self) -> bool:
        if self.kind is not QuestionKind.ENTRIES:
            return self.key in st.session_state
        return all(self._part_key(row, part.id) in st.session_state for row in self._rows() for part in self._parts())

    def _fill(self, value: Answer) -> None:
        st.session_state[self.base_key] = value
        if self.kind is not QuestionKind.ENTRIES:
            st.session_state[self.key] = to_widget(self.kind, value)
            return
        entries = value if isinstance(value, list) else []
        st.session_state[self.rows_key] = list(range(max(1, len(entries))))
        st.session_state[self.entries_key] = dict(enumerate(entries))
        for row in self._rows():
            entry = entries[row] if row < len(entries) else {}
            for part in self._parts():
                said = entry.get(part.id) if isinstance(entry, dict) else None
                st.session_state[self._part_key(row, part.id)] = to_widget(part.kind, said)

    def _held(self) -> Answer:
        """What the fields of this tab say."""
        if self.kind is not QuestionKind.ENTRIES:
            return from_widget(self.kind, st.session_state.get(self.key))
        return [entry for row in self._rows() if (entry := self._entry(row))] or None

    def _entry(self, row: int) -> dict[str, Answer]:
        """One entry as its fields say, with the parts that are not on screen at this depth as they were."""
        before = st.session_state.get(self.entries_key, {}).get(row)
        kept: dict[str, Answer] = dict(before) if isinstance(before, dict) else {}
        for part in self._parts():
            said = from_widget(part.kind, st.session_state.get(self._part_key(row, part.id)))
            if said is None:
                kept.pop(part.id, None)
            else:
                kept[part.id] = said
        st.session_state.setdefault(self.entries_key, {})[row] = kept
        return kept

    def _save(self) -> None:
        value = self._held()
        with refusals_shown():
            writing = Writing(
                question=self.asked.key,
                value=check_answer(self.asked.question, value),
                base=st.session_state.get(self.base_key),
                tab=session.tab(),
            )
            saved = save_answer(session.actor(), session.store(), session.now(), self.reflection_id, writing)
            if not saved.set_aside:
                st.session_state[self.base_key] = value

    def _parts(self) -> tuple[Field, ...]:
        return self.asked.wording.fields

    def _rows(self) -> list[int]:
        return st.session_state.setdefault(self.rows_key, [0])

    def _part_key(self, row: int, part: str) -> str:
        return f"{self.key}.{row}.{part}"

    def _draw_entries(self) -> None:
        st.markdown(f"**{plain(self.asked.wording.text)}**", help=plain(self._why()))
        rows = self._rows()
        for place, row in enumerate(rows, start=1):
            with st.container(border=True):
                for part in self._parts():
                    if part.heading:
                        st.markdown(f"**{plain(part.heading)}**")
                    label = part.text if len(rows) == 1 else f"{part.text} ({place})"
                    field = AnswerField(kind=part.kind, label=label, labels=part.labels, options=part.options)
                    draw_field(field, self._part_key(row, part.id), self._save)
                if len(rows) > 1:
                    st.button(
                        f"Take number {place} out",
                        key=f"out.{row}.{self.key}",
                        type="tertiary",
                        icon=":material/delete:",
                        on_click=self._take_out,
                        args=(row,),
                    )
        if len(rows) < self.asked.question.most:
            st.button("Add another", key=f"more.{self.key}", icon=":material/add:", on_click=self._add_row)

    def _add_row(self) -> None:
        rows = self._rows()
        row = max(rows, default=-1) + 1
        st.session_state[self.rows_key] = [*rows, row]
        for part in self._parts():
            st.session_state[self._part_key(row, part.id)] = to_widget(part.kind, None)

    def _take_out(self, row: int) -> None:
        st.session_state[self.rows_key] = [kept for kept in self._rows() if kept != row]
        self._save()

    def _draw_conflict(self, stored: ReflectionAnswer) -> None:
        versions = [stored.value, *texts_set_aside(stored)]
        with st.container(border=True):
            st.warning(
                "Two tabs wrote different answers here. Both are kept until you choose.", icon=":material/call_split:"
            )
            for number, version in enumerate(versions, start=1):
                st.markdown(f"**Version {number}**")
                st.text(readable(self.kind, version))
                self._settle_button(f"Keep version {number}", stored, version)
            if all(isinstance(version, str) for version in versions):
                both = "\n\n".join(str(version) for version in versions)
                self._settle_button("Keep them all, one below the other", stored, both)

    def _settle_button(self, label: str, stored: ReflectionAnswer, value: Answer) -> None:
        st.button(label, key=f"{label}.{self.key}", on_click=self._settle, args=(stored, value))

    def _settle(self, stored: ReflectionAnswer, value: Answer) -> None:
        with refusals_shown():
            settle(session.actor(), session.store(), session.now(), stored, value)
            self._fill(value)
