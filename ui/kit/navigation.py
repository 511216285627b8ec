"""The registry of pages: what exists, what it is called, and who may see it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import Page

from debrief.domain.centre import Role
from ui.kit.mode import Mode, mode

PAGES_FOLDER = Path(__file__).resolve().parent.parent.parent / "pages"


class Section(StrEnum):
    """The headings of the navigation."""

    NOW = "Now"
    INTERVIEW = "One interview"
    ACROSS = "Across interviews"
    RECORD = "Your record"
    WORKSHOP = "Workshop"
    CENTRE = "Career centre"


WITH_A_RECORD = frozenset({Mode.LOCAL, Mode.SERVER})
"""The modes in which there are records to work with."""
ON_A_SERVER = frozenset({Mode.SERVER})
"""The mode in which several people have records."""
IN_A_ROOM = frozenset({Mode.WORKSHOP})
"""The mode in which there are none."""


@dataclass(frozen=True, slots=True)
class PageEntry:
    """One page of the app."""

    name: str
    """The script's name in pages/ and the page's address."""
    title: str
    icon: str
    section: Section
    modes: frozenset[Mode] = WITH_A_RECORD
    """The modes in which the page exists; in any other its address leads nowhere."""
    roles: frozenset[Role] = frozenset(Role)
    """Who may open it on a server; to anybody else its address leads nowhere."""

    @property
    def path(self) -> Path:
        """The script, by absolute path: the server then finds no pages/ beside its main script."""
        return PAGES_FOLDER / f"{self.name}.py"


TODAY = PageEntry("today", "Today", ":material/today:", Section.NOW)
LOG = PageEntry("log", "Log an interview", ":material/edit_calendar:", Section.NOW)
REFLECT = PageEntry("reflect", "Reflect", ":material/psychology_alt:", Section.INTERVIEW)
CHECKLIST = PageEntry("checklist", "Checklist", ":material/checklist:", Section.INTERVIEW)
WRITE = PageEntry("write", "Write", ":material/edit_note:", Section.INTERVIEW)
APPLICATIONS = PageEntry("applications", "Applications", ":material/work_history:", Section.ACROSS)
INSIGHTS = PageEntry("insights", "Insights", ":material/insights:", Section.ACROSS)
PREPARE = PageEntry("prepare", "Prepare", ":material/school:", Section.ACROSS)
WORKSHOP = PageEntry("workshop", "Workshop", ":material/groups:", Section.ACROSS)
YOUR_DATA = PageEntry("your_data", "Your data", ":material/folder_managed:", Section.RECORD)
SHARING = PageEntry("sharing", "Sharing", ":material/share:", Section.RECORD, modes=ON_A_SERVER)
SHARED = PageEntry(
    "shared",
    "Shared with you",
    ":material/inbox:",
    Section.CENTRE,
    modes=ON_A_SERVER,
    roles=frozenset({Role.ADVISOR}),
)
CENTRE = PageEntry(
    "centre",
    "Your centre",
    ":material/admin_panel_settings:",
    Section.CENTRE,
    modes=ON_A_SERVER,
    roles=frozenset({Role.ADMINISTRATOR}),
)
ROOM = PageEntry("room", "Workshop room", ":material/groups:", Section.WORKSHOP, modes=IN_A_ROOM)
FACILITATE = PageEntry("facilitate", "Lead the workshop", ":material/co_present:", Section.WORKSHOP, modes=IN_A_ROOM)

REGISTRY: tuple[PageEntry, ...] = (
    TODAY,
    LOG,
    REFLECT,
    CHECKLIST,
    WRITE,
    APPLICATIONS,
    INSIGHTS,
    PREPARE,
    WORKSHOP,
    YOUR_DATA,
    SHARING,
    SHARED,
    CENTRE,
    ROOM,
    FACILITATE,
)


def pages_in(served: Mode, role: Role | None = None) -> tuple[PageEntry, ...]:
    """The pages that exist in this mode, for somebody of this role where one is given; its start page comes first."""
    return tuple(entry for entry in REGISTRY if served in entry.modes and (role is None or role in entry.roles))


def navigation_pages(role: Role | None = None) -> dict[str, list[Page]]:
    """The pages of the process's mode by section, as `st.navigation` takes them."""
    sections: dict[str, list[Page]] = {}
    for entry in pages_in(mode(), role):
        sections.setdefault(entry.section.value, []).append(streamlit_page(entry))
    return sections


def streamlit_page(entry: PageEntry) -> Page:
    """The page as Streamlit's navigation knows it."""
    return st.Page(entry.path, title=entry.title, icon=entry.icon, url_path=entry.name, default=entry in (TODAY, ROOM))


def go_to(entry: PageEntry, **query: str | None) -> None:
    """Switches to a page, with what it should show in its address."""
    st.switch_page(streamlit_page(entry), query_params=_given(query))


def link_to(entry: PageEntry, label: str, *, icon: str | None = None, **query: str | None) -> None:
    """Draws a link to a page, with what it should show in its address."""
    st.page_link(
        streamlit_page(entry), label=label, icon=icon if icon is not None else entry.icon, query_params=_given(query)
    )


def open_here(label: str, *, key: str, icon: str | None = None, **query: str | None) -> None:
    """Draws a button that shows something else on this very page.

    A page link to the page it stands on shows the right thing once, but leaves
    the address as it was, and the next click falls back.
    """
    st.button(label, key=key, icon=icon, type="tertiary", on_click=st.query_params.from_dict, args=(_given(query),))


def _given(query: dict[str, str | None]) -> dict[str, str]:
    return {name: value for name, value in query.items() if value is not None}
