"""Times and lists in words: "due in 5 h", "late by 2 days", "opens on Tuesday 3 March", "1 hour ago".

Everything is rounded down, so that a wait is never said to be longer than it
is. Dates are those of the zone that the given time carries.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta

from debrief.domain.clock import LAST_SECOND
from debrief.domain.facts import MessageKind
from debrief.domain.terms import Proof
from debrief.domain.timeline import Step, StepState

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
HOURS_UNTIL = 2 * DAY
"""From here on a time ahead is counted in days, before in hours."""

NOTE_NAMES = {
    MessageKind.THANK_YOU: "thank-you",
    MessageKind.CHECK_IN: "check-in",
    MessageKind.LAST_MESSAGE: "last message",
    MessageKind.SEND_MATERIAL: "material",
    MessageKind.REJECTION_REPLY: "reply to the rejection",
    MessageKind.FEEDBACK_REQUEST: "request for feedback",
    MessageKind.CONNECT: "connection request",
    MessageKind.KEEP_IN_TOUCH: "note to keep in touch",
    MessageKind.WITHDRAW: "withdrawal",
    MessageKind.OFFER_REPLY: "reply to the offer",
}
"""What each kind of note is called in the middle of a sentence."""


def in_words(items: Sequence[str], last: str = "and") -> str:
    """A list as a sentence has it: "Dana", "Dana and Amir", "Dana, Amir and Li Na"."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def counted(count: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 day", "3 days"; `many` where the plural is irregular."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def told_apart(names: Mapping[str, str]) -> dict[str, str]:
    """Names by key, numbered where several are the same: "Acme · Panel", "Acme · Panel (2)".

    A browser knows an option of a list by its name alone: of two that are the same only the first could be chosen.
    """
    told: dict[str, str] = {}
    taken: set[str] = set()
    for key, name in names.items():
        number, unique = 1, name
        while unique in taken:
            number += 1
            unique = f"{name} ({number})"
        taken.add(unique)
        told[key] = unique
    return told


def span(length: timedelta) -> str:
    """A length of time in a short form: "less than a minute", "20 min", "5 h", "2 days"."""
    if length < MINUTE:
        return "less than a minute"
    if length < HOUR:
        return f"{length // MINUTE} min"
    if length < HOURS_UNTIL:
        return f"{length // HOUR} h"
    return counted(length // DAY, "day")


def ago(at: datetime, now: datetime) -> str:
    """How long ago something happened: "just now", "20 minutes ago", "1 hour ago", "3 days ago"."""
    passed = _between(at, now)
    if passed < MINUTE:
        return "just now"
    if passed < HOUR:
        return f"{counted(passed // MINUTE, 'minute')} ago"
    if passed < DAY:
        return f"{counted(passed // HOUR, 'hour')} ago"
    return f"{counted(passed // DAY, 'day')} ago"


def day_in_words(day: date, today: date) -> str:
    """A date: "today", "tomorrow", "yesterday", "Tuesday 3 March", with the year where it is not this one."""
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}.get((day - today).days)
    return near or date_in_words(day, today)


def date_in_words(day: date, today: date) -> str:
    """A date by its name: "Tuesday 3 March", with the year where it is not this one."""
    year = f" {day.year}" if day.year != today.year else ""
    return f"{day:%A} {day.day} {day:%B}{year}"


def moment_in_words(at: datetime, now: datetime) -> str:
    """Date and time on the clock that `at` carries: "Tuesday 3 March, 14:02"."""
    return f"{date_in_words(at.date(), _today(at, now))}, {at:%H:%M}"


def step_in_words(step: Step, now: datetime) -> str:
    """Where a step stands, for a line beside its title: "due in 5 h", "late by 2 days", "done 1 hour ago"."""
    words = "any time now"
    match step:
        case Step(state=StepState.UPCOMING):
            words = opens_in_words(step.opens, now)
        case Step(state=StepState.OPEN, due=datetime() as due):
            words = f"due in {span(_between(now, due))}"
        case Step(state=StepState.LATE, due=datetime() as due):
            words = f"late by {span(_between(due, now))}"
        case Step(state=StepState.MISSED, closes=datetime() as closes):
            words = f"closed on {date_in_words(closes.date(), _today(closes, now))}"
        case Step(state=StepState.DONE, done_by=Proof() as proof):
            words = f"done {ago(proof.at, now)}"
        case Step(state=StepState.OFF):
            words = "no longer needed"
        case _:
            pass
    return words


def opens_in_words(opens: datetime, now: datetime) -> str:
    """When a step can be taken: "opens tomorrow", "opens on Tuesday 3 March"."""
    day = day_in_words(opens.date(), _today(opens, now))
    return f"opens {day}" if " " not in day else f"opens on {day}"


def window_in_words(step: Step, now: datetime) -> str:
    """The whole window with its dates, for the line that unfolds.

    "From Tuesday 3 March, best by Thursday 5 March, at the latest by Tuesday 17 March"; with the time of day where the
    window does not begin and end with a day.
    """
    parts = [f"From {_edge_in_words(step.opens, now, time.min)}"]
    if step.due:
        parts.append(f"best by {_edge_in_words(step.due, now, LAST_SECOND)}")
    if step.closes:
        parts.append(f"at the latest by {_edge_in_words(step.closes, now, LAST_SECOND)}")
    return ", ".join(parts)


def _edge_in_words(at: datetime, now: datetime, of_the_day: time) -> str:
    """The edge of a window: the date alone where it is the edge of that day, too."""
    return date_in_words(at.date(), _today(at, now)) if at.time() == of_the_day else moment_in_words(at, now)


def _today(at: datetime, now: datetime) -> date:
    """The date of `now` on the clock that `at` carries."""
    return now.astimezone(at.tzinfo).date()


def _between(start: datetime, end: datetime) -> timedelta:
    """Elapsed time, whatever the clocks do in between."""
    return end.astimezone(UTC) - start.astimezone(UTC)
