"""A table on its way in: which column goes where, what has to be asked, and what would come of it."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from debrief.domain.checks import known_zones
from debrief.domain.facts import Application, Decision, Heard, Interview, Person
from debrief.domain.importing import Meaning, Target, header_words
from debrief.domain.wording import counted, in_words
from debrief.exchange.imports.dates import DayOrder, read_moment
from debrief.exchange.imports.inspection import Choices, Inspection, Questions, inspect, questions_of
from debrief.exchange.imports.mapping import SEVERAL
from debrief.exchange.imports.planning import Tally
from debrief.exchange.imports.source import Source
from debrief.exchange.imports.telling import in_short, remarks
from debrief.usecases.imports import TableWork, import_table, preview_table
from ui.kit import session
from ui.kit.plain import plain
from ui.kit.undo import done_noted
from ui.your_data.import_kept import finish, kept_for

_MOST_WORDS = 20
"""How many unknown status words are asked about."""
_ORDERS = {DayOrder.DAY_FIRST: "the day comes first", DayOrder.MONTH_FIRST: "the month comes first"}
_COUNTED = {
    Application: "Applications",
    Interview: "Interviews",
    Person: "People",
    Heard: "Answers",
    Decision: "Decisions",
}


def draw_table_import(chosen: UploadedFile, source: Source) -> None:
    """From a table to what it adds. Raises Refused for a file that cannot be read."""
    words = session.content().imports
    inspection = kept_for(chosen, "inspection", lambda: _inspected(source))
    _draw_found(inspection)
    choices = _draw_choices(chosen, inspection)
    if choices is None:
        return
    questions = questions_of(inspection, choices, words)
    if questions.missing:
        missing = in_words([f"“{words.columns[target].label}”" for target in questions.missing])
        st.info(
            f"Say which column is {missing}; without that nobody can tell what a row is about.", icon=":material/help:"
        )
        return
    if not questions.keep_waiting:
        _draw_preview(chosen, TableWork(inspection, choices, words))


def _inspected(source: Source) -> Inspection:
    with st.spinner("Reading the file …"):
        return inspect(source, session.content().imports)


def _draw_found(inspection: Inspection) -> None:
    name, rows = plain(inspection.source.name), counted(inspection.rows, "row")
    program = f" It looks like an export of **{plain(inspection.ready.name)}**." if inspection.ready else ""
    st.markdown(
        f"**{name}**: a table {inspection.table.layout}, {rows}, {counted(len(inspection.columns), 'column')}.{program}"
        if inspection.table.layout.startswith("separated")
        else f"**{name}**: {inspection.table.layout}, {rows}, {counted(len(inspection.columns), 'column')}.{program}"
    )
    if inspection.ready and inspection.ready.note:
        st.caption(plain(inspection.ready.note))


def _draw_choices(chosen: UploadedFile, inspection: Inspection) -> Choices | None:
    """Everything that is decided about the file; None while two columns go to one place."""
    mapping = _draw_mapping(chosen, inspection)
    twice = _twice(mapping, inspection)
    if twice:
        st.warning(f"Two columns go to one place: {twice}. Keep one of them.", icon=":material/warning:")
        return None
    words = session.content().imports
    asked = questions_of(inspection, Choices(mapping), words)
    order, zone, meanings = _draw_questions(chosen, asked)
    return Choices(
        mapping,
        zone=zone,
        order=order,
        meanings=meanings,
        with_duplicates=bool(st.session_state.get(_key(chosen, "duplicates"), False)),
        without_bad_rows=bool(st.session_state.get(_key(chosen, "without_bad"), False)),
    )


def _draw_mapping(chosen: UploadedFile, inspection: Inspection) -> dict[int, Target]:
    st.subheader("Which column is what", anchor=False)
    known = [place for place in range(len(inspection.columns)) if place in inspection.mapping]
    others = [place for place in range(len(inspection.columns)) if place not in inspection.mapping]
    mapping = _draw_columns(chosen, inspection, known)
    if others:
        names = ", ".join(plain(inspection.columns[place].name) for place in others[:6])
        more = f" and {len(others) - 6} more" if len(others) > 6 else ""
        with st.expander(f"Not brought in: {names}{more}", icon=":material/view_column:", expanded=not known):
            mapping |= _draw_columns(chosen, inspection, others)
    return mapping


def _draw_columns(chosen: UploadedFile, inspection: Inspection, places: list[int]) -> dict[int, Target]:
    words = session.content().imports
    options: list[Target | None] = [None, *Target]
    mapping: dict[int, Target] = {}
    for first in range(0, len(places), 2):
        for side, place in zip(st.columns(2), places[first : first + 2], strict=False):
            column = inspection.columns[place]
            target = side.selectbox(
                plain(column.name),
                options,
                index=options.index(inspection.mapping.get(place)),
                format_func=lambda one: "Not brought in" if one is None else words.columns[one].label,
                key=_key(chosen, f"column.{place}"),
            )
            samples = " · ".join(map(plain, column.samples)) or "nothing in it"
            side.caption(f"{counted(column.filled, 'row')}: {samples}")
            if target is not None:
                mapping[place] = target
    return mapping


def _twice(mapping: Mapping[int, Target], inspection: Inspection) -> str:
    """The columns that go to a place of which there is one only."""
    for target in set(mapping.values()) - SEVERAL:
        names = [inspection.columns[place].name for place, other in mapping.items() if other is target]
        if len(names) > 1:
            return in_words([f"“{plain(name)}”" for name in names])
    return ""


def _draw_questions(chosen: UploadedFile, asked: Questions) -> tuple[DayOrder | None, str, dict[str, Meaning]]:
    """What nobody but the user knows: asked where it is needed, and nowhere else."""
    if not (asked.keep_waiting or asked.words):
        return None, "", {}
    st.subheader("Before it can be read", anchor=False)
    order, zone = None, ""
    if asked.unclear_dates:
        column = asked.unclear_dates[0]
        days = {order: read_moment(column.dates.unclear, order).day for order in DayOrder}
        order = st.radio(
            f"Which day is “{plain(column.dates.unclear)}” in “{plain(column.name)}”?",
            list(DayOrder),
            index=None,
            format_func=lambda one: f"{days[one].day} {days[one]:%B %Y} ({_ORDERS[one]})",
            key=_key(chosen, "order"),
        )
    if asked.zone:
        zones = list(known_zones())
        zone = st.selectbox(
            "Time zone of the interviews",
            zones,
            index=zones.index(session.browser_zone()),
            help="The file does not say on whose clock its times and days are.",
            key=_key(chosen, "zone"),
        )
    return order, zone or "", _draw_words(chosen, asked.words)


def _draw_words(chosen: UploadedFile, unknown: tuple[str, ...]) -> dict[str, Meaning]:
    meanings: dict[str, Meaning] = {}
    if not unknown:
        return meanings
    labels = session.content().imports.meaning_labels
    with st.expander(f"{counted(len(unknown), 'status word')} that Debrief does not know", icon=":material/help:"):
        st.caption("Left as they are they say nothing about an interview.")
        for word in unknown[:_MOST_WORDS]:
            meaning = st.selectbox(
                plain(word),
                list(Meaning),
                format_func=lambda one: labels[one],
                key=_key(chosen, f"word.{header_words(word)}"),
            )
            if meaning is not Meaning.NOTHING:
                meanings[header_words(word)] = meaning
    return meanings


def _draw_preview(chosen: UploadedFile, work: TableWork) -> None:
    st.subheader("What would come in", anchor=False)
    tally = kept_for(chosen, f"tally:{work.choices!r}", lambda: _previewed(work))
    with st.container(horizontal=True):
        for kind, label in _COUNTED.items():
            st.metric(label, f"{tally.facts[kind]:,}")
    for line in remarks(tally):
        st.markdown(f"- {plain(line)}")
    _draw_duplicates(chosen, tally)
    blocked = _draw_problems(chosen, work, tally)
    if not tally.total and not blocked:
        st.info("There is nothing new in this file.", icon=":material/check:")
        return
    label = f"Bring in {counted(tally.total, 'entry', 'entries')}"
    if st.button(label, type="primary", icon=":material/upload:", disabled=blocked or not tally.total):
        bar = st.progress(0.0, text="Bringing it in …")
        with done_noted():
            done = import_table(
                session.actor(),
                session.store(),
                session.now(),
                work,
                lambda rows: bar.progress(min(rows / work.inspection.rows, 1.0), text=f"{rows:,} rows …"),
            )
        finish(in_short(done.tally))


def _previewed(work: TableWork) -> Tally:
    bar = st.progress(0.0, text="Reading the rows …")
    tally = preview_table(
        session.actor(),
        session.store(),
        session.now(),
        work,
        lambda rows: bar.progress(min(rows / work.inspection.rows, 1.0), text=f"{rows:,} rows read …"),
    )
    bar.empty()
    return tally


def _draw_duplicates(chosen: UploadedFile, tally: Tally) -> None:
    key = _key(chosen, "duplicates")
    if not tally.duplicate_count and not st.session_state.get(key):
        return
    if tally.duplicate_count:
        with st.expander("Which ones", icon=":material/content_copy:"):
            st.dataframe(
                [{"Row": one.row, "What": one.what, "Stands in": one.where} for one in tally.duplicates],
                hide_index=True,
            )
    st.toggle("Bring them in all the same, as entries of their own", key=key)


def _draw_problems(chosen: UploadedFile, work: TableWork, tally: Tally) -> bool:
    """What is wrong in the file; whether that stands in the way."""
    problems = tally.problems
    if not problems.count:
        return False
    left_out = work.choices.without_bad_rows
    sentence = f"{counted(problems.rows, 'row')} cannot be read"
    if left_out:
        st.warning(f"{sentence} and will be left out.", icon=":material/warning:")
    else:
        st.error(
            f"{sentence}, so nothing can be brought in yet. Mend them in the file and choose it again, choose another "
            "column above, or leave these rows out.",
            icon=":material/error:",
        )
    st.dataframe(
        [{"Row": one.row, "Column": one.column, "What is wrong": one.reason} for one in problems.told], hide_index=True
    )
    if problems.count > len(problems.told):
        st.caption(f"… and {problems.count - len(problems.told):,} more.")
    st.toggle("Leave these rows out", key=_key(chosen, "without_bad"))
    return not left_out


def _key(chosen: UploadedFile, name: str) -> str:
    return f"import.{chosen.file_id}.{name}"
