"""What a file is, and why one is refused: by row, column and reason, and without reading more of it than needed."""

from __future__ import annotations

import gzip
import io
import json
import tracemalloc
import zipfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from debrief.content import load_content
from debrief.errors import Refused
from debrief.exchange.imports.inspection import inspect
from debrief.exchange.imports.problems import MOST_TOLD
from debrief.exchange.imports.source import Kind, Source, kind_of
from debrief.exchange.imports.table import MOST_COLUMNS, read_table

WORDS = load_content().imports
HEADER = "Company,Role,Notes\n"


def refusal(content: bytes | Path, name: str = "table.csv") -> str:
    with pytest.raises(Refused) as refused:
        inspect(Source(name, content), WORDS)
    str(refused.value).encode("utf-8")
    return str(refused.value)


def cells(content: bytes, name: str = "table.csv") -> list[list[str]]:
    table = read_table(Source(name, content))
    return [list(table.columns), *(row.cells for row in table.rows())]


@contextmanager
def at_most(limit: int) -> Generator[None]:
    """Fails if more memory is taken inside than `limit` bytes."""
    tracemalloc.start()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] < limit
    finally:
        tracemalloc.stop()


def zipped(name: str, content: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_mark_delimiter_and_line_end_gives_the_same_table(encoding: str, delimiter: str, end: str) -> None:
    text = end.join(delimiter.join(row) for row in (["Firma", "Rolle"], ["Ölmühle 株式会社", "Müller"])) + end

    assert cells(text.encode(encoding)) == [["Firma", "Rolle"], ["Ölmühle 株式会社", "Müller"]]


def test_quotes_hold_delimiters_quotes_and_line_breaks() -> None:
    assert cells(b'a,b\n"x, y","say ""hi""\nand go"\n')[1] == ["x, y", 'say "hi"\nand go']


def test_titles_above_the_header_blank_rows_and_excels_hint_are_passed_over_and_rows_keep_their_numbers() -> None:
    table = read_table(Source("t.csv", b"sep=;\nMy search;\n;\nCompany;Role\n\nElm;Nurse;;\n"))

    assert table.columns == ("Company", "Role")
    assert [(row.number, row.cells) for row in table.rows()] == [(6, ["Elm", "Nurse"])]


def test_headers_without_a_name_or_of_the_same_name_can_be_told_apart() -> None:
    assert cells(b"Note,Note,,x\n1,2,3,4\n")[0] == ["Note", "Note (2)", "Column 3", "x"]


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "a.csv", "empty: 0 bytes"),
        (b" \n\t\n", "a.csv", "nothing but blanks"),
        (b"Company,Role\n", "a.csv", "no rows"),
        (b"Company\nElm\n", "a.csv", "one column only"),
        (b"Company,Role\nElm,M\xfcller\n", "a.csv", "Row 2 of a.csv holds bytes that are not UTF-8"),
        ("Company,Role\nElm,x\n".encode("utf-16-le"), "a.csv", "byte 2 is zero"),
        (b"\xff\xfeC\x00,\x00\n", "a.csv", "UTF-16"),
        (b"\x89PNG\r\n\x1a\n", "a.csv", "a picture"),
        (b"%PDF-1.7", "a.csv", "a PDF"),
        (b"\xd0\xcf\x11\xe0", "a.xls", "an old Excel"),
        (b"<!DOCTYPE html><table>", "a.csv", "a web page"),
        (
            b'Company,Role\nElm,"Nurse\nBirch,x\n',
            "a.csv",
            "Row 2 of a.csv: a quotation mark is opened and never closed",
        ),
        (b'Company,Role\nElm,"Nurse" x\n', "a.csv", "Row 2 of a.csv: quotation marks are broken"),
        (b"Company,Role\nElm,x\nBirch;y\n", "a.csv", "Row 3: it is separated by semicolons, unlike the header."),
        (b"Company,Role\nElm,x,y\n", "a.csv", "Row 2: it has 3 cells, but the header names 2 columns."),
        (b"[" * 100_000, "a.json", "nested too deeply"),
        (b'[{"company": 1', "a.json", "is not JSON: line 1"),
        (b'{"basics": {"name": "x"}}', "a.json", "holds no list of applications"),
        (b"[" + b"9" * 5000 + b"]", "a.json", "a number that is too long"),
        (b"| a |\n|---|\n| 1 |\n\n| b |\n|---|\n", "a.md", "holds 2 tables"),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else "",
)
def test_a_file_that_is_no_table_is_refused_with_what_is_wrong_and_where(
    content: bytes, name: str, sentence: str
) -> None:
    assert sentence in refusal(content, name)


