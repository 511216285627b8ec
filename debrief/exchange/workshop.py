"""The papers of a workshop, free of any file format: a worksheet before, a handout after, a summary without names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from string import ascii_uppercase

from debrief.domain.advice import Guides, Source
from debrief.domain.room import FEWEST, Room, Tally, most_missed, tally
from debrief.domain.scenarios import (
    Activity,
    LetterExercise,
    LookBack,
    Programme,
    Scenario,
    Verdict,
    Workshops,
    cited_in,
)
from debrief.domain.wording import counted, in_words
from debrief.exchange.document import Block, Bullets, Document, Fields, Paragraph, Section, Subheading, Table

ROOM_TO_WRITE = "\n\n\n"
VERDICTS = {
    Verdict.SOUND: "Sound",
    Verdict.DEBATED: "It depends",
    Verdict.COSTLY: "Costly",
}
"""What the guides make of a choice, in a word."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A programme with its activities in order."""

    programme: Programme
    activities: tuple[Activity, ...]

    @property
    def minutes(self) -> int:
        """How long it takes."""
        return sum(activity.minutes for activity in self.activities)


def plan_of(workshops: Workshops, programme_id: str) -> Plan:
    """The plan of a programme. Raises KeyError where there is none of this id."""
    programme = next((one for one in workshops.programmes if one.id == programme_id), None)
    if programme is None:
        raise KeyError(programme_id)
    return Plan(programme, workshops.of(programme))


def worksheet(plan: Plan) -> Document:
    """To print before: every situation with its choices and room to write, and nothing that gives an answer away."""
    return Document(
        title="After the interview: worksheet",
        subtitle=_subtitle(plan),
        sections=tuple(
            Section(activity.id, f"{number}. {activity.title}", tuple(_to_work_on(activity)))
            for number, activity in enumerate(plan.activities, 1)
        ),
        stem=f"Worksheet {plan.programme.title}",
    )


def handout(plan: Plan, guides: Guides) -> Document:
    """To take home: what the guides make of every choice and why, who says so, and where they differ."""
    sections = [
        Section(activity.id, f"{number}. {activity.title}", tuple(_explained(activity)))
        for number, activity in enumerate(plan.activities, 1)
    ]
    cited = [one.advice for activity in plan.activities for one in cited_in(activity)]
    ids = dict.fromkeys(advice for advice in guides.advice if any(advice in some for some in cited))
    advice = [guides.advice[one] for one in ids]
    sections.append(
        Section(
            "advice",
            "The advice in short",
            (Fields(tuple((one.title, f"{one.text} ({_named(guides.sources_of([one.id]))})") for one in advice)),),
        )
    )
    differences = guides.differences_on(ids)
    if differences:
        sections.append(
            Section(
                "differ",
                "Where the guides differ",
                tuple(
                    block
                    for note in differences
                    for block in (
                        Subheading(note.about),
                        Bullets(tuple(f"{_names(guides, view.sources)}: {view.says}" for view in note.views)),
                    )
                ),
            )
        )
    return Document(
        title="After the interview: to take home",
        subtitle=_subtitle(plan),
        sections=tuple(sections),
        stem=f"Handout {plan.programme.title}",
    )


def room_summary(plan: Plan, room: Room, guides: Guides, made_at: datetime) -> Document:
    """For the centre's files: how many came, what the room answered, what it missed. No names, no figure under five."""
    missed = most_missed(room, plan.activities)
    sections = [
        Section(
            "room",
            "The room",
            (
                Fields(
                    (
                        ("Workshop", plan.programme.title),
                        ("Took part", _how_many(len(room.seats))),
                        ("Steps opened", f"{len(room.opened)} of {len(room.agenda)}"),
                    )
                ),
                Paragraph(f"Figures are shown from {FEWEST} answers on. Names were never asked."),
            ),
        ),
        Section("missed", "What the room missed most", tuple(_missed_blocks(room, plan, guides))) if missed else None,
        *(
            Section(activity.id, activity.title, tuple(_answers(activity, tally(room, activity.id))))
            for activity in plan.activities
            if activity.id in room.opened
        ),
    ]
    return Document(
        title="Workshop: summary",
        subtitle=plan.programme.title,
        sections=tuple(section for section in sections if section is not None),
        made_at=made_at,
        stem=f"Workshop summary {made_at:%Y-%m-%d}",
    )


