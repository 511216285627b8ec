"""The papers of a workshop, free of any file format: a worksheet before, a handout after, a summary without names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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
    cited = {advice for activity in plan.activities for one in cited_in(activity) for advice in one.advice}
    in_order = [advice for advice in guides.advice if advice in cited]
    return Document(
        title="After the interview: to take home",
        subtitle=_subtitle(plan),
        sections=(
            *(
                Section(activity.id, f"{number}. {activity.title}", tuple(_explained(activity)))
                for number, activity in enumerate(plan.activities, 1)
            ),
            Section("advice", "The advice in short", (_in_short(in_order, guides),)),
            *_where_they_differ(in_order, guides),
        ),
        stem=f"Handout {plan.programme.title}",
    )


def room_summary(plan: Plan, room: Room, guides: Guides, made_at: datetime) -> Document:
    """For the centre's files: how many came, what the room answered, what it missed. No names, no figure under five."""
    return Document(
        title="Workshop: summary",
        subtitle=plan.programme.title,
        sections=(
            Section("room", "The room", tuple(_who_came(plan, room))),
            *_what_was_missed(plan, room, guides),
            *(
                Section(activity.id, activity.title, tuple(_answers(activity, tally(room, activity.id))))
                for activity in plan.activities
                if activity.id in room.opened
            ),
        ),
        made_at=made_at,
        stem=f"Workshop summary {made_at:%Y-%m-%d}",
    )


def lettered(scenario: Scenario) -> Mapping[str, str]:
    """The capital letter under which people see each choice, by the choice's id."""
    return {choice.id: letter for choice, letter in zip(scenario.choices, ascii_uppercase, strict=False)}


def entries_of(activity: Activity) -> tuple[tuple[str, str], ...]:
    """What the room's figures are about: ids with their words."""
    match activity:
        case Scenario(choices=choices):
            letters = lettered(activity)
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
            letters = lettered(activity)
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


def _in_short(advice: Sequence[str], guides: Guides) -> Fields:
    """Each piece of advice in a line or two, with who gives it."""
    told = [guides.advice[one] for one in advice]
    return Fields(tuple((one.title, f"{one.text} ({_named(guides.sources_of([one.id]))})") for one in told))


def _where_they_differ(advice: Sequence[str], guides: Guides) -> Iterator[Section]:
    """The section about the points on which the guides differ, where there are any."""
    blocks: list[Block] = []
    for note in guides.differences_on(advice):
        blocks.append(Subheading(note.about))
        blocks.append(Bullets(tuple(f"{_names(guides, view.sources)}: {view.says}" for view in note.views)))
    if blocks:
        yield Section("differ", "Where the guides differ", tuple(blocks))


def _who_came(plan: Plan, room: Room) -> Iterator[Block]:
    yield Fields(
        (
            ("Workshop", plan.programme.title),
            ("Took part", _how_many(len(room.seats))),
            ("Steps opened", f"{len(room.opened)} of {len(room.agenda)}"),
        )
    )
    yield Paragraph(f"Figures are shown from {FEWEST} answers on. Names were never asked.")


def _what_was_missed(plan: Plan, room: Room, guides: Guides) -> Iterator[Section]:
    """The section about the advice that the room went against, where it did."""
    rows = tuple(
        (guides.advice[one.advice].title, str(one.missed), str(one.asked)) for one in most_missed(room, plan.activities)
    )
    if rows:
        yield Section("missed", "What the room missed most", (Table(("Advice", "Missed", "Put to the test"), rows),))


def _answers(activity: Activity, found: Tally | None) -> Iterator[Block]:
    if found is None:
        yield Paragraph(f"Fewer than {FEWEST} answers: not shown.")
        return
    rows = tuple((words, str(found.counts.get(one, 0))) for one, words in entries_of(activity))
    yield Paragraph(f"{found.answered} answers.")
    yield Table(("Answer", counted_in(activity)), rows)


def _how_many(seats: int) -> str:
    return counted(seats, "person", "people") if seats >= FEWEST else f"fewer than {FEWEST}"


def _named(sources: Sequence[Source]) -> str:
    return in_words([source.short for source in sources])


def _names(guides: Guides, keys: Sequence[str]) -> str:
    return _named([guides.sources[key] for key in keys])
