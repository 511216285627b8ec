"""What follows from a reflection: topics to the notes, the promised date to the timeline, lessons, stories."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from debrief.domain.courses import Round
from debrief.domain.facts import Answer, Fact, Interview, Lesson, Meeting, Reflection, Story, Telling
from debrief.domain.questionnaire import HandedOn, HandsOn, Questionnaire, handed_on
from debrief.errors import Refused
from debrief.store import Store, Unit
from debrief.usecases.actor import Actor
from debrief.usecases.recurring import ALIKE_IN_TWO_AREAS, text_likeness


@dataclass(frozen=True, slots=True)
class KnownSoFar:
    """What the record holds of lessons and stories."""

    lessons: Sequence[Lesson] = ()
    stories: Sequence[Story] = ()
    tellings: Sequence[Telling] = ()


@dataclass(frozen=True, slots=True)
class Follows:
    """One thing that finishing the reflection would change or add."""

    what: HandsOn
    says: str
    fact: Fact
    """As it will stand in the record."""
    told: bool = field(default=False, compare=False)
    """Whether it is a story that was told in this interview."""

    @property
    def key(self) -> str:
        """What tells it from the others."""
        return f"{self.what}:{self.says}"

    @property
    def is_known(self) -> bool:
        """Whether it is a lesson or story that other interviews brought up before."""
        return isinstance(self.fact, Telling) or (isinstance(self.fact, Lesson) and len(self.fact.interview_ids) > 1)


def known_so_far(unit: Unit) -> KnownSoFar:
    """The lessons, stories and tellings of the record."""
    return KnownSoFar(unit.find(Lesson), unit.find(Story), unit.find(Telling))


def what_follows(one: Round, questionnaire: Questionnaire, known: KnownSoFar, now: datetime) -> tuple[Follows, ...]:
    """Everything that this reflection hands on and that the record does not hold yet."""
    found: list[Follows] = []
    for handed in handed_on(questionnaire, one):
        match handed.to:
            case HandsOn.LESSONS:
                found += _lessons(handed, one, known.lessons, now)
            case HandsOn.STORIES:
                found += _stories(handed, one, known, now)
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
            _keep(unit, follows, one)
        current = unit.get(Reflection, reflection.id)
        if current.finished_at is None:
            unit.change(replace(current, finished_at=now))


def keep_one(actor: Actor, store: Store, now: datetime, one: Round, follows: Follows) -> None:
    """Keeps a single thing after the reflection was finished."""
    with store.unit(actor.owner, now, f"Kept from the reflection: {follows.says}") as unit:
        _keep(unit, follows, one)


def texts_of(value: Answer) -> list[str]:
    """The lines of a text, or the texts of a list, without blanks."""
    lines = value.splitlines() if isinstance(value, str) else value if isinstance(value, list) else []
    return [line.strip() for line in lines if isinstance(line, str) and line.strip()]


def checked_promise(interview: Interview, reply_by: date) -> date:
    """The date by which an answer was promised. Refuses one before the interview."""
    if reply_by < interview.ended_local.date():
        raise Refused(
            f"The date by which they answer ({reply_by:%d %B %Y}) lies before the interview. "
            "Mend it in the reflection, or take its tick away.",
            field="reply_by",
        )
    return reply_by


def _keep(unit: Unit, follows: Follows, one: Round) -> None:
    """Adds a lesson or story that is not there yet; merges what changes a meeting or the interview into what is."""
    match follows.fact:
        case Lesson() as lesson:
            _keep_lesson(unit, lesson, one.interview.id)
        case Story() as story:
            _keep_story(unit, story, told_in=one.interview.id if follows.told else None)
        case Telling() as telling:
            _keep_telling(unit, telling)
        case Interview(reply_by=date() as reply_by):
            interview = unit.get(Interview, follows.fact.id)
            if interview.reply_by != checked_promise(interview, reply_by):
                unit.change(replace(interview, reply_by=reply_by))
        case Meeting() as meeting:
            _keep_meeting(unit, meeting, follows.what)
        case _:
            pass


def _keep_lesson(unit: Unit, lesson: Lesson, interview_id: str) -> None:
    """Adds a lesson; one that is there in the same words gets this interview as well."""
    known = next((known for known in unit.find(Lesson) if known.text.casefold() == lesson.text.casefold()), None)
    if known is None:
        unit.add(lesson)
    elif interview_id not in known.interview_ids:
        unit.change(replace(known, interview_ids=(*known.interview_ids, interview_id)))


def _keep_story(unit: Unit, story: Story, told_in: str | None) -> None:
    known = next((known for known in unit.find(Story) if known.title.casefold() == story.title.casefold()), None)
    kept = known or unit.add(story)
    if told_in is not None:
        _keep_telling(unit, Telling(story_id=kept.id, interview_id=told_in))


def _keep_telling(unit: Unit, telling: Telling) -> None:
    if not unit.find(Telling, story_id=telling.story_id, interview_id=telling.interview_id):
        unit.add(telling)


def _keep_meeting(unit: Unit, meeting: Meeting, what: HandsOn) -> None:
    current = unit.get(Meeting, meeting.id)
    merged = replace(
        current,
        topics=_joined(current.topics, meeting.topics),
        concerns=_joined(current.concerns, meeting.concerns),
        rapport=meeting.rapport if what is HandsOn.RAPPORT else current.rapport,
    )
    if merged != current:
        unit.change(merged)


def _lessons(handed: HandedOn, one: Round, known: Sequence[Lesson], now: datetime) -> list[Follows]:
    here = one.interview.id
    by_text = {lesson.text.casefold(): lesson for lesson in known}
    from_here = [lesson.text for lesson in known if here in lesson.interview_ids]
    found: list[Follows] = []
    for text in texts_of(handed.value):
        if any(text_likeness(text, kept) >= ALIKE_IN_TWO_AREAS for kept in from_here):
            continue
        again = by_text.get(text.casefold())
        lesson = (
            Lesson(text=text, interview_ids=(here,), created_at=now)
            if again is None
            else replace(again, interview_ids=(*again.interview_ids, here))
        )
        found.append(Follows(handed.to, text, lesson))
    return found


def _stories(handed: HandedOn, one: Round, known: KnownSoFar, now: datetime) -> list[Follows]:
    entries = handed.value if isinstance(handed.value, list) else []
    return [
        follows
        for entry in entries
        if isinstance(entry, dict) and (follows := _story(handed.to, entry, one, known, now)) is not None
    ]


def _story(to: HandsOn, entry: dict[str, Answer], one: Round, known: KnownSoFar, now: datetime) -> Follows | None:
    """The story in one entry. What has a title of its own was told; a better answer to a hard question was not."""
    parts = {part: str(said).strip() for part, said in entry.items() if isinstance(said, str)}
    title = parts.get("title") or parts.get("asked", "")
    told = bool(parts.get("title"))
    if not title or not any(parts.get(part) for part in ("action", "result")):
        return None
    story = Story(
        title=title,
        situation=parts.get("situation", ""),
        task=parts.get("task", ""),
        action=parts.get("action", ""),
        result=parts.get("result", ""),
        competencies=tuple(texts_of(entry.get("competencies"))),
        interview_ids=(one.interview.id,),
        created_at=now,
    )
    same = next((kept for kept in known.stories if _is_told_by(kept, story)), None)
    if same is None:
        return Follows(to, title, story, told=told)
    is_noted = any(
        (telling.story_id, telling.interview_id) == (same.id, one.interview.id) for telling in known.tellings
    )
    if not told or is_noted:
        return None
    return Follows(
        to, f"{same.title or title}, told once more", Telling(story_id=same.id, interview_id=one.interview.id)
    )


def _is_told_by(kept: Story, story: Story) -> bool:
    """Whether a kept story is this one: by its title, or, where that was changed since, by what was done here."""
    if kept.title.casefold() == story.title.casefold():
        return True
    return (
        bool(set(kept.interview_ids) & set(story.interview_ids)) and bool(story.action) and kept.action == story.action
    )


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
    texts = tuple(texts_of(handed.value))
    if handed.to is HandsOn.TOPICS:
        new, changed = _new(texts, meeting.topics), replace(meeting, topics=_joined(meeting.topics, texts))
    else:
        new, changed = _new(texts, meeting.concerns), replace(meeting, concerns=_joined(meeting.concerns, texts))
    return [Follows(handed.to, f"{met.person.name}: {', '.join(new)}", changed)] if new else []


def _new(texts: tuple[str, ...], known: tuple[str, ...]) -> list[str]:
    return [text for text in texts if text not in known]


def _joined(known: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    return (*known, *(text for text in more if text not in known))
