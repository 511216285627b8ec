"""The shipped house rules, read once for all tests of what they lead to."""

from debrief.content import SHIPPED
from debrief.content.rules import load
from debrief.domain.rules import RuleBook


def _shipped() -> RuleBook:
    book, problems = load(SHIPPED)
    assert book is not None, problems
    return book


BOOK = _shipped()
