"""The log tells kinds and places of errors and leaves out their words."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

from debrief.errors import Refused, StoreBroken
from ui.doors.discreet_log import keep_the_log_discreet, told_without_words

TYPED = "Zymurgine Rail"


@pytest.fixture
def log(request: pytest.FixtureRequest) -> Iterator[logging.Logger]:
    """A discreet logger of the test's own: other tests' programs switch off those that there are."""
    before = logging.getLogRecordFactory()
    keep_the_log_discreet()
    yield logging.getLogger(request.node.name)
    logging.setLogRecordFactory(before)


def fail() -> None:
    try:
        {}[TYPED]
    except KeyError as error:
        raise Refused(f"{TYPED} is not among your employers.") from error


def failed() -> Refused:
    with pytest.raises(Refused) as caught:
        fail()
    return caught.value


def test_a_logged_error_is_told_by_kind_place_and_cause_without_its_words(
    log: logging.Logger, caplog: pytest.LogCaptureFixture
) -> None:
    log.error("a page failed", exc_info=failed())
    try:
        fail()
    except Refused:
        log.exception("another one")
    assert TYPED not in caplog.text
    assert caplog.text.count("debrief.errors.Refused") == 2
    assert caplog.text.index("KeyError") < caplog.text.index("debrief.errors.Refused")
    assert "in fail" in caplog.text


def test_an_error_filled_into_a_line_is_told_by_its_kind(log: logging.Logger, caplog: pytest.LogCaptureFixture) -> None:
    log.warning("could not read: %s", ValueError(TYPED))
    assert caplog.messages == ["could not read: ValueError"]


def test_our_own_sentences_about_the_record_are_told(log: logging.Logger, caplog: pytest.LogCaptureFixture) -> None:
    log.error("the record cannot be used: %s", StoreBroken("The disk is full."))
    assert caplog.messages == ["the record cannot be used: The disk is full."]


def test_lines_without_errors_are_as_they_were(log: logging.Logger, caplog: pytest.LogCaptureFixture) -> None:
    log.info("plain")
    log.warning("%(a)s and %(b)d", {"a": 1, "b": 2})
    log.error("no error after all", exc_info=(None, None, None))
    assert caplog.messages == ["1 and 2", "no error after all"]


def test_errors_that_lead_to_each_other_in_a_circle_are_told_once() -> None:
    first, second = ValueError(TYPED), TypeError(TYPED)
    first.__cause__, second.__cause__ = second, first
    told = told_without_words(first)
    assert (told.count("ValueError"), told.count("TypeError")) == (1, 1)


def test_a_cause_that_was_put_aside_is_not_told() -> None:
    with pytest.raises(ValueError, match="aside") as caught:
        put_aside()
    assert "KeyError" not in told_without_words(caught.value)


def put_aside() -> None:
    try:
        {}[TYPED]
    except KeyError:
        raise ValueError("aside") from None
