"""A document as a Word document with real styles, headings and tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from io import BytesIO

from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Emu, Pt
from docx.text.paragraph import Paragraph as WordParagraph

from debrief.exchange import words
from debrief.exchange.document import Block, Bullets, Document, Fields, Paragraph, Picture, Section, Subheading, Table
from debrief.exchange.layout import column_shares, is_right_to_left, label_share, showable
from debrief.exchange.word_template import FIELDS, GRID, LABEL, TEXT_WIDTH, add_page_numbers, blank_document, element

_UNDATED = datetime(1980, 1, 1, tzinfo=UTC)
"""What the file says of its making where the document does not: the earliest date that its format has."""
_GAP = Pt(6)
"""What is left free below a table. Two tables need a paragraph between them, or they become one."""


def as_word(told: Document) -> bytes:
    """The document as a .docx file."""
    document = blank_document(told.language)
    _describe(document, told)
    _write(document.add_paragraph(style="Title"), told.title)
    _write(document.add_paragraph(style="Subtitle"), told.subtitle)
    finished = [*_add_sections(document, told.sections, level=1)]
    for chapter in told.chapters:
        _write(document.add_paragraph(style="Heading 1"), chapter.title)
        _write(document.add_paragraph(style="Subtitle"), chapter.subtitle)
        finished += _add_sections(document, chapter.sections, level=2)
    _put_back(document, finished)
    add_page_numbers(document, _footer(told))
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _describe(document: WordDocument, told: Document) -> None:
    """What the file says about itself. It names no author: whoever hands it over is none of its business."""
    about = document.core_properties
    about.title = showable(told.title)[:255]
    about.subject = showable(told.subtitle)[:255]
    about.language = told.language
    about.author = about.last_modified_by = about.comments = about.keywords = about.category = ""
    about.created = about.modified = (told.made_at or _UNDATED).astimezone(UTC).replace(tzinfo=None)
    about.revision = 1


def _footer(told: Document) -> str:
    title = showable(told.title).replace("\n", " ")
    return f"{title} · made on {words.short_day(told.made_at.date())}" if told.made_at else title


def _add_sections(document: WordDocument, sections: Iterable[Section], level: int) -> Iterator[BaseOxmlElement]:
    """Writes each section, and takes what is finished out of the document: the longer it is, the longer the library
    searches it for the place of each further paragraph."""
    for section in sections:
        _write(document.add_paragraph(style=f"Heading {level}"), section.title)
        for block in section.blocks:
            _add(document, block, level + 1)
        yield from _taken_out(document)


def _taken_out(document: WordDocument) -> list[BaseOxmlElement]:
    """All that stands in the document, but for the layout of its pages."""
    body = document.element.body
    finished = [one for one in body if one.tag != qn("w:sectPr")]
    for one in finished:
        body.remove(one)
    return finished


def _put_back(document: WordDocument, finished: Iterable[BaseOxmlElement]) -> None:
    """Puts what was taken out before what stands there now; pictures are numbered once all of them are there."""
    body = document.element.body
    first = body[0]
    for one in finished:
        first.addprevious(one)
    for number, about in enumerate(body.iter(qn("wp:docPr")), start=1):
        about.set("id", str(number))


def _add(document: WordDocument, block: Block, level: int) -> None:
    match block:
        case Paragraph(text):
            _write(document.add_paragraph(), text)
        case Subheading(text):
            _write(document.add_paragraph(style=f"Heading {level}"), text)
        case Bullets(items):
            for item in items:
                _write(document.add_paragraph(style="List Bullet"), item)
        case Fields(rows):
            _add_fields(document, rows)
        case Table(header, rows):
            _add_table(document, header, rows)
        case Picture(png, alt):
            _add_picture(document, png, alt)


def _add_picture(document: WordDocument, png: bytes, alt: str) -> None:
    """A picture as wide as the text, on the page of what stands before it; with what it says in words."""
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    shape = document.add_picture(BytesIO(png), width=Emu(TEXT_WIDTH))
    shape._inline.docPr.set("descr", showable(alt))  # pyright: ignore[reportPrivateUsage]


def _add_fields(document: WordDocument, rows: Sequence[tuple[str, str]]) -> None:
    """Labels at the left, values at the right."""
    share = label_share(rows)
    lines = _lines_of_table(document, len(rows), (share, 1 - share), FIELDS)
    for (left, right), (label, value) in zip(lines, rows, strict=True):
        left.style = LABEL
        _write(left, label)
        _write(right, value)
    _leave_room(document)


def _add_table(document: WordDocument, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table whose header is repeated on every page that it reaches."""
    lines = _lines_of_table(document, 1 + len(rows), column_shares(header, rows), GRID)
    for number, (line, texts) in enumerate(zip(lines, (header, *rows), strict=True)):
        for place, text in zip(line, texts, strict=True):
            _write(place, text, bold=number == 0)
    first = document.tables[-1].rows[0]
    first._tr.get_or_add_trPr().append(element("tblHeader"))  # pyright: ignore[reportPrivateUsage]
    _leave_room(document)


def _lines_of_table(
    document: WordDocument, height: int, shares: Sequence[float], style: str
) -> list[list[WordParagraph]]:
    """An empty table, by line and column the paragraphs to write into.

    No row is torn by the end of a page, and cells have no air of their own.
    """
    table = document.add_table(height, len(shares), style)
    table.autofit = False
    for column, share in zip(table.columns, shares, strict=True):
        column.width = Emu(round(TEXT_WIDTH * share))
    lines: list[list[WordParagraph]] = []
    for row in table.rows:
        row._tr.get_or_add_trPr().append(element("cantSplit"))  # pyright: ignore[reportPrivateUsage]
        cells = row.cells
        for cell, share in zip(cells, shares, strict=True):
            cell.width = Emu(round(TEXT_WIDTH * share))
        lines.append([cell.paragraphs[0] for cell in cells])
        for paragraph in lines[-1]:
            paragraph.paragraph_format.space_after = Emu(0)
    return lines


def _leave_room(document: WordDocument) -> None:
    """A little follows a table."""
    gap = document.add_paragraph().paragraph_format
    gap.space_after = Emu(0)
    gap.line_spacing = _GAP


def _write(paragraph: WordParagraph, text: str, *, bold: bool | None = None) -> None:
    """Puts typed text into an empty paragraph, from right to left where its first letter is so."""
    run = paragraph.add_run(showable(text))
    run.bold = bold
    if is_right_to_left(text):
        paragraph._p.get_or_add_pPr().append(element("bidi"))  # pyright: ignore[reportPrivateUsage]
        run.font.rtl = True
    for piece in run._r.iter(qn("w:t")):  # pyright: ignore[reportPrivateUsage]
        piece.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
