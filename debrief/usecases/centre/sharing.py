"""Sharing by consent: what a student lets an advisor read, how it reads, and the comments beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from debrief.domain.centre import Comment, Member, Noted, Share
from debrief.domain.courses import Course, Round, RoundInCourse
from debrief.domain.facts import Depth, Interview
from debrief.domain.questionnaire import Questionnaire, is_answer, visible
from debrief.errors import NotFound, Refused
from debrief.exchange.document import Block, Section
from debrief.exchange.sections import FACTS, FOLLOWED, MESSAGES, NOTES, PEOPLE, Sources, answer_told, interview_sections
from debrief.store import Store, Unit
from debrief.usecases.actor import Actor

VIEWED, SHARED, TOOK_BACK, COMMENTED, EXPORTED = "viewed", "shared", "took back", "commented on", "exported"
_AROUND = (FACTS, PEOPLE, FOLLOWED)
_AROUND_PRIVATE = (MESSAGES, NOTES)
LONGEST_COMMENT = 4_000
"""Characters."""


@dataclass(frozen=True, slots=True)
class AnswerTold:
    """One answer of a reflection as somebody else reads it, with what was written beside it."""

    key: str
    section: str
    question: str
    blocks: tuple[Block, ...]
    comments: tuple[Comment, ...]


@dataclass(frozen=True, slots=True)
class InterviewTold:
    """One interview as an advisor reads it, and as its student sees that they do."""

    course: Course
    round: Round
    sections: tuple[Section, ...]
    """All but the reflection."""
    answers: tuple[AnswerTold, ...]
    comments: tuple[Comment, ...]
    """Those about the interview as a whole, and those whose answer is not shown."""


@dataclass(frozen=True, slots=True)
class Given:
    """One share of one's own, with what became of it."""

    share: Share
    course: Course
    round: Round
    advisor: str
    """By name."""
    views: tuple[datetime, ...]
    """When they looked at it, newest first."""


@dataclass(frozen=True, slots=True)
class Received:
    """One interview that a student shares."""

    share: Share
    student: Member
    course: Course
    round: Round


def advisors(actor: Actor, store: Store, now: datetime) -> tuple[Member, ...]:
    """Whom the actor can share with."""
    with store.centre(actor.owner, actor.role, now) as centre:
        return centre.advisors()


def share(
    actor: Actor, store: Store, now: datetime, interview_id: str, advisor: str, *, with_private: bool = False
) -> None:
    """Lets an advisor read an interview of the actor's. Raises NotFound if either is not there."""
    with store.centre(actor.owner, actor.role, now) as centre:
        centre.share(interview_id, advisor, with_private=with_private)
        centre.note(SHARED, actor.owner, interview_id)


def take_back(actor: Actor, store: Store, now: datetime, interview_id: str, advisor: str) -> None:
    """Ends a share of the actor's at once."""
    with store.centre(actor.owner, actor.role, now) as centre:
        centre.take_back(interview_id, advisor)
        centre.note(TOOK_BACK, actor.owner, interview_id)


def given(actor: Actor, store: Store, now: datetime) -> tuple[Given, ...]:
    """What the actor shares, newest first, and who looked at it."""
    with store.centre(actor.owner, actor.role, now) as centre:
        shares, log = centre.shares_given(), centre.log()
        names = {member.owner: member.name for member in centre.advisors()}
    with store.unit(actor.owner, now) as unit:
        found = {one.interview_id: _place(unit, one.interview_id) for one in shares}
    return tuple(
        Given(one, *found[one.interview_id], names.get(one.advisor, "An advisor who has left"), _views(log, one))
        for one in shares
    )


def own_interview(
    actor: Actor, store: Store, now: datetime, interview_id: str, questionnaire: Questionnaire, *, with_private: bool
) -> InterviewTold:
    """An interview of the actor's as an advisor would read it, with the comments beside it. Raises NotFound."""
    with store.unit(actor.owner, now) as unit:
        course, one = _place(unit, interview_id)
    with store.centre(actor.owner, actor.role, now) as centre:
        comments = centre.comments(actor.owner, interview_id)
    return _told(course, one, questionnaire, comments, with_private=with_private)


def comments_beside(actor: Actor, store: Store, now: datetime, interview_id: str) -> Mapping[str, tuple[Comment, ...]]:
    """What advisors wrote beside the answers of an interview of the actor's, by the answer's key."""
    with store.centre(actor.owner, actor.role, now) as centre:
        written = centre.comments(actor.owner, interview_id)
    return _by_question(written)


def received(actor: Actor, store: Store, now: datetime) -> tuple[Received, ...]:
    """What students share with the actor, newest first."""
    with store.centre(actor.owner, actor.role, now) as centre:
        shares, students = centre.shares_received(), centre.sharers()
        courses = [centre.shared_course(one.owner, one.interview_id) for one in shares]
    return tuple(
        Received(one, students[one.owner], course, _round(course, one.interview_id))
        for one, course in zip(shares, courses, strict=True)
        if one.owner in students
    )


