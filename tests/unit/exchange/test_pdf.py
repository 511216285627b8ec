"""PDF files: read back by pdftotext and pdfinfo, tagged, in our own fonts, and with nothing in them that acts."""

from __future__ import annotations

import hashlib
import re
import shutil
import struct
import subprocess
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from awkward import AWKWARD
from hypothesis import given, settings
from hypothesis import strategies as st

from debrief.errors import Refused
from debrief.exchange.document import (
    Bullets,
    Chapter,
    Document,
    Fields,
    Paragraph,
    Picture,
    Section,
    Subheading,
    Table,
)
from debrief.exchange.glyphs import FONTS_FOLDER, lacking, lacking_in_words
from debrief.exchange.pdf import pdf, unprintable
from tests.examples import examples

NOW = datetime(2026, 3, 20, 9, tzinfo=UTC)
SCRIPTS = (
    "Łukasz Žižek-Ñandú", "Nguyễn Thị Ánh Tuyết", "Δανάη Παπαδοπούλου", "Ірина Шевченко", "ليلى الحارثي", "ליאת כהן",
    "अनन्या क्षत्रिय", "王小明", "森下 はるか", "𠮷野 家子", "김하늘", "สมชาย ใจดี", "নুসরাত জাহান", "தமிழ் செல்வி",
    "ნინო ბერიძე", "Անի Հակոբյան", "ሰላም በቀለ", "ਹਰਪ੍ਰੀਤ ਕੌਰ", "မြန်မာ", "សុខា", "👩‍💻🎉", "½ ≤ √2 → ✓",
)  # fmt: skip
"""Names in many scripts, and signs."""


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


PNG = (
    b"\x89PNG\r\n\x1a\n"
    + _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    + _chunk(b"IDAT", zlib.compress(b"\x00\x00\x00\x00"))
    + _chunk(b"IEND", b"")
)
"""One black dot."""

NO_POPPLER = "pdftotext, pdfinfo and pdffonts are not here: install poppler-utils"
read = pytest.mark.skipif(shutil.which("pdftotext") is None, reason=NO_POPPLER)

Reader = Callable[[bytes], str]


@pytest.fixture
def text_of(tmp_path: Path) -> Reader:
    """Reads a PDF's text with another program."""
    if shutil.which("pdftotext") is None:
        pytest.skip(NO_POPPLER)

    def of(content: bytes) -> str:
        file = tmp_path / "document.pdf"
        file.write_bytes(content)
        done = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, check=True)
        return done.stdout.decode()

    return of


def _document(*texts: str) -> Document:
    blocks = tuple(Paragraph(text) for text in texts)
    return Document("Interview", "Analyst", (Section("all", "Section", blocks),), made_at=NOW)


def _everywhere(text: str) -> Document:
    """The text in every kind of place."""
    blocks = (
        Paragraph(text),
        Subheading(text),
        Bullets((text,)),
        Fields(((text, text),)),
        Table((text, "Other"), ((text, text),)),
        Picture(PNG, f"A finding: {text}"),
    )
    section = Section("all", text, blocks)
    return Document(text, text, (section,), (Chapter(text, text, (section,)),))


def _same(text: str) -> str:
    """The text without what a page cannot hold apart: blanks, and marks without a shape of their own."""
    return re.sub(r"[\s\u00ad\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufe0f\ufeff]", "", text)


@pytest.mark.parametrize("text", AWKWARD)
def test_text_that_has_done_harm_elsewhere_is_shown_as_it_was_typed(text: str, text_of: Reader) -> None:
    shown = _same(text_of(pdf(_document(text))))
    expected = _same(text)

    if re.search("[\u0590-\u06ff]", text):  # runs from right to left are handed back cluster by cluster
        assert sorted(expected) == sorted(_same(shown)[len("InterviewAnalystSection") :][: len(expected)])
    else:
        assert expected in shown


@pytest.mark.parametrize("text", AWKWARD)
def test_nothing_in_a_pdf_acts_or_links(text: str) -> None:
    content = pdf(_everywhere(text))

    assert not re.search(rb"/(JavaScript|JS|Launch|URI|OpenAction|AA|EmbeddedFile|SubmitForm|GoToR)\b", content)


@pytest.mark.parametrize("name", SCRIPTS)
def test_names_in_every_living_script_are_shown(name: str, text_of: Reader) -> None:
    text = _same(text_of(pdf(_document(name))))

    assert unprintable(_document(name)) == ""
    assert set(_same(name)) <= set(text) | {"\u200d", "\u200c"}


def test_a_script_without_a_font_is_named_in_a_sentence() -> None:
    document = _document("Dana and 𒀀𒁀 met ཀརྨ.")

    with pytest.raises(Refused, match=r"no font for Cuneiform \(“𒀀”\) and Tibetan \(“ཀ”\)\. Take Word"):
        pdf(document)


