"""Every piece of the guides' advice is carried by something, and docs/coverage.md shows by what."""

from __future__ import annotations

from pathlib import Path

from edited import a_copy, change

from debrief.content import load_content
from debrief.content.coverage import PAGE, Carrier, Part, coverage, page
from debrief.domain.timeline import ADVICE

CONTENT = load_content()


def test_no_piece_of_advice_is_left_without_a_carrier() -> None:
    bare = [advice_id for advice_id, carriers in coverage(CONTENT).items() if not carriers]

    assert bare == []


def test_advice_that_nothing_carries_is_shown_as_such(tmp_path: Path) -> None:
    folder = a_copy(tmp_path)
    change(folder, "en/guides.yaml", "advice:\n", "advice:\n  XX1: { title: New, text: New., sources: [G1] }\n")
    content = load_content(folder)

    assert coverage(content)["XX1"] == ()
    assert "Carried by nothing: XX1." in page(content)


def test_each_part_of_the_content_carries_something() -> None:
    parts = {carrier.part for carriers in coverage(CONTENT).values() for carrier in carriers}

    assert parts == set(Part)


def test_a_carrier_is_named_once() -> None:
    covered = coverage(CONTENT)

    assert Carrier(Part.DONT, "pay") in covered["OC3"]
    assert all(len(set(carriers)) == len(carriers) for carriers in covered.values())


def test_each_step_of_the_timeline_has_a_do_that_carries_its_advice() -> None:
    by_step = {do.step: set(do.advice) for do in CONTENT.checklist.dos if do.step}

    for step, advice in ADVICE.items():
        assert set(advice) <= by_step[step]


def test_the_page_in_docs_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(CONTENT), "run: .venv/bin/python -m debrief.content.coverage"
