"""What an import brings, in sentences, for the page and the command line alike."""

from __future__ import annotations

from debrief.domain.facts import Application, Decision, Fact, Heard, Interview, Person
from debrief.domain.wording import counted, in_words
from debrief.exchange.imports.planning import Tally

_NOUNS: dict[type[Fact], tuple[str, str]] = {
    Application: ("application", "applications"),
    Interview: ("interview", "interviews"),
    Person: ("person", "people"),
    Heard: ("answer", "answers"),
    Decision: ("decision", "decisions"),
}
_MOST_WORDS = 5


def in_short(tally: Tally) -> str:
    """What comes in: "3 applications, 3 interviews and 2 people"; "nothing new" where nothing does."""
    parts = [counted(tally.facts[kind], one, many) for kind, (one, many) in _NOUNS.items() if tally.facts[kind]]
    return in_words(parts) or "nothing new"


def remarks(tally: Tally) -> list[str]:
    """What one should know of these numbers, a sentence each."""
    told = [
        (tally.scheduled, "interview lies ahead and comes", "interviews lie ahead and come", "in as planned."),
        (
            tally.without_a_clock,
            "interview has a day but no time:",
            "interviews have a day but no time:",
            "taken as over at the end of that day.",
        ),
        (tally.joined, "interview joins", "interviews join", "an application that you have already."),
        (
            tally.only_applications,
            "row brings an application without an interview:",
            "rows bring an application without an interview:",
            "log its rounds when they come.",
        ),
    ]
    lines = [f"{counted(count, one, many)} {rest}" for count, one, many, rest in told if count]
    if tally.left_out:
        words = in_words([f"“{word}” ({count:,})" for word, count in tally.left_out.most_common(_MOST_WORDS)])
        lines.append(
            f"{words}: said without a date, or without an interview, so it has no place in the history. "
            "Where there is an interview it is kept in its notes."
        )
    if tally.duplicate_count:
        lines.append(
            f"{counted(tally.duplicate_count, 'row stands', 'rows stand')} there already, and will be left out."
        )
    return lines
