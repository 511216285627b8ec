"""The papers of a workshop as files: what to print before, what to take home, what to file."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import streamlit as st

from debrief.domain.room import Room
from debrief.exchange.document import Document
from debrief.exchange.workshop import Plan, handout, room_summary, worksheet
from debrief.usecases.documents import MIME_TYPES, DocumentForm, document_file, document_name
from ui.kit import session
from ui.kit.taken import noted

FORMS = {DocumentForm.PDF: "PDF", DocumentForm.WORD: "Word"}


def draw_papers(plan: Plan) -> None:
    """Worksheet and handout, each as PDF and Word."""
    guides = session.content().guides
    _draw_paper("Worksheet", "Before: every situation with room to write, and no answers.", worksheet(plan))
    _draw_paper(
        "Handout", "After: what the guides make of each choice, and the advice in short.", handout(plan, guides)
    )


def draw_summary(plan: Plan, room: Room) -> None:
    """What the centre can file: figures from five answers on, and no names, since none were asked."""
    _draw_paper(
        "Summary",
        "For your files: how many took part, the room's answers, what it missed. No names, no figure below five.",
        room_summary(plan, room, session.content().guides, session.local_now()),
    )


def _draw_paper(name: str, about: str, document: Document) -> None:
    st.markdown(f"**{name}**  \n{about}")
    with st.container(horizontal=True):
        for form, called in FORMS.items():
            st.download_button(
                f"{name} ({called})",
                noted(f"{name.lower()}, {form.value}", partial(_file, document, form)),
                file_name=document_name(document, form),
                mime=MIME_TYPES[form],
                icon=":material/download:",
                key=f"paper.{name}.{form}",
                on_click="ignore",
            )


def _file(document: Document, form: DocumentForm) -> bytes:
    return document_file(replace(document, made_at=document.made_at or session.local_now()), form).content
