"""The administrator's parts: members, erasing somebody on request, the log, the centre's figures."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from debrief.domain.centre import Member
from debrief.domain.wording import counted, in_words
from debrief.insights.disclosure import FEWEST_PEOPLE, Cell
from debrief.usecases.centre.administration import Receipt, centre_figures, erase, log, members, overdue
from ui.kit import identity, session
from ui.kit.notices import refusals_shown
from ui.kit.plain import plain
from ui.kit.taken import noted

_RECEIPT = "centre.receipt"
_LINES = 500


def draw_members() -> None:
    """Everybody who has signed in, and whose time is up."""
    everybody = members(session.actor(), session.store(), session.now())
    zone = session.local_now().tzinfo
    st.caption(f"{counted(len(everybody), 'person', 'people')}. Roles and cohorts stand in the centre's list.")
    st.dataframe(
        pd.DataFrame(
            {
                "Name": [one.name for one in everybody],
                "E-mail": [one.email for one in everybody],
                "Role": [one.role.value for one in everybody],
                "Cohort": [one.cohort for one in everybody],
                "Last here": [one.seen_at and one.seen_at.astimezone(zone) for one in everybody],
            }
        ),
        hide_index=True,
        column_config={"Last here": st.column_config.DatetimeColumn(format="D MMM YYYY, HH:mm")},
        alt="Everybody who has signed in, with role, cohort and when they were here last",
    )
    _draw_retention()


def _draw_retention() -> None:
    days = identity.admission().retention_days
    if days is None:
        st.caption("The centre's list sets no retention period: records are kept until somebody deletes them.")
        return
    late = overdue(session.actor(), session.store(), session.now(), days)
    told = f"{in_words([plain(one.name) for one in late])} have not been here since." if late else "Nobody is overdue."
    st.caption(
        f"Records are kept for {counted(days, 'day')} after the last sign-in. {told} "
        "The command `python -m debrief retention` erases those that are overdue."
    )


def draw_erase() -> None:
    """Erasing one person, after typing their name, with a receipt to hand over."""
    receipt: Receipt | None = st.session_state.get(_RECEIPT)
    if receipt is not None:
        _draw_receipt(receipt)
        return
    others = {one.owner: one for one in members(session.actor(), session.store(), session.now())}
    others.pop(session.actor().owner, None)
    if not others:
        st.info("Nobody else has signed in yet.", icon=":material/group:")
        return
    st.write(
        "Somebody asks to be erased: this deletes their record, what they shared and the comments they wrote, "
        "for good, and ends their sessions."
    )
    chosen = st.selectbox("Whom", list(others), format_func=lambda owner: _named(others[owner]), key="erase.whom")
    name = others[chosen].name
    typed = st.text_input(f"Type {plain(name)} to go on", key=f"erase.word.{chosen}")
    ready = (typed or "").strip().casefold() == name.casefold()
    st.button(
        f"Erase {plain(name)}",
        type="primary",
        icon=":material/person_remove:",
        disabled=not ready,
        on_click=_erase,
        args=(chosen,),
    )


def draw_log() -> None:
    """Who viewed, exported, shared or erased what of whom; newest first."""
    known = {one.owner: one.name for one in members(session.actor(), session.store(), session.now())}
    lines = log(session.actor(), session.store(), session.now(), _LINES)
    if not lines:
        st.info("Nothing has been written into the log yet.", icon=":material/history:")
        return
    verbs = sorted({line.what for line in lines})
    wanted = st.pills("What", verbs, selection_mode="multi", key="log.what")
    shown = [line for line in lines if not wanted or line.what in wanted]
    zone = session.local_now().tzinfo
    st.dataframe(
        pd.DataFrame(
            {
                "When": [line.at.astimezone(zone) for line in shown],
                "Who": [known.get(line.who, line.who) for line in shown],
                "What": [line.what for line in shown],
                "Whose": [known.get(line.whose, line.whose) for line in shown],
                "About": [line.about for line in shown],
            }
        ),
        hide_index=True,
        column_config={"When": st.column_config.DatetimeColumn(format="D MMM YYYY, HH:mm:ss")},
        alt="The log: when, who, what and whose record it concerned",
    )
    st.caption(f"The newest {_LINES:,} lines. Nobody can change or delete a line.")


def draw_figures() -> None:
    """How long employers take, over those who agreed to be counted."""
    with st.spinner("Counting …"):
        shown = centre_figures(session.actor(), session.store(), session.now())
    if shown.total is None:
        st.info(
            f"Fewer than {FEWEST_PEOPLE} people with interviews have agreed to be counted. "
            "They do so on their page Sharing.",
            icon=":material/group_off:",
        )
        return
    st.markdown(f"**{_in_words(shown.total)}**")
    _draw_cut("By sector", "Sector", shown.by_sector)
    _draw_cut("By round", "Round", shown.by_round)
    st.caption(
        "Interviews of people who agreed, those still waiting counted as such (Kaplan–Meier). No line stands for "
        f"fewer than {FEWEST_PEOPLE} people, nor does what is left when lines are taken from each other; numbers of "
        "interviews are rounded down to a step of five."
    )


def _draw_cut(title: str, header: str, cells: Sequence[Cell]) -> None:
    st.subheader(title, anchor=False)
    if not cells:
        st.caption("No group is large enough to be shown.")
        return
    st.dataframe(
        pd.DataFrame(
            {
                header: [one.label.capitalize() for one in cells],
                "Interviews (at least)": [one.at_least for one in cells],
                "A quarter answered by day": [one.quarter for one in cells],
                "Half answered by day": [one.median for one in cells],
            }
        ).astype({"A quarter answered by day": "Int64", "Half answered by day": "Int64"}),
        hide_index=True,
        alt=f"{title}: number of interviews, and by which day a quarter and half of the employers had answered",
    )


def _in_words(cell: Cell) -> str:
    half = (
        f"half of the employers had answered by day {cell.median}"
        if cell.median is not None
        else ("fewer than half of the employers have answered")
    )
    return f"At least {cell.at_least:,} interviews: {half}."


def _draw_receipt(receipt: Receipt) -> None:
    st.success(f"{plain(receipt.member.name)} has been erased. Hand over the receipt.", icon=":material/check:")
    st.code(receipt.text, language=None)
    with st.container(horizontal=True):
        st.download_button(
            "Download receipt",
            noted("receipt of an erasure", lambda: receipt.text),
            file_name=f"receipt {receipt.at:%Y-%m-%d}.txt",
            mime="text/plain",
            icon=":material/receipt_long:",
            type="primary",
            on_click="ignore",
        )
        st.button("Done", icon=":material/close:", on_click=st.session_state.pop, args=(_RECEIPT, None))


def _named(member: Member) -> str:
    return f"{member.name} · {member.email}" if member.email else member.name


def _erase(owner: str) -> None:
    with refusals_shown():
        st.session_state[_RECEIPT] = erase(session.actor(), session.store(), session.now(), owner)
