"""Everything that the coach says, read from content/ and checked.

Each section is a module here with
`load(folder, guides, language) -> (value | None, problems)`; to add one, give
`Content` a part that imports and calls it. Modules and files of a section are
read when it is first asked for: most pages say little of what there is.
"""
# ruff: noqa: PLC0415 (sections are imported by the parts that need them)

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from debrief.content.overlay import Edited, edited, overlaid, own_folder, strays
from debrief.content.parts import Found, InParts, Part, if_sound
from debrief.domain.advice import Guides
from debrief.errors import ContentBroken, Problem

if TYPE_CHECKING:
    from debrief.domain.checklist import Checklist
    from debrief.domain.critique import CritiqueRules
    from debrief.domain.importing import ImportWords
    from debrief.domain.letters import Templates
    from debrief.domain.questionnaire import Questionnaire
    from debrief.domain.rules import RuleBook
    from debrief.domain.scenarios import Workshops

SHIPPED = Path(__file__).resolve().parents[2] / "content"
"""The content folder that comes with the product."""


class _OtherLetters(NamedTuple):
    by_language: Mapping[str, Templates]
    problems: tuple[Problem, ...]


class Content(InParts):
    """What the coach says, in one language. Asking for a part that is wrong raises ContentBroken."""

    def __init__(self, folder: Path, language: str = "en") -> None:
        super().__init__()
        self.language = language
        self._folder = folder

    @Part
    def guides(self) -> Found[Guides]:
        """The sources, their advice, and where they differ."""
        from debrief.content import guides

        return guides.load(self._folder, self.language)

    @Part
    def templates(self) -> Found[Templates]:
        """The letters in the coach's own language."""
        from debrief.content import templates

        return templates.load(self._folder, self._known(), self.language)

    @Part
    def critique(self) -> Found[CritiqueRules]:
        """What is looked for in a letter."""
        from debrief.content import critique

        return critique.load(self._folder, self._known(), self.language)

    @Part
    def checklist(self) -> Found[Checklist]:
        """What to do after an interview, and what to leave alone."""
        from debrief.content import checklist

        return checklist.load(self._folder, self._known(), self.language)

    @Part
    def questionnaire(self) -> Found[Questionnaire]:
        """What a reflection asks."""
        from debrief.content import questionnaire

        return questionnaire.load(self._folder, self._known(), self.language)

    @Part
    def rules(self) -> Found[RuleBook]:
        """House rules. Files of a centre's own that are wrong are left out, and listed in its `problems`."""
        from debrief.content import rules

        return rules.load(self._folder, self.language)

    @Part
    def imports(self) -> Found[ImportWords]:
        """The words by which a table that is read in is understood."""
        from debrief.content import imports

        return imports.load(self._folder, self.language)

    @Part
    def workshops(self) -> Found[Workshops]:
        """The activities of workshops, and their order."""
        from debrief.content import scenarios

        critique = if_sound(lambda: self.critique)
        return scenarios.load(self._folder, self._known(), critique, self.language)

    @Part
    def _other_letters(self) -> Found[_OtherLetters]:
        from debrief.content import templates

        return _OtherLetters(*templates.load_others(self._folder, self._known(), self.language)), ()

    @property
    def letters(self) -> Mapping[str, Templates]:
        """The templates of every language that notes can be written in, by language; first the coach's own."""
        return {self.language: self.templates, **self._other_letters.by_language}

    @property
    def letters_problems(self) -> tuple[Problem, ...]:
        """What is missing or wrong in the letters of other languages; the sound kinds of note are used all the same."""
        return self._other_letters.problems

    def whole(self) -> Content:
        """The same, with all its parts read. Raises ContentBroken with every mistake in all files."""
        problems = self.problems()
        if problems:
            book = if_sound(lambda: self.rules)
            raise ContentBroken((*problems, *(book.problems if book else ())))
        return self

    def _known(self) -> Guides:
        """The guides for those who cite them."""
        return if_sound(lambda: self.guides) or Guides()


def content_folder() -> Path:
    """The shipped content, with the files of the centre's own folder over it where DEBRIEF_CONTENT names one."""
    return overlaid(SHIPPED, own_folder(os.environ))


def content_edited() -> Edited:
    """What tells that content files have changed."""
    own = own_folder(os.environ)
    return (*edited(SHIPPED), *(edited(own) if own else ()))


def open_content(folder: Path | None = None, language: str = "en") -> Content:
    """The content of `folder` (default: `content_folder()`), of which nothing has been read yet."""
    return Content(folder or content_folder(), language)


def load_content(folder: Path | None = None, language: str = "en") -> Content:
    """The same, all of it. Raises ContentBroken with every mistake in all files."""
    return open_content(folder, language).whole()


def check(folder: Path | None = None, language: str = "en") -> tuple[Problem, ...]:
    """Every mistake in the content files of `folder`, or in those in use; empty when all is well."""
    astray = () if folder else strays(SHIPPED, own_folder(os.environ))
    try:
        content = load_content(folder, language)
        return (*astray, *content.rules.problems, *content.letters_problems)
    except ContentBroken as broken:
        return (*astray, *broken.problems)
