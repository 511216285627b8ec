"""Which items, questions, rules and templates carry each piece of the guides' advice.

`python -m debrief.content.coverage` writes docs/coverage.md anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from debrief.content import Content, load_content
from debrief.domain.scenarios import cited_in
from debrief.domain.wording import in_words

PAGE = Path(__file__).resolve().parents[2] / "docs" / "coverage.md"


class Part(StrEnum):
    """The parts of the content that can carry advice, as the columns of the table name them."""

    DO = "dos"
    DONT = "don'ts"
    QUESTION = "questions"
    RULE = "critique rules"
    TEMPLATE = "templates"
    ACTIVITY = "workshop"


@dataclass(frozen=True, slots=True)
class Carrier:
    """One thing in the content that carries a piece of advice."""

    part: Part
    id: str


def coverage(content: Content) -> Mapping[str, tuple[Carrier, ...]]:
    """Every advice id of the guides → what carries it; empty for advice that nothing carries."""
    found: dict[str, dict[Carrier, None]] = {advice_id: {} for advice_id in content.guides.advice}
    for carrier, advice in _carriers(content):
        for advice_id in advice:
            found[advice_id][carrier] = None
    return {advice_id: tuple(carriers) for advice_id, carriers in found.items()}


def page(content: Content) -> str:
    """docs/coverage.md: each piece of advice, who says so, and where the product carries it."""
    covered = coverage(content)
    bare = [advice_id for advice_id, carriers in covered.items() if not carriers]
    lines = [
        "# What carries each piece of advice",
        "",
        "Written by `python -m debrief.content.coverage` from the files under content/; a test holds the two together.",
        "",
        f"Pieces of advice: {len(covered)}. Carried by nothing: {in_words(bare) or 'none'}.",
        "",
        f"| id | advice | who says so | {' | '.join(Part)} |",
        "|---" * (3 + len(Part)) + "|",
        *(_row(content, advice_id, carriers) for advice_id, carriers in covered.items()),
    ]
    return "\n".join(lines) + "\n"


def _row(content: Content, advice_id: str, carriers: tuple[Carrier, ...]) -> str:
    advice = content.guides.advice[advice_id]
    cells = [", ".join(f"`{carrier.id}`" for carrier in carriers if carrier.part is part) for part in Part]
    return f"| {advice_id} | {advice.title} | {' '.join(advice.sources)} | {' | '.join(cells)} |"


def _carriers(content: Content) -> Iterator[tuple[Carrier, tuple[str, ...]]]:
    """Everything that names advice, with the ids that it names."""
    for do in content.checklist.dos:
        yield Carrier(Part.DO, do.id), do.advice
    for dont in content.checklist.donts:
        yield Carrier(Part.DONT, dont.id), dont.advice
    for question in content.questionnaire.questions.values():
        yield Carrier(Part.QUESTION, question.id), question.advice
    for rule in content.critique.rules:
        yield Carrier(Part.RULE, rule.id), rule.advice
    for kind, patterns in content.templates.patterns.items():
        for move in (move for pattern in patterns for paragraph in pattern.paragraphs for move in paragraph):
            yield Carrier(Part.TEMPLATE, kind.value), move.advice
    for activity in content.workshops.activities.values():
        for cited in cited_in(activity):
            yield Carrier(Part.ACTIVITY, activity.id), cited.advice


if __name__ == "__main__":
    PAGE.write_text(page(load_content()), encoding="utf-8")
