"""What follows from a reflection: topics to the notes, the promised date to the timeline, lessons, stories."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from debrief.domain.courses import Round
from debrief.domain.facts import Answer, Fact, Interview, Lesson, Meeting, Reflection, Story
from debrief.domain.questionnaire import HandedOn, HandsOn, Questionnaire, handed_on
from debrief.errors import Refused
from debrief.store import Store, Unit
from debrief.usecases.actor import Actor


@dataclass(frozen=True, slots=True)
class Follows:
    """One thing that finishing the reflection would change or add."""

    what: HandsOn
    says: str
    fact: Fact
    """As it will stand in the record."""

    @property
    def key(self) -> str:
        """What tells it from the others."""
        return f"{self.what}:{self.says}"


def what_follows(
    one: Round, questionnaire: Questionnaire, lessons: list[Lesson], stories: list[Story], now: datetime
) -> tuple[Follows, ...]:
    """Everything that this reflection hands on and that the record does not hold yet."""
    found: list[Follows] = []
    for handed in handed_on(questionnaire, one):
        match handed.to:
            case HandsOn.LESSONS:
                found += _lessons(handed, one, lessons, now)
            case HandsOn.STORIES:
                found += _stories(handed, one, stories, now)
            case HandsOn.REPLY_BY:
                found += _reply_by(handed, one)
            case HandsOn.TOPICS | HandsOn.CONCERNS | HandsOn.RAPPORT:
                found += _meeting(handed, one)
            case HandsOn.LOOSE_END:
                pass  # the composer reads it from the reflection itself
    said_once = {(follows.what, follows.says.casefold()): follows for follows in reversed(found)}
    return tuple(reversed(said_once.values()))


def finish(actor: Actor, store: Store, now: datetime, one: Round, keep: tuple[Follows, ...]) -> None:
    """Finishes the reflection of a round and keeps what follows; one undo takes all of it back."""
    reflection = one.reflection
    if reflection is None:
        return
    with store.unit(actor.owner, now, f"Finished reflecting on {one.interview.round}") as unit:
        for follows in keep:
            _keep(unit, follows)
        current = unit.get(Reflection, reflection.id)
        if current.finished_at is None:
            unit.change(replace(current, finished_at=now))


def _keep(unit: Unit, follows: Follows) -> None:
    """Adds a lesson or story that is not there yet; merges what changes a meeting or the interview into what is."""
    match follows.fact:
        case Lesson() as lesson:
            if lesson.text.casefold() not in {known.text.casefold() for known in unit.find(Lesson)}:
                unit.add(lesson)
        case Story() as story:
            if story.title.casefold() not in {known.title.casefold() for known in unit.find(Story)}:
                unit.add(story)
        case Interview(reply_by=reply_by):
            _promise(unit.get(Interview, follows.fact.id), reply_by, unit)
        case Meeting() as meeting:
            current = unit.get(Meeting, meeting.id)
            merged = replace(
                current,
                topics=_joined(current.topics, meeting.topics),
                concerns=_joined(current.concerns, meeting.concerns),
                rapport=meeting.rapport if follows.what is HandsOn.RAPPORT else current.rapport,
            )
            if merged != current:
                unit.change(merged)
        case _:
            pass


def _promise(interview: Interview, reply_by: date | None, unit: Unit) -> None:
    """Keeps the promised date on the interview, unless it stands there already."""
    if reply_by is not None and reply_by < interview.ended_local.date():
        raise Refused(
            f"The date by which they answer ({reply_by:%d %B %Y}) lies before the interview. "
            "Mend it in the reflection, or take its tick away.",
            field="reply_by",
        )
    if interview.reply_by != reply_by:
        unit.change(replace(interview, reply_by=reply_by))


def _lessons(handed: HandedOn, one: Round, known: list[Lesson], now: datetime) -> list[Follows]:
    told = {lesson.text.casefold() for lesson in known}
    return [
        Follows(handed.to, text, Lesson(text=text, interview_ids=(one.interview.id,), created_at=now))
        for text in _texts(handed.value)
        if text.casefold() not in told
    ]


def _stories(handed: HandedOn, one: Round, known: list[Story], now: datetime) -> list[Follows]:
    told = {story.title.casefold() for story in known}
    entries = handed.value if isinstance(handed.value, list) else []
    found: list[Follows] = []
    for entry in entries:
        if not isinstance(entry, dict):
            continue
        parts = {part: str(said).strip() for part, said in entry.items() if isinstance(said, str)}
        title = parts.get("title") or parts.get("asked", "")
        if not title or title.casefold() in told or not any(parts.get(part) for part in ("action", "result")):
            continue
        story = Story(
            title=title,
            situation=parts.get("situation", ""),
            task=parts.get("task", ""),
            action=parts.get("action", ""),
            result=parts.get("result", ""),
            competencies=tuple(_texts(entry.get("competencies"))),
            interview_ids=(one.interview.id,),
            created_at=now,
        )
        found.append(Follows(handed.to, title, story))
    return found


def _reply_by(handed: HandedOn, one: Round) -> list[Follows]:
    if not isinstance(handed.value, str):
        return []
    named = date.fromisoformat(handed.value)
    if named == one.interview.reply_by:
        return []
    return [Follows(handed.to, named.isoformat(), replace(one.interview, reply_by=named))]


def _meeting(handed: HandedOn, one: Round) -> list[Follows]:
    met = one.met_by(handed.asked.person.id) if handed.asked.person else None
    if met is None:
        return []
    meeting = met.meeting
    if handed.to is HandsOn.RAPPORT:
        rapport = handed.value if isinstance(handed.value, int) else None
        changed = replace(meeting, rapport=rapport)
        return [Follows(handed.to, f"{met.person.name}: {rapport} of 5", changed)] if changed != meeting else []
    texts = tuple(_texts(handed.value))
    if handed.to is HandsOn.TOPICS:
        new, changed = _new(texts, meeting.topics), replace(meeting, topics=_joined(meeting.topics, texts))
    else:
        new, changed = _new(texts, meeting.concerns), replace(meeting, concerns=_joined(meeting.concerns, texts))
    return [Follows(handed.to, f"{met.person.name}: {', '.join(new)}", changed)] if new else []


def _new(texts: tuple[str, ...], known: tuple[str, ...]) -> list[str]:
    return [text for text in texts if text not in known]


def _joined(known: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    return (*known, *(text for text in more if text not in known))


def _texts(value: Answer) -> list[str]:
    """The lines of a text, or the texts of a list, without blanks."""
    lines = value.splitlines() if isinstance(value, str) else value if isinstance(value, list) else []
    return [line.strip() for line in lines if isinstance(line, str) and line.strip()]
