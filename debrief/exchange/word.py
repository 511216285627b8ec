"""A summary as a Word document with real styles, headings and tables."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO

from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Emu, Pt
from docx.table import Table as WordTable
from docx.table import _Cell as Cell  # pyright: ignore[reportPrivateUsage]
from docx.text.paragraph import Paragraph as WordParagraph

from debrief.exchange.summary import Block, Bullets, Fields, Paragraph, Subheading, Summary, Table
from debrief.exchange.word_template import FIELDS, GRID, TEXT_WIDTH, add_page_numbers, blank_document, element

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BREAKS = re.compile(r"\r\n|[\n\r\x85\u2028\u2029]")
_RIGHT_TO_LEFT = {"R", "AL"}
_LABEL_SHARE, _QUESTION_SHARE = 0.28, 0.45
_LONGEST_LABEL = 26
_NARROWEST, _WIDEST = 12, 30
"""How many characters wide a column counts at least and at most when the width is shared out."""
_GAP = Pt(6)
"""What is left free below a table. Two tables need a paragraph between them, or they become one."""


def as_word(summary: Summary, now: datetime) -> bytes:
    """The summary as a .docx file, made at `now`."""
    document = blank_document(summary.language)
    _describe(document, summary, now)
    _write(document.add_paragraph(style="Title"), summary.title)
    _write(document.add_paragraph(style="Subtitle"), summary.subtitle)
    for section in summary.sections:
        _write(document.add_paragraph(style="Heading 1"), section.title)
        for block in section.blocks:
            _add(document, block)
    add_page_numbers(document, _fit_for_xml(summary.title))
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _describe(document: WordDocument, summary: Summary, now: datetime) -> None:
    """What the file says about itself. It names no author: whoever hands it over is none of its business."""
    about = document.core_properties
    about.title = _fit_for_xml(summary.title)[:255]
    about.subject = _fit_for_xml(summary.subtitle)[:255]
    about.language = summary.language
    about.author = about.last_modified_by = about.comments = about.keywords = about.category = ""
    about.created = about.modified = now.astimezone(UTC).replace(tzinfo=None)
    about.revision = 1


def _add(document: WordDocument, block: Block) -> None:
    match block:
        case Paragraph(text):
            _write(document.add_paragraph(), text)
        case Subheading(text):
            _write(document.add_paragraph(style="Heading 2"), text)
        case Bullets(items):
            for item in items:
                _write(document.add_paragraph(style="List Bullet"), item)
        case Fields(rows):
            _add_fields(document, rows)
        case Table(header, rows):
            _add_table(document, header, rows)


def _add_fields(document: WordDocument, rows: Sequence[tuple[str, str]]) -> None:
    """Labels in bold at the left, values at the right."""
    table = document.add_table(len(rows), 2, FIELDS)
    short = all(len(label) <= _LONGEST_LABEL for label, _ in rows)
    share = _LABEL_SHARE if short else _QUESTION_SHARE
    _set_widths(table, (share, 1 - share))
    for row, (label, value) in zip(table.rows, rows, strict=True):
        _write(row.cells[0].paragraphs[0], label, bold=True)
        _write(row.cells[1].paragraphs[0], value)
    _finish(document, table)


def _add_table(document: WordDocument, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table whose header is repeated on every page that it reaches."""
    table = document.add_table(1 + len(rows), len(header), GRID)
    _set_widths(table, _shares(header, rows))
    for line, (row, texts) in enumerate(zip(table.rows, (header, *rows), strict=True)):
        for cell, text in zip(row.cells, texts, strict=True):
            _write(cell.paragraphs[0], text, bold=line == 0)
    table.rows[0]._tr.get_or_add_trPr().append(element("tblHeader"))  # pyright: ignore[reportPrivateUsage]
    _finish(document, table)


def _finish(document: WordDocument, table: WordTable) -> None:
    """No row is torn by the end of a page, cells have no air of their own, and a little follows the table."""
    for row in table.rows:
        row._tr.get_or_add_trPr().append(element("cantSplit"))  # pyright: ignore[reportPrivateUsage]
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.space_after = Emu(0)
    gap = document.add_paragraph().paragraph_format
    gap.space_after = Emu(0)
    gap.line_spacing = _GAP


def _shares(header: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[float, ...]:
    """The share of the width of each column: by its longest line within bounds, but room for its longest word."""
    weights: list[int] = []
    for column in range(len(header)):
        cells = [row[column] for row in (header, *rows)]
        line = max(len(line) for cell in cells for line in cell.split("\n"))
        word = max((len(word) for cell in cells for word in cell.split()), default=0)
        weights.append(max(min(line, _WIDEST), min(word + 3, _WIDEST), _NARROWEST))
    return tuple(weight / sum(weights) for weight in weights)


def _set_widths(table: WordTable, shares: Sequence[float]) -> None:
    table.autofit = False
    for column, share in zip(table.columns, shares, strict=True):
        column.width = Emu(round(TEXT_WIDTH * share))
    for row in table.rows:
        for cell, share in zip(row.cells, shares, strict=True):
            _set_width(cell, share)


def _set_width(cell: Cell, share: float) -> None:
    cell.width = Emu(round(TEXT_WIDTH * share))


def _write(paragraph: WordParagraph, text: str, *, bold: bool | None = None) -> None:
    """Puts typed text into an empty paragraph, from right to left where its first letter is so."""
    run = paragraph.add_run(_fit_for_xml(text))
    run.bold = bold
    if _is_right_to_left(text):
        paragraph._p.get_or_add_pPr().append(element("bidi"))  # pyright: ignore[reportPrivateUsage]
        run.font.rtl = True
    for piece in run._r.iter(qn("w:t")):  # pyright: ignore[reportPrivateUsage]
        piece.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _is_right_to_left(text: str) -> bool:
    """Whether the first letter with a direction runs from right to left."""
    directions = (unicodedata.bidirectional(letter) for letter in text)
    return next((way for way in directions if way in {"L", *_RIGHT_TO_LEFT}), "L") in _RIGHT_TO_LEFT


def _fit_for_xml(text: str) -> str:
    """The text with a visible sign for each control character, which XML cannot hold."""
    return _NOT_IN_XML.sub(_sign, _BREAKS.sub("\n", text))


def _sign(found: re.Match[str]) -> str:
    code = ord(found[0])
    return chr(0x2400 + code) if code < 0x20 else "\ufffd"
