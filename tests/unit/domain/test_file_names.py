"""What files are called, on every system and in any script."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debrief.domain.file_names import LONGEST_FILE_NAME, LONGEST_PART, file_name, name_part


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Thank-you to Dana", "Thank-you to Dana.eml"),
        ("CON", "note CON.eml"),
        ("com1.txt", "note com1.txt.eml"),
        ("console", "console.eml"),
        ('a<b>c:d"e/f\\g|h?i*j', "a b c d e f g h i j.eml"),
        ("..", "note.eml"),
        ("Dank an Jürgen. ", "Dank an Jürgen.eml"),
        ("ขอบคุณ", "ขอบคุณ.eml"),
        ("", "note.eml"),
        ("Nul .txt", "note Nul .txt.eml"),
        ("con." + "𠮷" * 90, "note con." + "𠮷" * 60 + ".eml"),
        ("株式会社" * 30, "株式会社" * 20 + "株式会.eml"),
        ("a" * 200, "a" * 136 + ".eml"),
    ],
)
def test_a_file_name_works_on_every_system(title: str, name: str) -> None:
    assert file_name(title, "eml") == name


@given(st.text(max_size=400))
def test_any_title_gives_a_safe_file_name(title: str) -> None:
    name = file_name(title, "eml")
    assert not set(name) & set('<>:"/\\|?*\r\n\0')
    assert len(name) <= LONGEST_FILE_NAME
    assert len(name.encode()) <= 255
    assert name.endswith(".eml")
    assert name[:-4] == name[:-4].strip(" .") != ""


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("O'Neil & Sons", "O'Neil & Sons"),
        ('../A"c<m>e: 株式会社?*', "A c m e 株式会社"),
        ("ขอบคุณ", "ขอบคุณ"),
        ("a" * 80, "a" * LONGEST_PART),
        ("…", "interview"),
    ],
)
def test_a_name_among_others_keeps_its_letters_alone(name: str, part: str) -> None:
    assert name_part(name) == part
