"""The proof of activity on Your data: dates, a preview, and the files."""

from __future__ import annotations

import streamlit as st

from debrief.errors import Refused
from debrief.usecases.documents import DocumentForm
from debrief.usecases.exports import proof, proof_table
from ui.kit import session
from ui.kit.plain import plain_error
from ui.kit.taken import noted
from ui.your_data.document_files import FORMS, download_document, preview
from ui.your_data.periods import choose_period


def draw_proof() -> None:
    """One row an interview, with its date and the steps taken since; nobody you met is named."""
    st.write("For a job centre: one row an interview with its date and the steps since. Nothing private is in it.")
    period = choose_period()
    actor, store, now = session.actor(), session.store(), session.local_now()
    try:
        document = proof(actor, store, now, period)
    except Refused as refusal:
        st.info(plain_error(refusal), icon=":material/event_busy:")
        return
    row = download_document(document, forms={form: FORMS[form] for form in (DocumentForm.PDF, DocumentForm.WORD)})
    row.download_button(
        "Download as CSV",
        noted("proof, csv", lambda: proof_table(actor, store, now, period).content),
        file_name=f"{document.stem}.csv",
        mime="text/csv",
        icon=":material/table:",
        on_click="ignore",
    )
    st.caption("Your name is on it if you have entered it under Settings.")
    preview(document)
