"""The empty Word document that summaries are written into: our own look, and nothing left of the library's template."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from io import BytesIO
from typing import Any, cast

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.package import OpcPackage
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import CharacterStyle, ParagraphStyle
from docx.text.paragraph import Paragraph

GRID = "Debrief Table"
FIELDS = "Debrief Fields"
LABEL = "Debrief Label"

_FONT = "Calibri"
_INK = RGBColor(0x1C, 0x19, 0x17)
_SOFT = RGBColor(0x57, 0x53, 0x4E)
_ACCENT = RGBColor(0x0F, 0x76, 0x6E)
_LINE = "D6D3D1"
_KEPT_STYLES = {
    "Normal",
    "Default Paragraph Font",
    "Normal Table",
    "No List",
    "Title",
    "Subtitle",
    "Heading 1",
    "Heading 2",
    "Heading 3",
    "List Bullet",
    "Header",
    "Footer",
}
_THUMBNAIL = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail"
_STYLES_FOR_WORD_2010 = "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects"
_PAGE_WIDTH, _PAGE_HEIGHT, _MARGIN = Cm(21), Cm(29.7), Cm(2.2)
TEXT_WIDTH = _PAGE_WIDTH - 2 * _MARGIN
"""What a table can be wide."""


def blank_document(language: str) -> WordDocument:
    """An A4 document in this language (such as "en-GB") with the styles that summaries use, and no others."""
    return Document(BytesIO(_template(language)))


@cache
def _template(language: str) -> bytes:
    """The blank document as a file. Weeding the library's template takes far longer than reading this."""
    document = Document()
    _drop_leftovers(document)
    _set_language(document, language)
    _set_page(document)
    for style in [style for style in document.styles if style.name not in _KEPT_STYLES]:
        style.delete()
    _set_text_styles(document)
    _add_table_style(document, FIELDS, lines=False)
    _add_table_style(document, GRID, lines=True)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def add_page_numbers(document: WordDocument, title: str) -> None:
    """A footer with the title at the left and "Page 1 of 2" at the right."""
    footer = document.sections[0].footer.paragraphs[0]
    stops = footer.paragraph_format.tab_stops
    stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    footer.add_run(title)
    footer.add_run("\tPage ")
    _add_field(footer, "PAGE")
    footer.add_run(" of ")
    _add_field(footer, "NUMPAGES")


def element(name: str, **attributes: str) -> Any:
    """An element of the w: namespace with attributes of the same."""
    made = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def _drop_leftovers(document: WordDocument) -> None:
    """The template's preview picture, its second set of styles and its bibliography are not ours."""
    leftovers = {_THUMBNAIL, _STYLES_FOR_WORD_2010, RELATIONSHIP_TYPE.CUSTOM_XML}
    for relations in (cast("OpcPackage", document.part.package).rels, document.part.rels):
        for key in [key for key, relation in relations.items() if relation.reltype in leftovers]:
            del relations[key]
    settings = document.settings.element
    for name in ("savePreviewPicture", "rsids", "zoom", "shapeDefaults"):
        for found in settings.findall(qn(f"w:{name}")):
            settings.remove(found)


def _set_language(document: WordDocument, language: str) -> None:
    for found in document.styles.element.iter(qn("w:lang")):
        found.set(qn("w:val"), language)
    for found in document.settings.element.iter(qn("w:themeFontLang")):
        found.set(qn("w:val"), language)


def _set_page(document: WordDocument) -> None:
    page = document.sections[0]
    page.page_width, page.page_height = _PAGE_WIDTH, _PAGE_HEIGHT
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = _MARGIN


def _set_text_styles(document: WordDocument) -> None:
    normal = _style(document, "Normal", size=10.5, after=5)
    normal.paragraph_format.line_spacing = 1.15
    _style(document, "Title", size=24, after=2, bold=True)
    _style(document, "Subtitle", size=13, after=14, color=_SOFT)
    section = _style(document, "Heading 1", size=14, before=16, after=6, color=_ACCENT, bold=True)
    _properties(section).append(_bottom_line())
    _style(document, "Heading 2", size=11, before=10, after=2, bold=True)
    _style(document, "Heading 3", size=10.5, before=6, after=2, color=_SOFT, bold=True)
    _style(document, "List Bullet", size=10.5, after=2)
    _style(document, "Footer", size=9, color=_SOFT)
    label = cast("ParagraphStyle", document.styles.add_style(LABEL, WD_STYLE_TYPE.PARAGRAPH))
    label.base_style = normal
    label.font.color.rgb = _SOFT


def _style(
    document: WordDocument,
    name: str,
    *,
    size: float,
    before: float = 0,
    after: float = 0,
    color: RGBColor = _INK,
    bold: bool = False,
) -> ParagraphStyle:
    """The named style in our look; what the template gave it is forgotten. Sizes are in points."""
    style = cast("ParagraphStyle", document.styles[name])
    for inherited in style.element.findall(qn("w:rPr")):
        style.element.remove(inherited)
    for inherited in [*style.element.iter(qn("w:pBdr"), qn("w:tabs"))]:
        inherited.getparent().remove(inherited)
    style.font.name = _FONT
    style.font.size = Pt(size)
    style.font.bold = bold
    style.font.color.rgb = color
    _properties(style, "rPr").append(element("szCs", val=str(round(size * 2))))
    style.paragraph_format.space_before = Pt(before)
    style.paragraph_format.space_after = Pt(after)
    return style


def _properties(style: ParagraphStyle, name: str = "pPr") -> Any:
    return style.element.find(qn(f"w:{name}"))


def _bottom_line() -> Any:
    border = element("pBdr")
    border.append(element("bottom", val="single", sz="6", space="3", color=_LINE))
    return border


def _add_table_style(document: WordDocument, name: str, *, lines: bool) -> None:
    """A table style: cells with room around the text, and fine lines between rows where wanted."""
    style = cast("CharacterStyle", document.styles.add_style(name, WD_STYLE_TYPE.TABLE))
    style.base_style = document.styles["Normal Table"]
    properties = element("tblPr")
    properties.extend(_table_lines() if lines else ())
    margins = element("tblCellMar")
    for side, width in (("top", "50"), ("left", "0"), ("bottom", "50"), ("right", "140")):
        margins.append(element(side, w=width, type="dxa"))
    properties.append(margins)
    style.element.append(properties)


def _table_lines() -> Iterator[Any]:
    borders = element("tblBorders")
    for side in ("bottom", "insideH"):
        borders.append(element(side, val="single", sz="4", space="0", color=_LINE))
    yield borders


def _add_field(paragraph: Paragraph, code: str) -> None:
    """A field that Word fills in when it lays the page out."""
    run = paragraph.add_run()
    instruction = element("instrText")
    instruction.text = code
    for part in (
        element("fldChar", fldCharType="begin"),
        instruction,
        element("fldChar", fldCharType="separate"),
        element("t"),
        element("fldChar", fldCharType="end"),
    ):
        run._r.append(part)  # pyright: ignore[reportPrivateUsage]
    run._r.findall(qn("w:t"))[0].text = "1"  # pyright: ignore[reportPrivateUsage]
