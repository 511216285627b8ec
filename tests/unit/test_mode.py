"""How a process learns whom it serves."""

from __future__ import annotations

import pytest

from debrief.errors import Refused
from debrief.mode import Mode, mode_said


@pytest.mark.parametrize(
    ("arguments", "environment", "mode"),
    [
        ([], {}, Mode.LOCAL),
        ([], {"DEBRIEF_MODE": ""}, Mode.LOCAL),
        (["--workshop"], {}, Mode.WORKSHOP),
        (["--workshop"], {"DEBRIEF_MODE": "workshop"}, Mode.WORKSHOP),
        ([], {"DEBRIEF_MODE": " Workshop "}, Mode.WORKSHOP),
        ([], {"DEBRIEF_MODE": "server"}, Mode.SERVER),
    ],
)
def test_the_start_says_whom_the_process_serves(arguments: list[str], environment: dict[str, str], mode: Mode) -> None:
    assert mode_said(arguments, environment) is mode


@pytest.mark.parametrize(
    ("arguments", "named", "told"),
    [([], "seminar", "seminar"), (["--workshop"], "local", "contradict"), (["--workshop"], "server", "contradict")],
)
def test_an_unclear_start_is_refused_rather_than_guessed(arguments: list[str], named: str, told: str) -> None:
    with pytest.raises(Refused, match=told):
        mode_said(arguments, {"DEBRIEF_MODE": named})