def test_a_workbook_and_a_zip_are_never_opened_whatever_they_are_called() -> None:
    bomb = zipped("xl/worksheets/sheet1.xml", b"0" * 50_000_000)
    packed = gzip.compress(b"0" * 10_000_000)
    with at_most(2_000_000):
        for name in ("table.xlsx", "table.csv", "table.json", "calendar.ics"):
            assert "CSV UTF-8" in refusal(bomb, name)
        assert "gzip" in refusal(packed, "table.csv")


def test_a_gigabyte_is_refused_by_its_size_without_being_read(tmp_path: Path) -> None:
    file = tmp_path / "huge.csv"
    with file.open("wb") as sparse:
        sparse.write(b"Company,Role\n")
        sparse.truncate(2**30)

    with at_most(1_000_000):
        assert "1,024 MB" in refusal(file)


def test_a_line_and_a_cell_without_end_are_refused() -> None:
    assert "goes on for more than 1,000,000 characters" in refusal(HEADER.encode() + b"x" * 3_000_000)
    assert "a cell of more than" in refusal(HEADER.encode() + b'Elm,Nurse,"' + b"x\n" * 200_000)


def test_too_many_columns_are_counted_and_refused() -> None:
    assert f"10,000 columns; up to {MOST_COLUMNS}" in refusal(",".join(f"c{n}" for n in range(10_000)).encode() + b"\n")


def test_fifty_problems_are_told_and_all_are_counted() -> None:
    told = refusal(HEADER.encode() + b"x\n" * 120)

    assert "Mend 120 places" in told
    assert told.count("\n- Row") == MOST_TOLD
    assert "… and 70 more" in told


def test_what_stands_in_a_file_cannot_break_a_sentence() -> None:
    told = refusal("Company,Role\n\u202eevil\nx\n".encode(), "a\u202e\nb.csv")

    assert "\u202e" not in told.splitlines()[0]
    assert len(told.splitlines()) == 3


def test_a_list_in_json_becomes_rows_with_names_for_people_and_nothing_for_what_is_nested_deeper() -> None:
    told = [
        {"company": "Elm", "tags": ["a", "b"], "contacts": [{"name": "Li Na"}, {"x": 1}], "n": 1.5, "ok": True},
        {"company": "Fir", "more": {"deep": {"er": 1}}, "gone": None},
    ]

    assert cells(json.dumps({"data": told}).encode(), "a.json") == [
        ["company", "tags", "contacts", "n", "ok", "more", "gone"],
        ["Elm", "a; b", "Li Na", "1.5", "yes", "", ""],
        ["Fir", "", "", "", "", "", ""],
    ]


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (b'{\n  "format": "debrief",\n', "x.txt", Kind.RECORD),
        (b"\xef\xbb\xbfBEGIN:VCALENDAR\r\n", "x", Kind.CALENDAR),
        (b"[1]", "x", Kind.JSON_LIST),
        (b"[a],b\n1,2\n", "x.csv", Kind.DELIMITED),
        (b"# T\n\n| a | b |\n|---|---|\n| 1 | 2 |\n", "x", Kind.MARKDOWN),
    ],
)
def test_what_a_file_is_is_read_from_its_beginning(content: bytes, name: str, kind: Kind) -> None:
    assert kind_of(Source(name, content)) is kind
