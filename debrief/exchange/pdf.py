"""A document as PDF, tagged after PDF/UA-1, in fonts of our own.

The pages are drawn by `document.typ`, which is the same for every document;
what a document says reaches it as a JSON file and pictures, never as code.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any, TypeAlias

from debrief.errors import Refused
from debrief.exchange import words
from debrief.exchange.document import (
    Block,
    Bullets,
    Document,
    Fields,
    Paragraph,
    Picture,
    Section,
    Subheading,
    Table,
    texts_of,
)
from debrief.exchange.glyphs import FONTS_FOLDER, lacking, lacking_in_words
from debrief.exchange.layout import column_shares, is_right_to_left, label_share, showable

_TEMPLATE = Path(__file__).with_name("document.typ")
_STANDARD = "ua-1"
_UNPRINTED = re.compile("[\ufeff\u202a-\u202e]")
"""Marks that a page has no use for: those that turn the text round would show it other than it was typed."""
_KANA, _HANGUL = re.compile("[\u3040-\u30ff]"), re.compile("[\u1100-\u11ff\uac00-\ud7a3]")
_EAST_ASIAN = re.compile(
    "([\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]+)"
)
_TALLEST_KEPT_WHOLE = 700
"""Characters: a table's row with more in one cell may be cut by the end of a page."""

Json: TypeAlias = "dict[str, Json] | list[Json] | str | float | bool"


def pdf(document: Document) -> bytes:
    """The document as a PDF file. The same document always gives the same bytes.

    Raises Refused, with the scripts named, where our fonts cannot show all of it.
    """
    lack = unprintable(document)
    if lack:
        raise Refused(lack)
    stamp = round(document.made_at.timestamp()) if document.made_at else 0
    engine = _engine()
    try:
        with TemporaryDirectory(prefix="debrief-") as folder:
            _write_files(document, Path(folder))
            template = _TEMPLATE.read_bytes()
            return engine.compile(
                template, root=folder, font_paths=_fonts(), pdf_standards=[_STANDARD], timestamp=stamp
            )
    except engine.TypstError as error:
        raise Refused("The PDF could not be laid out. Take Word, the web page or Markdown instead.") from error


def unprintable(document: Document) -> str:
    """The sentence that says which scripts of the document our fonts lack; "" where they hold all of it."""
    missing = lacking(_printable(text) for text in texts_of(document))
    if not missing:
        return ""
    return (
        f"The PDF has no font for {lacking_in_words(missing)}. "
        "Take Word, the web page or Markdown instead: these hold every script."
    )


@cache
def _engine() -> ModuleType:
    """The typesetter: loaded when the first PDF is asked for, as it is large."""
    import typst  # noqa: PLC0415

    return typst


@cache
def _fonts() -> Any:
    """Our fonts, and neither the machine's nor the typesetter's own."""
    return _engine().Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS_FOLDER)])


def _write_files(document: Document, folder: Path) -> None:
    """All that the typesetter can read beside its template: what the document says, and its pictures."""
    blocks = (block for section in document.all_sections for block in section.blocks)
    pictures = [block for block in blocks if isinstance(block, Picture)]
    for number, picture in enumerate(pictures, start=1):
        (folder / _picture_name(number)).write_bytes(picture.png)
    names = map(_picture_name, range(1, len(pictures) + 1))
    (folder / "document.json").write_text(json.dumps(_document(document, names)), encoding="ascii")


def _picture_name(number: int) -> str:
    return f"picture-{number}.png"


def _document(document: Document, pictures: Iterator[str]) -> Json:
    language, _, region = document.language.partition("-")
    return {
        "title": _text(document.title),
        "name": _printable(document.title).strip() or "Debrief",
        "subtitle": _text(document.subtitle),
        "language": language,
        "region": region,
        "made": words.short_day(document.made_at.date()) if document.made_at else "",
        "sections": [_section(section, pictures) for section in document.sections],
        "chapters": [
            {
                "title": _heading(chapter.title),
                "subtitle": _text(chapter.subtitle),
                "sections": [_section(section, pictures) for section in chapter.sections],
            }
            for chapter in document.chapters
        ],
    }


def _section(section: Section, pictures: Iterator[str]) -> Json:
    return {"title": _heading(section.title), "blocks": [_block(block, pictures) for block in section.blocks]}


def _block(block: Block, pictures: Iterator[str]) -> Json:
    match block:
        case Paragraph(text):
            return {"kind": "paragraph", "text": _text(text)}
        case Subheading(text):
            return {"kind": "subheading", "text": _heading(text)}
        case Bullets(items):
            return {"kind": "bullets", "items": [_text(item) for item in items]}
        case Fields(rows):
            share = label_share(rows)
            return {"kind": "fields", "rows": _rows(rows), "shares": [share, 1 - share]}
        case Table(header, rows):
            shares: list[Json] = [*column_shares(header, rows)]
            return {"kind": "table", "header": [_text(cell) for cell in header], "rows": _rows(rows), "shares": shares}
        case Picture(_, alt):
            return {"kind": "picture", "file": next(pictures), "alt": _printable(alt)}


def _rows(rows: Iterable[tuple[str, ...]]) -> Json:
    return [
        {"cells": [_text(cell) for cell in row], "whole": max(map(len, row)) <= _TALLEST_KEPT_WHOLE} for row in rows
    ]


def _heading(text: str) -> Json:
    """A heading, which PDF/UA does not let be empty."""
    return _text(text if text.strip() else "–")


def _text(text: str) -> Json:
    """A text as lines of runs, each with the language in whose forms it is drawn ("" for the document's)."""
    printable = _printable(text)
    language = _east_asian_language(printable)
    lines: list[Json] = [
        [[language if _EAST_ASIAN.fullmatch(run) else "", run] for run in _EAST_ASIAN.split(line) if run]
        for line in printable.split("\n")
    ]
    return {"lines": lines, "rtl": is_right_to_left(printable)}


def _east_asian_language(text: str) -> str:
    """Which forms the Chinese characters of a text have: those of the script that stands beside them."""
    if _KANA.search(text):
        return "ja"
    return "ko" if _HANGUL.search(text) else "zh"


def _printable(text: str) -> str:
    return _UNPRINTED.sub("", showable(text)).replace("\t", "    ")
