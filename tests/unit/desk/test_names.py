"""Addressing people: no guessed gender, no name cut in the wrong place, titles only as recorded."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debrief.desk.names import address


@pytest.mark.parametrize(
    ("name", "title", "country", "formal", "given"),
    [
        ("Dana Whitfield", "", None, "Dana Whitfield", "Dana"),
        ("Dana Whitfield", "Dr", None, "Dr Whitfield", "Dana"),
        ("Dr Dana Whitfield", "", None, "Dr Whitfield", "Dana"),
        ("Dana Whitfield", "Head of Data", None, "Dana Whitfield", "Dana"),
        ("Dana Whitfield", "Prof., Head of Physics", None, "Prof. Whitfield", "Dana"),
        ("Dana Whitfield", "Captain of the ship", None, "Dana Whitfield", "Dana"),
        ("Prof. Dr. Jürgen Müller", "", "DE", "Prof. Dr. Müller", "Jürgen"),
        ("Okafor, Chinedu", "", None, "Chinedu Okafor", "Chinedu"),
        ("O'Brien, Sinéad", "Ms", None, "Ms O'Brien", "Sinéad"),
        ("SMITH Jane", "Prof.", None, "Prof. Smith", "Jane"),
        ("Jane SMITH", "Prof.", None, "Prof. Smith", "Jane"),
        ("ZHANG Wei", "Dr", "CN", "Dr Zhang", "Wei"),
        ("DANA WHITFIELD", "Dr", None, "Dr Whitfield", "Dana"),
        ("Ana García-López", "Dr", None, "Dr García-López", "Ana"),
        ("Ludwig van der Berg", "Dr", None, "Dr van der Berg", "Ludwig"),
        ("Mary J. Blige", "Ms", None, "Ms Blige", "Mary"),
        ("Mei Ling Tan", "Dr", "SG", "Dr Tan", "Mei Ling"),
        ("John Smith, PhD", "Dr", None, "Dr Smith", "John"),
        ("Dana Whitfield (HR)", "", None, "Dana Whitfield", "Dana"),
        ("Dana Whitfield / Recruiting", "", None, "Dana Whitfield", "Dana"),
        ("Tan Sri Ahmad Razak", "", "MY", "Tan Sri Ahmad Razak", "Ahmad"),
        ("Siti Nurhaliza binti Ahmad", "Puan", "MY", "Puan Siti Nurhaliza binti Ahmad", "Siti Nurhaliza"),
    ],
)
def test_a_name_is_said_as_its_bearer_would(
    name: str, title: str, country: str | None, formal: str, given: str
) -> None:
    said = address(name, title, country)
    assert (said.formal, said.given) == (formal, given)


@pytest.mark.parametrize(
    ("name", "title", "country"),
    [
        ("Zhang Wei", "Dr", None),
        ("Nguyễn Thị Minh Khai", "Dr", "VN"),
        ("María García López", "Dra.", "ES"),
        ("J. Robert Smith", "Dr", None),
        ("Abdul Rahman Yusof", "Encik", None),
        ("Jón Sigurdsson", "Dr", "IS"),
        ("张伟", "Dr", None),
        ("Ирина Петрова", "Dr", None),
        ("محمد علي", "Dr", None),
    ],
)
def test_in_doubt_a_title_takes_the_full_name(name: str, title: str, country: str | None) -> None:
    assert address(name, title, country).formal == f"{title} {name}"


@pytest.mark.parametrize("name", ["Zhang Wei", "Kim Lee", "张伟", "Ирина Петрова", "Abdul Rahman Yusof", "De la Cruz"])
def test_in_doubt_the_given_name_is_the_whole_name(name: str) -> None:
    assert address(name, "", None).given == name


@pytest.mark.parametrize(("name", "title"), [("Dr Okafor", ""), ("Okafor", "Dr"), ("Judge Whitfield", "")])
def test_a_single_name_behind_a_title_keeps_it(name: str, title: str) -> None:
    said = address(name, title, None)
    assert said.given == said.formal == (f"{title} {name}" if title else name)


@given(st.text(max_size=60), st.sampled_from(["", "Dr", "Head of X"]), st.sampled_from([None, "MY", "CN", "US"]))
def test_any_name_is_addressed_with_its_own_letters(name: str, title: str, country: str | None) -> None:
    said = address(name, title, country)
    letters = {letter for letter in f"{name}{title}".casefold() if letter.isalpha()}
    assert {letter for letter in f"{said.formal}{said.given}".casefold() if letter.isalpha()} <= letters
