"""The page to take along, as a file to print."""

from __future__ import annotations

import streamlit as st

from debrief.domain.preparation import Preparation
from debrief.exchange.html import as_html
from debrief.exchange.pdf import pdf, unprintable
from debrief.exchange.preparation import preparation_page
from ui.kit import session
from ui.kit.taken import noted


def print_button(preparation: Preparation) -> None:
    """One page to print, made when the button is pressed: a PDF, or a web page where our fonts lack a script."""
    page = preparation_page(preparation, session.content().questionnaire.competencies)
    as_pdf = not unprintable(page)
    st.download_button(
        "One page to print",
        noted("page to print", lambda: pdf(page) if as_pdf else as_html(page).encode()),
        file_name="prepare.pdf" if as_pdf else "prepare.html",
        mime="application/pdf" if as_pdf else "text/html",
        icon=":material/print:",
        on_click="ignore",
        type="tertiary",
    )
