"""How many examples properties are tried with."""

from __future__ import annotations

import os

USUAL = 100
ASKED = int(os.environ.get("DEBRIEF_EXAMPLES", USUAL))
"""For a property that names no number of its own."""


def examples(usual: int) -> int:
    """A property's own number, in step with what the environment asks for."""
    return max(1, usual * ASKED // USUAL)
