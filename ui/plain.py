"""Typed text on screen: what looks like Markdown in it is shown, not obeyed."""

from __future__ import annotations

import re

_SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:])")


def plain(text: str) -> str:
    """The text for a place that renders Markdown, so that every character comes out as it was typed."""
    return _SPECIAL.sub(r"\\\1", text)
