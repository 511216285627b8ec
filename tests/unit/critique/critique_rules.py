"""The critique's rules as shipped, read without the rest of the content."""

from __future__ import annotations

from debrief.content import SHIPPED, critique, guides
from debrief.domain.critique import CritiqueRules
from debrief.errors import ContentBroken


def shipped_rules() -> CritiqueRules:
    advice, problems = guides.load(SHIPPED)
    assert advice is not None, problems
    rules, problems = critique.load(SHIPPED, advice)
    if rules is None:
        raise ContentBroken(problems)
    return rules


RULES = shipped_rules()
