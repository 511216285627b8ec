"""The mode that this process was started in."""

from __future__ import annotations

import os
import sys

from debrief.mode import Mode, mode_said

__all__ = ["Mode", "mode"]


def mode() -> Mode:
    """Whom this process serves. Raises Refused where its start does not say so clearly."""
    return mode_said(sys.argv[1:], os.environ)
