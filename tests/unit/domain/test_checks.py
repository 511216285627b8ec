"""What a user enters is given back as typed, or refused with a sentence that names what, where and what to do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from debrief.domain.checks import (
    EARLIEST_YEAR,
    LATEST_YEAR,
    LONGEST_LINE,
    LONGEST_TEXT,
    checked_email,
    checked_line,
    checked_not_before,
    checked_not_future,
    checked_text,
    checked_zone,
    end_instant,
    is_zone,
    known_zones,
    required_line,
)
from debrief.errors import Refused

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
LONDON = ZoneInfo("Europe/London")


def refused(check: Callable[[], object]) -> tuple[str, str | None]:
    """The sentence, and the field that it is about."""
    with pytest.raises(Refused) as caught:
        check()
    return str(caught.value), caught.value.field


def test_a_text_is_given_back_exactly_up_to_the_longest() -> None:
    for text in ("", " two\nlines\tand a tab ", "шум 騒音 🎧", "x" * LONGEST_TEXT):
        assert checked_text(text, "The note") == text


def test_a_text_too_long_is_refused_with_its_length() -> None:
    assert refused(lambda: checked_text("x" * (LONGEST_TEXT + 1), "The note", field="notes")) == (
        "The note is 200,001 characters long; up to 200,000 can be kept. "
        "Shorten it or split it in two: nothing of it was saved.",
        "notes",
    )


@pytest.mark.parametrize("sign", ["\x00", "\x08", "\x0b", "\x0c", "\x0e", "\x1f", "\x7f", chr(0xD800), chr(0xDFFF)])
def test_a_control_character_is_refused_with_its_code_and_place(sign: str) -> None:
    assert refused(lambda: checked_text(f"ab{sign}c", "The note", field="notes")) == (
        f"The note holds an invisible control character (U+{ord(sign):04X}) at position 3. "
        "It usually comes from copying: delete it there and save again.",
        "notes",
    )


def test_a_line_loses_the_blanks_around_it_and_has_no_breaks() -> None:
    assert checked_line("  Elm & Co ", "The employer") == "Elm & Co"
    assert checked_line("x" * LONGEST_LINE, "The employer") == "x" * LONGEST_LINE
    assert checked_line("", "The employer") == ""
    for broken in ("Elm\nCo", "Elm\rCo"):
        assert refused(lambda broken=broken: checked_line(broken, "The employer", field="employer")) == (
            "The employer is one line; take the line breaks out.",
            "employer",
        )
    sentence, field = refused(lambda: checked_line("x" * (LONGEST_LINE + 1), "The employer", field="employer"))
    assert sentence.startswith("The employer is 301 characters long; up to 300")
    assert field == "employer"


def test_a_line_that_is_needed_says_something() -> None:
    assert required_line(" Elm ", "The employer") == "Elm"
    assert refused(lambda: required_line("  ", "The employer", field="employer")) == (
        "The employer is empty. Fill it in to go on.",
        "employer",
    )
    assert refused(lambda: required_line("a\nb", "The employer", field="employer"))[1] == "employer"


def test_zones_with_a_place_are_offered_and_all_are_taken() -> None:
    assert list(known_zones()) == sorted(known_zones())
    assert {"Europe/London", "UTC"} <= set(known_zones())
    assert "EST5EDT" not in known_zones()
    assert is_zone("EST5EDT")
    assert checked_zone("Asia/Kuala_Lumpur") == ZoneInfo("Asia/Kuala_Lumpur")
    assert refused(lambda: checked_zone("Moon/Tycho", field="timezone")) == (
        "“Moon/Tycho” is not a known time zone. Choose one such as Europe/London or Asia/Kuala_Lumpur.",
        "timezone",
    )


def test_what_is_logged_has_happened() -> None:
    assert checked_not_future(NOON, NOON, "The answer") == NOON
    assert refused(lambda: checked_not_future(NOON + timedelta(minutes=1), NOON, "The answer", field="at")) == (
        "The answer lies in the future (04 March 2026, 12:01). Log it once it has happened, or mend the time.",
        "at",
    )


def test_what_follows_from_an_interview_is_not_before_its_end() -> None:
    assert checked_not_before(NOON, NOON, "The answer") == NOON
    assert refused(lambda: checked_not_before(NOON - timedelta(minutes=1), NOON, "The answer", field="at")) == (
        "The answer (04 March 2026, 11:59) lies before the interview ended (04 March 2026, 12:00). "
        "Mend the date, or choose the round that it belongs to.",
        "at",
    )


def test_an_address_has_a_name_and_a_place_or_is_empty() -> None:
    for good in ("", "dana@elm.example", "a@b"):
        assert checked_email(f" {good} ") == good
    for bad in ("dana", "@elm", "dana@", "da na@elm", "a@b@c"):
        assert refused(lambda bad=bad: checked_email(bad, field="email")) == (
            f"“{bad}” is not an e-mail address. Mend it or leave it empty.",
            "email",
        )
    assert refused(lambda: checked_email("a\nb", field="email")) == (
        "The e-mail address is one line; take the line breaks out.",
        "email",
    )


def test_a_date_and_a_time_make_the_instant_that_the_zone_shows() -> None:
    for year in (EARLIEST_YEAR, 2026, LATEST_YEAR):
        assert end_instant(date(year, 7, 1), time(9, 30), LONDON) == datetime(year, 7, 1, 9, 30, tzinfo=LONDON)
    for year in (EARLIEST_YEAR - 1, LATEST_YEAR + 1):
        told = refused(lambda year=year: end_instant(date(year, 7, 1), time(9, 30), LONDON))
        assert told == (f"The year {year} cannot be right. Check the date.", "on")


def test_a_time_that_the_clock_skips_is_refused() -> None:
    assert refused(lambda: end_instant(date(2026, 3, 29), time(1, 30), LONDON)) == (
        "On 29 March 2026 the clocks in Europe/London go forward and 01:30 does not exist. "
        "Choose the time that the clock showed.",
        "at",
    )
