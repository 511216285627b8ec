"""Typed text on screen: what looks like Markdown in it is shown, not obeyed."""

from __future__ import annotations

import re

from debrief.errors import DebriefError

_INLINE = re.compile(r"([\\`*_\[\]<>~$|])")
_DIRECTIVE = re.compile(r":(?=material/|[\w+-]+[:\[\\])|&(?=#?\w+;)")
"""The start of what Streamlit reads as an icon, a colour or an emoji, and of a character entity."""
_BLOCK = re.compile(r"(?m)^([ \t]*)(#|[-+=](?=[ \t-=])|\d+(?=[.)]))")
"""The start of a heading, a list or a rule. Elsewhere these signs stay bare: labels are read aloud as they stand."""


def plain(text: str) -> str:
    """The text for a place that renders Markdown, so that every character comes out as it was typed."""
    escaped = _DIRECTIVE.sub(r"\\\g<0>", _INLINE.sub(r"\\\1", text))
    return _BLOCK.sub(_escape_start, escaped)


def plain_error(error: DebriefError) -> str:
    """What an error says, escaped as well: it may quote the record. A list in it, of rows and reasons, stays a list."""
    sentence, *listed = str(error).splitlines() or [""]
    rest = [f"- {plain(line.removeprefix('- '))}" for line in listed]
    return "\n".join([plain(sentence), "", *rest]) if rest else plain(sentence)


def _escape_start(found: re.Match[str]) -> str:
    """A number keeps its digits and loses its list; the other signs are escaped themselves."""
    return f"{found[1]}{found[2]}\\" if found[2].isdigit() else f"{found[1]}\\{found[2]}"
