"""Test settings for every folder: skips count as failures where that is asked for; no property has a time limit.

DEBRIEF_EXAMPLES says how many examples a property is tried with, 100 if it says nothing; a number that a property names
itself grows and shrinks in step. A night's worth is 100,000.
"""

import os

import pytest
from hypothesis import settings

from tests.examples import ASKED

settings.register_profile("untimed", deadline=None, max_examples=ASKED)
settings.load_profile("untimed")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Under DEBRIEF_NO_SKIPS a test that was skipped for want of a program fails: the build has them all."""
    report = yield
    if report.skipped and os.environ.get("DEBRIEF_NO_SKIPS") and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, which is not allowed here: {report.longrepr}"
    return report