def test_characters_without_a_name_are_told_by_their_number() -> None:
    assert lacking_in_words(lacking(["a\ue000b"])) == "the character U+E000"


def test_control_characters_show_as_signs_and_marks_that_turn_text_round_are_dropped(text_of: Reader) -> None:
    text = text_of(pdf(_document("a\x00b\x07c", "abc\u202etxt.exe\u202c")))

    assert "a␀b␇c" in text
    assert "abctxt.exe" in text


@read
def test_a_pdf_is_tagged_titled_dated_and_numbered(tmp_path: Path, text_of: Reader) -> None:
    pages = Section("long", "Long", tuple(Paragraph("word " * 120) for _ in range(12)))
    content = pdf(Document("Interview at Kopi Lantern", "Analyst", (pages,), made_at=NOW))
    (tmp_path / "told.pdf").write_bytes(content)
    about = subprocess.run(["pdfinfo", tmp_path / "told.pdf"], capture_output=True, check=True, text=True).stdout

    assert re.search(r"^Tagged:\s+yes$", about, re.MULTILINE)
    assert re.search(r"^Title:\s+Interview at Kopi Lantern$", about, re.MULTILINE)
    assert re.search(r"^Pages:\s+2$", about, re.MULTILINE)
    assert b"/Lang (en-GB)" in content or b"/Lang(en-GB)" in content
    assert b"pdfuaid:part" in content
    text = text_of(content)
    assert "Page 1 of 2" in text
    assert "Page 2 of 2" in text
    assert "made on 20 March 2026" in text


@read
def test_headings_tables_lists_and_pictures_are_tagged_as_such(tmp_path: Path) -> None:
    (tmp_path / "told.pdf").write_bytes(pdf(_everywhere("A finding in words")))
    structure = subprocess.run(
        ["pdfinfo", "-struct-text", tmp_path / "told.pdf"], capture_output=True, check=True, text=True
    ).stdout

    for tag in ("H1", "H2", "H3", "Table", "TH", "TD", "L", "LBody", "Figure"):
        assert re.search(rf"^\s*{tag}\b", structure, re.MULTILINE), f"{tag}\n{structure}"


@read
def test_only_our_fonts_are_in_it(tmp_path: Path) -> None:
    (tmp_path / "told.pdf").write_bytes(pdf(_document(*SCRIPTS)))
    fonts = subprocess.run(["pdffonts", tmp_path / "told.pdf"], capture_output=True, check=True, text=True).stdout
    rows = fonts.splitlines()[2:]

    assert rows
    assert all(re.match(r"[A-Z]{6}\+Noto", row) for row in rows)


def test_what_leads_to_a_picture_stands_on_its_page(text_of: Reader) -> None:
    figures = (
        block
        for number in range(4)
        for block in (
            Subheading(f"Figure {number}"),
            Paragraph(f"Reading {number}"),
            Picture(PNG, "A dot"),
            Paragraph("n"),
        )
    )
    pages = text_of(pdf(Document("Interviews", "", (Section("figures", "Figures", tuple(figures)),)))).split("\f")

    for number in range(4):
        (page,) = (page for page in pages if f"Figure {number}" in page)
        assert f"Reading {number}" in page
        assert re.search(r"^n$", page, re.MULTILINE)


def test_a_picture_without_words_is_not_taken() -> None:
    with pytest.raises(ValueError, match="needs its words"):
        Picture(PNG, "")


def test_the_same_document_gives_the_same_bytes() -> None:
    assert pdf(_document("x")) == pdf(_document("x"))


def test_a_row_taller_than_a_page_is_cut_and_not_lost(text_of: Reader) -> None:
    table = Table(("Name", "Said"), (("Dana", " ".join(f"word{number}" for number in range(2500))),))
    text = text_of(pdf(Document("Interview", "", (Section("all", "Section", (table,)),))))

    assert {f"word{number}" for number in range(2500)} <= set(text.split())


def test_a_word_longer_than_the_line_stays_on_the_page(text_of: Reader) -> None:
    word = "".join(f"{number:03}" for number in range(200))

    assert word in _same(text_of(pdf(_document(word))))
    assert max(len(line) for line in text_of(pdf(_document(word))).splitlines()) < 200


def test_the_fonts_are_those_that_were_published() -> None:
    for line in (FONTS_FOLDER / "SHA256SUMS").read_text("ascii").splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256((FONTS_FOLDER / name).read_bytes()).hexdigest() == digest, name


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
@settings(max_examples=examples(60), deadline=None)
def test_any_text_gives_a_pdf_or_a_sentence(text: str) -> None:
    document = _everywhere(text)
    lack = unprintable(document)

    if lack:
        with pytest.raises(Refused, match="The PDF has no font for"):
            pdf(document)
    else:
        assert pdf(document).startswith(b"%PDF-1.7")
