"""One question of a reflection on screen: filled from the record, saved as it is answered, never overwritten."""

from __future__ import annotations

from datetime import date

import streamlit as st

from debrief.domain.advice import HOUSE
from debrief.domain.answer_checks import check_answer
from debrief.domain.facts import Answer, Reflection, ReflectionAnswer
from debrief.domain.questionnaire import Asked, Field, QuestionKind
from debrief.usecases.reflections import Writing, answer, settle, texts_set_aside
from debrief.usecases.two_tabs import aside_of
from ui.kit import session
from ui.kit.filled import fill, look_again, put_right
from ui.kit.notices import refusals_shown
from ui.kit.plain import plain
from ui.kit.sources import said_by
from ui.kit.typed_on import is_typed_on
from ui.kit.undo import done_noted
from ui.kit.uninterrupted import uninterrupted
from ui.reflect.answer_fields import AnswerField, draw_field, from_widget, readable, to_widget

TEXTS = (QuestionKind.SHORT_TEXT, QuestionKind.LONG_TEXT, QuestionKind.LIST)


class Asking:
    """The question, its answer in the record, and what this tab saw of it last."""

    def __init__(self, reflection: Reflection, asked: Asked, stored: ReflectionAnswer | None) -> None:
        """`reflection` may be one that is not begun yet: the first answer begins it."""
        self.reflection = reflection
        self.asked = asked
        self.kind = asked.question.kind
        self.stored = stored
        self.key = f"answer.{reflection.interview_id}.{asked.key}"
        self.base_key = f"base.{self.key}"
        self.rows_key = f"rows.{self.key}"
        self.entries_key = f"entries.{self.key}"
        self._texts: dict[str, str] = {}
        """What text fields say that this session draws for the first time, by their keys."""

    def draw(self) -> None:
        """The field or fields, and both texts where another tab wrote something else meanwhile."""
        if self.base_key in st.session_state:
            look_again(*self._keys())
            self._take_over()
            self._draw_fields()
        else:
            self._draw_first()
        if self.stored is not None and self.stored.set_aside:
            self._draw_conflict(self.stored)

    def _draw_fields(self) -> None:
        if self.kind is QuestionKind.ENTRIES:
            self._draw_entries()
            return
        wording = self.asked.wording
        field = AnswerField(
            kind=self.kind,
            label=wording.text,
            help=self._why(),
            labels=wording.labels,
            options=wording.options,
            text=self._texts.get(self.key, ""),
        )
        draw_field(field, self.key, self._save)

    def _draw_first(self) -> None:
        """The fields as a new session draws them: filled from the record unless the browser sent texts along.

        It does so when the server was started again under an open page: what
        was typed before this session had run once is saved, not overwritten.
        """
        value = self._recorded()
        shown = self._as_shown(value)
        self._texts = {key: str(text) for key, (kind, text) in shown.items() if kind in TEXTS}
        self._put({key: (kind, held) for key, (kind, held) in shown.items() if kind not in TEXTS})
        self._draw_fields()
        if self._sent_along(value):
            st.rerun()

    @uninterrupted()
    def _sent_along(self, value: Answer) -> bool:
        """Whether the browser sent texts along that the record does not hold; they are kept then."""
        held = {key: str(st.session_state[key] or "") for key in self._texts}
        grown = all(is_typed_on(held[key], text) for key, text in self._texts.items())
        st.session_state[self.base_key] = value if grown else None
        is_new = held != self._texts and self._held() != value
        if is_new:
            self._save()
        return is_new

    def _why(self) -> str:
        askers = [source.key for source in self.asked.question.sources if source.key != HOUSE]
        return f"{self.asked.wording.help}{f' Asked by {said_by(askers)}.' if askers else ''}"

    def _recorded(self) -> Answer:
        return self.stored.value if self.stored else None

    @uninterrupted()
    def _take_over(self) -> None:
        """Fills the fields from the record: again after a change of page, and when this tab wrote nothing new.

        What this tab wrote and the record set aside is what its fields go on with.
        """
        value, base = self._recorded(), st.session_state[self.base_key]
        aside = aside_of(self.stored.set_aside, session.tab()) if self.stored else None
        if aside is not None and not self._is_filled():
            self._put(self._as_shown(aside["value"]))
        elif not self._is_filled() or (value != base and self._held() == base):
            self._fill(value)

    def _is_filled(self) -> bool:
        return all(key in st.session_state for key in self._keys())

    def _keys(self) -> list[str]:
        """The keys of all fields."""
        if self.kind is not QuestionKind.ENTRIES:
            return [self.key]
        return [self._part_key(row, part.id) for row in self._rows() for part in self._parts()]

    def _fill(self, value: Answer) -> None:
        st.session_state[self.base_key] = value
        self._put(self._as_shown(value))

    def _put(self, shown: dict[str, tuple[QuestionKind, Answer | date]]) -> None:
        for key, (_, held) in shown.items():
            fill(key, held)

    def _as_shown(self, value: Answer) -> dict[str, tuple[QuestionKind, Answer | date]]:
        """What each field shows of an answer, by its key; the entries of one are numbered anew."""
        if self.kind is not QuestionKind.ENTRIES:
            return {self.key: (self.kind, to_widget(self.kind, value))}
        entries = value if isinstance(value, list) else []
        st.session_state[self.rows_key] = list(range(max(1, len(entries))))
        st.session_state[self.entries_key] = dict(enumerate(entries))
        return {
            self._part_key(row, part.id): (part.kind, to_widget(part.kind, _part(entries, row, part.id)))
            for row in self._rows()
            for part in self._parts()
        }

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

    @uninterrupted()
    def _save(self, label: str | None = None) -> None:
        late = put_right(*self._keys())
        value = self._held()
        if (value is None and self.stored is None) or (late and value == st.session_state.get(self.base_key)):
            return
        with refusals_shown():
            writing = Writing(
                question=self.asked.key,
                value=check_answer(self.asked.question, value),
                base=st.session_state.get(self.base_key),
                tab=session.tab(),
                label=label,
            )
            saved = answer(session.actor(), session.store(), session.now(), self.reflection, writing)
            if saved.value == value:
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
                self._draw_parts(row, f" ({place})" if len(rows) > 1 else "")
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

    def _draw_parts(self, row: int, number: str) -> None:
        for part in self._parts():
            if part.heading:
                st.markdown(f"**{plain(part.heading)}**")
            key = self._part_key(row, part.id)
            field = AnswerField(
                kind=part.kind,
                label=f"{part.text}{number}",
                labels=part.labels,
                options=part.options,
                text=self._texts.get(key, ""),
            )
            draw_field(field, key, self._save)

    @uninterrupted()
    def _add_row(self) -> None:
        rows = self._rows()
        row = max(rows, default=-1) + 1
        st.session_state[self.rows_key] = [*rows, row]
        for part in self._parts():
            st.session_state[self._part_key(row, part.id)] = to_widget(part.kind, None)

    @uninterrupted()
    def _take_out(self, row: int) -> None:
        """Takes one entry out: what goes in one press can be brought back in one."""
        st.session_state[self.rows_key] = [kept for kept in self._rows() if kept != row]
        if self._held() == st.session_state.get(self.base_key):
            return
        with done_noted():
            self._save("Took an entry out of the reflection")

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

    @uninterrupted()
    def _settle(self, stored: ReflectionAnswer, value: Answer) -> None:
        with refusals_shown():
            settle(session.actor(), session.store(), session.now(), stored, value)
            self._fill(value)


def _part(entries: list[Answer], row: int, part: str) -> Answer:
    """What one part of one entry says."""
    entry = entries[row] if row < len(entries) else None
    return entry.get(part) if isinstance(entry, dict) else None