def letters_of(scenario: Scenario) -> Iterator[tuple[str, str]]:
    """The ids of the choices with the capital letters under which people see them."""
    return ((choice.id, letter) for choice, letter in zip(scenario.choices, ascii_uppercase, strict=False))


def entries_of(activity: Activity) -> tuple[tuple[str, str], ...]:
    """What the room's figures are about: ids with their words."""
    match activity:
        case Scenario(choices=choices):
            letters = dict(letters_of(activity))
            return tuple((choice.id, f"{letters[choice.id]}. {choice.text}") for choice in choices)
        case LetterExercise(faults=faults):
            return tuple(faults.items())
        case LookBack(noticings=noticings):
            return tuple((noticing.id, noticing.short) for noticing in noticings)


def counted_in(activity: Activity) -> str:
    """What the figures of an activity count."""
    match activity:
        case Scenario():
            return "Would do this"
        case LetterExercise():
            return "Still in the letter"
        case LookBack():
            return "Noticed it"


def _subtitle(plan: Plan) -> str:
    return f"{plan.programme.title} · {counted(plan.minutes, 'minute')}"


def _to_work_on(activity: Activity) -> Iterator[Block]:
    yield Paragraph(activity.situation)
    match activity:
        case Scenario(question=question):
            yield Subheading(question)
            yield Bullets(tuple(text for _, text in entries_of(activity)))
            yield Table(("My choice", "Because"), (("", ROOM_TO_WRITE),))
        case LetterExercise(letter=letter):
            yield Subheading("The draft")
            yield Paragraph(f"Subject: {letter.subject or '(empty)'}\n\n{letter.body}")
            yield Table(("My version",), ((ROOM_TO_WRITE * 4,),))
        case LookBack(lines=lines, noticings=noticings):
            yield Fields(lines)
            yield Table(("Question", "What I notice"), tuple((one.question, ROOM_TO_WRITE) for one in noticings))


def _explained(activity: Activity) -> Iterator[Block]:
    yield Paragraph(activity.situation)
    match activity:
        case Scenario(choices=choices):
            letters = dict(letters_of(activity))
            rows = tuple(
                (f"{letters[one.id]}. {one.text}", VERDICTS[one.verdict], f"{one.feedback} ({_named(one.sources)})")
                for one in choices
            )
            yield Table(("Choice", "The guides", "Why"), rows)
        case LetterExercise(faults=faults, better=better):
            yield Subheading("What was wrong with it")
            yield Bullets(tuple(faults.values()))
            yield Subheading("One way to write it")
            yield Paragraph(f"Subject: {better.subject}\n\n{better.body}")
        case LookBack(noticings=noticings):
            yield Fields(tuple((one.question, f"{one.noticed} ({_named(one.sources)})") for one in noticings))
    yield Subheading("To talk about")
    yield Bullets(activity.discuss)


def _answers(activity: Activity, found: Tally | None) -> Iterator[Block]:
    if found is None:
        yield Paragraph(f"Fewer than {FEWEST} answers: not shown.")
        return
    rows = tuple((words, str(found.counts.get(one, 0))) for one, words in entries_of(activity))
    yield Paragraph(f"{found.answered} answers.")
    yield Table(("Answer", counted_in(activity)), rows)


def _missed_blocks(room: Room, plan: Plan, guides: Guides) -> Iterator[Block]:
    yield Table(
        ("Advice", "Missed", "Put to the test"),
        tuple(
            (guides.advice[one.advice].title, str(one.missed), str(one.asked))
            for one in most_missed(room, plan.activities)
        ),
    )


def _how_many(seats: int) -> str:
    return counted(seats, "person", "people") if seats >= FEWEST else f"fewer than {FEWEST}"


def _named(sources: Sequence[Source]) -> str:
    return in_words([source.short for source in sources])


def _names(guides: Guides, keys: Sequence[str]) -> str:
    return _named([guides.sources[key] for key in keys])
