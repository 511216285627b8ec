"""A folder of letters in another language is picked up as it stands; what is missing in it is said."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from edited import a_copy, change, shipped_guides

from debrief.content import Content, check, load_content
from debrief.content.templates import load_others
from debrief.desk.brief import Brief
from debrief.desk.composer import compose
from debrief.domain.facts import Channel, MessageKind, Person
from debrief.domain.letters import Templates, Tone
from debrief.errors import Problem

LANGUAGES = Path(__file__).parents[2] / "fixtures" / "languages"
BRIEF = Brief(
    kind=MessageKind.THANK_YOU,
    employer="Nordlicht GmbH",
    role="Datenanalystin",
    recipient=Person(name="Jürgen Müller", employer="Nordlicht"),
    sender="Amina Yusuf",
    topics=("das Leitsystem",),
)


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Content:
    """The shipped content with the letters of a second language beside them."""
    return load_content(with_german(tmp_path_factory.mktemp("languages")))


def with_german(folder: Path) -> Path:
    place = a_copy(folder)
    shutil.copytree(LANGUAGES / "de", place / "de")
    return place


def others(folder: Path) -> tuple[Mapping[str, Templates], tuple[Problem, ...]]:
    """The other languages alone: reading everything else takes its time."""
    return load_others(folder, shipped_guides(), "en")


def test_the_second_language_is_there_under_its_own_name(content: Content) -> None:
    names = {language: templates.phrases.language for language, templates in content.letters.items()}

    assert names == {"en": "English", "de": "Deutsch"}
    assert list(content.letters["de"].patterns) == [MessageKind.THANK_YOU]
    assert content.language == "en"


@pytest.mark.parametrize("tone", list(Tone))
@pytest.mark.parametrize("channel", list(Channel))
def test_a_note_is_written_in_it(content: Content, tone: Tone, channel: Channel) -> None:
    draft = compose(replace(BRIEF, tone=tone, channel=channel), content.letters["de"])

    assert draft.body.startswith("Guten Tag Jürgen Müller,")
    assert "ielen Dank" in draft.body
    if channel is Channel.EMAIL:
        assert "ein Thema: das Leitsystem." in draft.body
        assert "die Stelle „Datenanalystin“ bei Nordlicht " in draft.body


def test_what_is_missing_in_it_is_said_file_by_file_and_hinders_nobody(content: Content) -> None:
    problems = content.letters_problems

    assert {problem.file for problem in problems} == {
        f"de/templates/{kind}.yaml" for kind in MessageKind if kind is not MessageKind.THANK_YOU
    }
    assert {problem.expected for problem in problems} == {"this file is missing"}


def test_checking_the_content_tells_what_another_language_lacks(tmp_path: Path) -> None:
    assert {problem.file.split("/")[0] for problem in check(with_german(tmp_path))} == {"de"}


def test_a_key_that_is_missing_in_its_common_file_is_said_and_the_language_waits(tmp_path: Path) -> None:
    folder = with_german(tmp_path)
    change(folder, "de/templates/common.yaml", "  as_well_as: sowie\n", "")

    letters, problems = others(folder)

    assert letters == {}
    assert any(one.file == "de/templates/common.yaml" and "as_well_as" in one.expected for one in problems)


def test_a_wrong_letter_leaves_its_kind_out_and_keeps_the_others(tmp_path: Path) -> None:
    folder = with_german(tmp_path)
    shutil.copy(folder / "en/templates/check_in.yaml", folder / "de/templates/check_in.yaml")
    change(folder, "de/templates/thank_you.yaml", "{{ topic }}", "{{ thema }}")

    letters, problems = others(folder)

    assert list(letters["de"].patterns) == [MessageKind.CHECK_IN]
    assert any("thema" in problem.expected for problem in problems)
