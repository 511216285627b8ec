"""Everything that the coach says, read from content/ and checked.

Each section is a module here with
`load(folder, guides, language) -> (value | None, problems)`; to add one,
import it, give `Content` a field and `load_content` a line.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar, cast

from debrief.content import checklist as checklist_section
from debrief.content import critique as critique_section
from debrief.content import guides as guides_section
from debrief.content import imports as imports_section
from debrief.content import questionnaire as questionnaire_section
from debrief.content import rules as rules_section
from debrief.content import scenarios as scenarios_section
from debrief.content import templates as templates_section
from debrief.content.overlay import Edited, edited, overlaid, own_folder, strays
from debrief.domain.advice import Guides
from debrief.domain.checklist import Checklist
from debrief.domain.critique import CritiqueRules
from debrief.domain.importing import ImportWords
from debrief.domain.letters import Templates
from debrief.domain.questionnaire import Questionnaire
from debrief.domain.rules import RuleBook
from debrief.domain.scenarios import Workshops
from debrief.errors import ContentBroken, Problem

SHIPPED = Path(__file__).resolve().parents[2] / "content"
"""The content folder that comes with the product."""

SectionT = TypeVar("SectionT")


@dataclass(frozen=True, slots=True)
class Content:
    """What the coach says, in one language. Read once; it does not change while the app runs."""

    language: str
    guides: Guides
    critique: CritiqueRules
    checklist: Checklist
    questionnaire: Questionnaire
    rules: RuleBook
    """House rules. Files of a centre's own that are wrong are left out, and listed in its `problems`."""
    templates: Templates
    letters: Mapping[str, Templates]
    """The templates of every language that notes can be written in, by language; first the coach's own."""
    letters_problems: tuple[Problem, ...]
    """What is missing or wrong in the letters of other languages; the sound kinds of note are used all the same."""
    imports: ImportWords
    workshops: Workshops


def content_folder() -> Path:
    """The shipped content, with the files of the centre's own folder over it where DEBRIEF_CONTENT names one."""
    return overlaid(SHIPPED, own_folder(os.environ))


def content_edited() -> Edited:
    """What tells that content files have changed."""
    own = own_folder(os.environ)
    return (*edited(SHIPPED), *(edited(own) if own else ()))


def load_content(folder: Path | None = None, language: str = "en") -> Content:
    """The content of `folder` (default: `content_folder()`). Raises ContentBroken with every mistake in all files."""
    place = folder or content_folder()
    found: list[Problem] = []

    def take(section: tuple[SectionT | None, tuple[Problem, ...]]) -> SectionT:
        """The section's value; where it is None, `found` is not empty and nothing will be handed out."""
        value, problems = section
        found.extend(problems)
        return cast("SectionT", value)

    guides = take(guides_section.load(place, language)) or Guides()
    book, mistakes_in_rules = rules_section.load(place, language)
    templates = take(templates_section.load(place, guides, language))
    others, mistakes_in_letters = templates_section.load_others(place, guides, language)
    critique = take(critique_section.load(place, guides, language))
    content = Content(
        language=language,
        guides=guides,
        critique=critique,
        checklist=take(checklist_section.load(place, guides, language)),
        questionnaire=take(questionnaire_section.load(place, guides, language)),
        rules=take((book, mistakes_in_rules)),
        templates=templates,
        letters={language: templates, **others},
        letters_problems=mistakes_in_letters,
        imports=take(imports_section.load(place, language)),
        workshops=take(scenarios_section.load(place, guides, critique, language)),
    )
    if found:
        raise ContentBroken((*found, *(book.problems if book else ())))
    return content


def check(folder: Path | None = None, language: str = "en") -> tuple[Problem, ...]:
    """Every mistake in the content files of `folder`, or in those in use; empty when all is well."""
    astray = () if folder else strays(SHIPPED, own_folder(os.environ))
    try:
        content = load_content(folder, language)
        return (*astray, *content.rules.problems, *content.letters_problems)
    except ContentBroken as broken:
        return (*astray, *broken.problems)
