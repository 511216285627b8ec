"""What the facts are called in files that people read."""

from __future__ import annotations

from datetime import date, datetime

from debrief.domain.courses import Status
from debrief.domain.facts import Channel, DecisionKind, Focus, Format, Word
from debrief.domain.wording import NOTE_NAMES

STATUS = {
    Status.WAITING: "Waiting for an answer",
    Status.REJECTED: "Rejected",
    Status.OFFER: "Offer received",
    Status.ADVANCED: "Invited to the next round",
    Status.ACCEPTED: "Offer accepted",
    Status.DECLINED: "Offer declined",
    Status.WITHDREW: "Withdrawn",
    Status.LET_GO: "Let go after no answer",
    Status.SCHEDULED: "Still to come",
    Status.CANCELLED: "Cancelled",
    Status.NO_SHOW: "Nobody came",
}
FORMAT = {Format.PHONE: "Phone", Format.VIDEO: "Video", Format.ON_SITE: "On site", Format.WRITTEN: "In writing"}
FOCUS = {
    Focus.CONVERSATION: "Conversation",
    Focus.TECHNICAL: "Technical",
    Focus.CASE: "Case study",
    Focus.PRESENTATION: "Presentation",
    Focus.ASSESSMENT: "Assessment",
    Focus.GROUP: "Group",
}
KIND = {kind: name[0].upper() + name[1:] for kind, name in NOTE_NAMES.items()}
CHANNEL = {Channel.EMAIL: "e-mail", Channel.LINKEDIN: "LinkedIn"}
WORD = {
    Word.UPDATE: "They sent an update",
    Word.REQUEST: "They asked for something",
    Word.ADVANCED: "They invited to the next round",
    Word.REJECTED: "They said no",
    Word.OFFER: "They made an offer",
}
DECISION = {
    DecisionKind.ACCEPTED: "Accepted the offer",
    DecisionKind.DECLINED: "Declined the offer",
    DecisionKind.WITHDREW: "Withdrew",
    DecisionKind.LET_GO: "Let go",
}


def day(day: date) -> str:
    """A date in full: "Thursday 5 March 2026"."""
    return f"{day:%A} {day.day} {day:%B} {day:%Y}"


def short_day(day: date) -> str:
    """A date for a line in small print: "5 March 2026"."""
    return f"{day.day} {day:%B} {day:%Y}"


def day_in_table(day: date) -> str:
    """A date for a table: "5 Mar 2026"."""
    return f"{day.day} {day:%b} {day:%Y}"


def moment(local: datetime) -> str:
    """A date and time in full, on the clock that `local` carries: "Thursday 5 March 2026, 14:02"."""
    return f"{day(local.date())}, {local:%H:%M}"


def short_moment(local: datetime) -> str:
    """A date and time for a table, on the clock that `local` carries: "Thu 5 Mar 2026, 14:02"."""
    return f"{local:%a} {day_in_table(local.date())}, {local:%H:%M}"
