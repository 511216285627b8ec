"""Fills slots into a text of the content: in a sandbox, and strictly, so that a lacking slot is an error, not a gap."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from jinja2 import StrictUndefined, Template
from jinja2.sandbox import SandboxedEnvironment

# Letters are plain text: nothing is escaped, since nothing is HTML.
_ENVIRONMENT = SandboxedEnvironment(undefined=StrictUndefined, autoescape=False)


def render(text: str, slots: Mapping[str, str]) -> str:
    """The text with its slots filled. What the user typed is filled in as text and never read as a template."""
    return _compiled(text).render(slots)


@lru_cache(maxsize=2048)
def _compiled(text: str) -> Template:
    return _ENVIRONMENT.from_string(text)
