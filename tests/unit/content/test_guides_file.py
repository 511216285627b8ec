"""guides.yaml holds every piece of advice with its sources, and every point on which the guides differ."""

from __future__ import annotations

from pathlib import Path

import pytest
from edited import a_copy, change, shipped_guides

from debrief.content import guides as section

GUIDES = shipped_guides()

TITLES = {
    "G1": ("Post-Interview Etiquette: Navigating the Next Steps with Professionalism", "Solvnex, 2023"),
    "G2": ("Post-interview etiquette: Navigating dos and don'ts for success", "The Star"),
    "G3": ("A guide to interview follow-up etiquette", "publisher unknown"),
    "G4": ("Dos and don'ts of post-interview etiquette", "publisher unknown"),
    "G5": ("Post-Interview Guide for Job Seekers: Dos and Don'ts", "publisher unknown"),
}
ADVICE = {
    "TY1": "G1 G2 G3 G4 G5",
    "TY2": "G1 G2 G3",
    "TY3": "G1 G3 G4 G5",
    "TY4": "G5",
    "TY5": "G2 G3 G4",
    "TY6": "G2",
    "TY7": "G2 G3",
    "TY8": "G2",
    "TY9": "G4",
    "RF1": "G2 G1",
    "RF2": "G1 G3",
    "RF3": "G3",
    "RF4": "G3",
    "RF5": "G3",
    "RF6": "G3",
    "RF7": "G1 G2 G4",
    "RF8": "G1 G4",
    "RF9": "G5",
    "FU1": "G2 G5",
    "FU2": "G3 G1",
    "FU3": "G1 G2 G3 G5",
    "FU4": "G1 G5",
    "FU5": "G3 G2",
    "FU6": "G1 G2 G3 G4 G5",
    "FU7": "G2 G3 G4 G5",
    "FU8": "G5",
    "FU9": "G5",
    "FU10": "G1 G2",
    "FU11": "G2 G3",
    "SN1": "G5 G2",
    "SN2": "G4",
    "SN3": "G1",
    "SN4": "G2",
    "OC1": "G1 G2 G3 G4",
    "OC2": "G2 G3 G4",
    "OC3": "G5",
    "OC4": "G5",
    "OC5": "G1 G2 G5",
}
"""The five guides' advice and who says it: what the product coaches by."""


@pytest.mark.parametrize("advice_id", ADVICE)
def test_each_piece_of_advice_is_there_with_those_who_say_so(advice_id: str) -> None:
    advice = GUIDES.advice[advice_id]

    assert set(advice.sources) == set(ADVICE[advice_id].split())
    assert advice.title
    assert advice.text.endswith((".", "?"))


def test_there_is_no_other_advice_without_a_guide_behind_it() -> None:
    others = set(GUIDES.advice) - set(ADVICE)

    assert all(GUIDES.advice[advice_id].sources == ("house",) for advice_id in others)


def test_the_guides_are_named_as_published() -> None:
    named = {key: (source.title, source.publisher) for key, source in GUIDES.sources.items() if key != "house"}

    assert named == TITLES
    assert "house" in GUIDES.sources


def test_the_five_points_of_difference_name_both_sides() -> None:
    assert len(GUIDES.differences) == 5
    for difference in GUIDES.differences:
        assert len(difference.views) >= 2
        assert set(difference.rules) == {"standard", "gentle"}
        said = {key for view in difference.views for key in view.sources}
        advised = {key for advice_id in difference.advice for key in GUIDES.advice[advice_id].sources}
        assert said <= advised


@pytest.mark.parametrize(
    ("advice_id", "about"),
    [
        ("FU3", "first-check-in"),
        ("FU5", "how-many-check-ins"),
        ("RF8", "asking-for-feedback"),
        ("SN1", "connecting-online"),
        ("TY1", "is-a-thank-you-needed"),
    ],
)
def test_a_difference_is_found_from_the_advice_it_is_about(advice_id: str, about: str) -> None:
    assert [difference.id for difference in GUIDES.differences_on([advice_id])] == [about]
    assert GUIDES.differences_on(["TY9"]) == ()


def test_sources_are_named_once_and_in_the_order_of_the_guides() -> None:
    assert [source.key for source in GUIDES.sources_of(["OC3", "SN3", "TY2"])] == ["G1", "G2", "G3", "G5"]


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("sources: [G5]", "sources: [G7]", "advice.TY4.sources[0]"),
        ("advice: [FU3]", "advice: [FU33]", "differences.first-check-in.advice[0]"),
        ("sources: [G2, G3, G5]", "sources: [G2, G3, G55]", "differences.first-check-in.views[0].sources[2]"),
    ],
)
def test_a_name_that_points_nowhere_is_a_mistake(tmp_path: Path, old: str, new: str, key: str) -> None:
    content = a_copy(tmp_path)
    line = change(content, "en/guides.yaml", old, new)

    found, problems = section.load(content)

    assert found is None
    assert [(problem.file, problem.line, problem.key) for problem in problems] == [("en/guides.yaml", line, key)]


def test_advice_without_a_source_is_a_mistake(tmp_path: Path) -> None:
    content = a_copy(tmp_path)
    line = change(content, "en/guides.yaml", "sources: [G5]", "sources: []")

    (problem,) = section.load(content)[1]

    assert (problem.line, problem.key) == (line, "advice.TY4.sources")
    assert "at least 1" in problem.expected