def shared_interview(
    actor: Actor, store: Store, now: datetime, share: Share, questionnaire: Questionnaire, *, opened: bool
) -> InterviewTold:
    """An interview that a student shares with the actor; where it was just opened, the log says so.

    Raises NotFound where it is not shared with the actor, or not any more.
    """
    with store.centre(actor.owner, actor.role, now) as centre:
        held = next(
            (
                one
                for one in centre.shares_received()
                if (one.owner, one.interview_id) == (share.owner, share.interview_id)
            ),
            None,
        )
        if held is None:
            raise NotFound("This interview is not shared with you, or not any more.")
        course = centre.shared_course(held.owner, held.interview_id)
        comments = centre.comments(held.owner, held.interview_id)
        if opened:
            centre.note(VIEWED, held.owner, held.interview_id)
    one = _round(course, held.interview_id)
    return _told(course, one, questionnaire, comments, with_private=held.with_private)


def comment(actor: Actor, store: Store, now: datetime, share: Share, question: str, *, text: str) -> Comment:
    """Writes beside an answer of a shared interview, or with "" beside the whole. Raises Refused and NotFound."""
    written = text.strip()
    if not written:
        raise Refused("There is no comment yet. Write one, then add it.")
    if len(written) > LONGEST_COMMENT:
        raise Refused(f"A comment has up to {LONGEST_COMMENT:,} characters, and this has {len(written):,}. Shorten it.")
    with store.centre(actor.owner, actor.role, now) as centre:
        made = centre.comment(share.owner, share.interview_id, question, written, name=actor.name)
        centre.note(COMMENTED, share.owner, share.interview_id)
        return made


def remove_comment(actor: Actor, store: Store, now: datetime, comment: Comment) -> None:
    """Removes a comment that the actor wrote, or that stands beside an interview of theirs."""
    with store.centre(actor.owner, actor.role, now) as centre:
        centre.remove_comment(comment)


def counted_in(actor: Actor, store: Store, now: datetime) -> bool:
    """Whether the actor agreed to be counted in the centre's figures."""
    with store.centre(actor.owner, actor.role, now) as centre:
        known = centre.myself()
    return known is not None and known.in_figures


def count_me(actor: Actor, store: Store, now: datetime, *, in_figures: bool) -> None:
    """Agrees to be counted in the centre's figures, or takes that back."""
    with store.centre(actor.owner, actor.role, now) as centre:
        centre.count_me(in_figures=in_figures)


def note_export(actor: Actor, store: Store, now: datetime, what: str) -> None:
    """Writes into the log that the actor took something of their own record away."""
    with store.centre(actor.owner, actor.role, now) as centre:
        centre.note(EXPORTED, actor.owner, what)


def _place(unit: Unit, interview_id: str) -> RoundInCourse:
    course = unit.course(unit.get(Interview, interview_id).application_id)
    return RoundInCourse(course, _round(course, interview_id))


def _round(course: Course, interview_id: str) -> Round:
    one = course.round_of(interview_id)
    if one is None:
        raise NotFound("This interview is not in the record. It may have been removed; reload the page.")
    return one


def _views(log: Iterable[Noted], share: Share) -> tuple[datetime, ...]:
    return tuple(
        line.at for line in log if (line.what, line.who, line.about) == (VIEWED, share.advisor, share.interview_id)
    )


def _told(
    course: Course, one: Round, questionnaire: Questionnaire, comments: tuple[Comment, ...], *, with_private: bool
) -> InterviewTold:
    wanted = (*_AROUND, *_AROUND_PRIVATE) if with_private else _AROUND
    around = tuple(
        section for section in interview_sections(course, one, Sources(questionnaire)) if section.id in wanted
    )
    beside = _by_question(comments)
    answers = tuple(_answers(one, questionnaire, beside, with_private=with_private))
    shown = {answer.key for answer in answers}
    rest = tuple(written for written in comments if written.question not in shown)
    return InterviewTold(course, one, around, answers, rest)


def _by_question(comments: Iterable[Comment]) -> dict[str, tuple[Comment, ...]]:
    found: dict[str, tuple[Comment, ...]] = {}
    for written in comments:
        found[written.question] = (*found.get(written.question, ()), written)
    return found


def _answers(
    one: Round, questionnaire: Questionnaire, beside: Mapping[str, tuple[Comment, ...]], *, with_private: bool
) -> Iterable[AnswerTold]:
    if one.reflection is None:
        return
    for shown in visible(questionnaire, one.reflection.questionnaire, Depth.FULL, one):
        if shown.section.private and not with_private:
            continue
        for asked in shown.asked:
            answer = one.answers.get(asked.key)
            if answer is None or not is_answer(answer.value):
                continue
            blocks = answer_told(asked, answer.value, questionnaire)
            written = beside.get(asked.key, ())
            yield AnswerTold(asked.key, shown.section.title, asked.wording.text, blocks, written)
