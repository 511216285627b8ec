"""A document as a file to hand over: Markdown, web page, Word or PDF."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from debrief.domain.file_names import file_name
from debrief.exchange.document import Document
from debrief.exchange.html import as_html
from debrief.exchange.markdown import as_markdown
from debrief.exchange.pdf import pdf


class DocumentForm(StrEnum):
    """The files that a document can be; the value is the file's suffix."""

    PDF = "pdf"
    WORD = "docx"
    HTML = "html"
    MARKDOWN = "md"


MIME_TYPES = {
    DocumentForm.PDF: "application/pdf",
    DocumentForm.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    DocumentForm.HTML: "text/html; charset=utf-8",
    DocumentForm.MARKDOWN: "text/markdown; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class ExportFile:
    """A file to download."""

    name: str
    content: bytes


def document_file(document: Document, form: DocumentForm) -> ExportFile:
    """A document as a file.

    Raises Refused where a PDF has no font for a script in it.
    """
    match form:
        case DocumentForm.PDF:
            content = pdf(document)
        case DocumentForm.WORD:
            from debrief.exchange.word import as_word  # noqa: PLC0415 - large, and seldom asked for

            content = as_word(document)
        case DocumentForm.HTML:
            content = as_html(document).encode()
        case DocumentForm.MARKDOWN:
            content = as_markdown(document).encode()
    return ExportFile(document_name(document, form), content)


def document_name(document: Document, form: DocumentForm) -> str:
    """What a document's file is called, in a form that every system takes."""
    return file_name(document.stem or document.title, form.value, otherwise="document")
