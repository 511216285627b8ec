"""A document on screen: its preview, and the buttons that hand it over as a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from debrief.domain.wording import counted
from debrief.exchange.document import Document
from debrief.exchange.markdown import as_markdown
from debrief.exchange.pdf import unprintable
from debrief.usecases.documents import MIME_TYPES, DocumentForm, document_file, document_name
from ui.kit.taken import noted

FORMS = {
    DocumentForm.PDF: "PDF",
    DocumentForm.WORD: "Word",
    DocumentForm.HTML: "Web page",
    DocumentForm.MARKDOWN: "Markdown",
}
_PREVIEW_HEIGHT = 560
"""Pixels; what is longer scrolls."""
_PREVIEWED = 6
"""Interviews of a longer document that are shown."""


def download_document(
    shown: Document, make: Callable[[], Document] | None = None, forms: Mapping[DocumentForm, str] = FORMS
) -> DeltaGenerator:
    """A button for each form; the file is made once a button is pressed. PDF comes first.

    `make` gives the document to hand over where it holds more than what is shown, such as charts. Gives back the
    row, for more buttons.
    """
    lack = unprintable(shown)
    if lack:
        st.warning(lack, icon=":material/translate:")
    row = st.container(horizontal=True)
    with row:
        for form, name in forms.items():
            st.download_button(
                f"Download as {name}",
                noted(
                    f"document, {form.value}",
                    lambda form=form: document_file(make() if make else shown, form).content,
                ),
                file_name=document_name(shown, form),
                mime=MIME_TYPES[form],
                icon=":material/download:",
                on_click="ignore",
                type="primary" if form is DocumentForm.PDF else "secondary",
                disabled=form is DocumentForm.PDF and bool(lack),
            )
    return row


def preview(document: Document) -> None:
    """The document as it reads, in a box that scrolls; of many interviews the first few."""
    st.subheader("Preview", anchor=False)
    more = len(document.chapters) - _PREVIEWED
    if more > 0:
        document = replace(document, chapters=document.chapters[:_PREVIEWED], made_at=None)
    with st.container(border=True, height=_PREVIEW_HEIGHT, key="preview"):
        st.markdown(as_markdown(document, level=3))
        if more > 0:
            st.caption(f"The preview ends here. The file goes on with {counted(more, 'more interview')}.")
