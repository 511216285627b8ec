"""Every use case, asked by everybody at a centre for what is a student's: nobody reads or changes what is not theirs.

The use cases are found, not listed; one that wants something unknown fails here until `Known` can give it. On SQLite,
on PostgreSQL behind its walls, and by its walls alone, with the owner scope taken out of our statements.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

import debrief.usecases
from debrief.content import load_content
from debrief.desk.brief import Wishes
from debrief.desk.questions import Home, Question
from debrief.domain.centre import Comment, Member, Role, Share
from debrief.domain.courses import Course
from debrief.domain.critique import Finding, Place, Severity
from debrief.domain.facts import (
    Application,
    DecisionKind,
    Depth,
    Fact,
    Heard,
    IgnoredFinding,
    Interview,
    Lesson,
    LessonState,
    Message,
    MessageKind,
    Person,
    Reflection,
    ReflectionAnswer,
    Rehearsal,
    Story,
    Telling,
    Tick,
    Word,
)
from debrief.domain.letters import Text
from debrief.domain.questionnaire import HandsOn
from debrief.errors import DebriefError
from debrief.exchange.summary import OneInterview, Period
from debrief.exchange.tables import TableName
from debrief.store import Store, open_store
from debrief.usecases.actor import Actor
from debrief.usecases.agenda import rules_in_force, steps_due
from debrief.usecases.answers import WordEntry
from debrief.usecases.centre import sharing
from debrief.usecases.exports import ExportRequest
from debrief.usecases.handed_over import Kept
from debrief.usecases.log_interview import InterviewEntry
from debrief.usecases.notes import Slot
from debrief.usecases.recurring import Recurrence
from debrief.usecases.reflections import Writing
from debrief.usecases.review import Reader
from debrief.usecases.stories import StoryPart
from debrief.usecases.summaries import SummaryRequest
from debrief.usecases.two_tabs import Typed
from debrief.usecases.what_follows import Follows
from tests.integration.store.store_cases import a_full_case
from tests.integration.store.store_histories import dump
from tests.walls import take_the_scope_out, walled_database

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
CONTENT = load_content()
GIVEN, KEPT = "quetzalgiven", "quetzalkept"
"""Words in what Amina shares with Eva, and in everything else of hers."""
WALLS_ALONE = "walls alone"
AMINA = Actor("amina", Role.STUDENT, "Amina")
EVA = Actor("eva", Role.ADVISOR, "Eva")
OTHERS = {
    "nobody": Actor(""),
    "another student": Actor("bela", Role.STUDENT, "Bela"),
    "an advisor without consent": Actor("cato", Role.ADVISOR, "Cato"),
    "an advisor with consent": EVA,
    "an administrator": Actor("dora", Role.ADMINISTRATOR, "Dora"),
}
FROM_A_FILE = {
    "preview_table", "import_table", "preview_events", "import_events", "preview_record", "import_record", "import_all",
}  # fmt: skip
"""They read what a file holds into one's own record, and are given no id of anybody's."""
AN_ADMINISTRATORS = {"erase", "keep_retention"}
"""They end records: that is what an administrator is for, and is tested by itself."""
AN_ADVISORS = {"received", "shared_interview"}
"""They show what is shared."""
TEXTS = {"employer", "role", "name", "body", "subject", "text", "notes", "note", "title", "value"}
UNSHARED = (Story, Telling, Rehearsal, Lesson, IgnoredFinding)


def marked(fact: Fact, word: str) -> Fact:
    """The same fact, with a word in each of its texts."""
    word = KEPT if isinstance(fact, UNSHARED) else word
    names = [one.name for one in fields(fact) if one.name in TEXTS and isinstance(getattr(fact, one.name), str)]
    return replace(fact, **{name: f"{getattr(fact, name)} {word}" for name in names})


@dataclass(frozen=True)
class Known:
    """What somebody holds who has learned every id of Amina's, but none of her words."""

    facts: list[Fact]
    course: Course

    def of(self, kind: type[Fact]) -> Any:
        return next(fact for fact in self.facts if isinstance(fact, kind))

    def named(self) -> Mapping[str, Any]:
        """Arguments by name, where their type says little."""
        return {
            "interview_id": self.of(Interview).id, "application_id": self.of(Application).id,
            "reflection_id": self.of(Reflection).id, "story_id": self.of(Story).id, "telling_id": self.of(Telling).id,
            "advisor": "cato", "owner": "amina", "given": "x" * 43, "command": "export", "what": "everything",
            "days": 1, "area": "", "at": NOW, "until": NOW.date() + timedelta(days=3), "reply_by": NOW.date(),
            "base": "", "body": "Hello.", "subject": "Hello", "text": "Mine now", "note": "Mine now",
            "value": "Mine now", "key": "sender_name", "entry_id": 1,
            "question": "went_well", "reason": "Mine now", "questionnaire": 1, "rating": 3, "landed": 3,
            "in_figures": True, "opened": True, "with_private": True, "with_backups": False, "competencies": (),
        }  # fmt: skip

    def typed(self, actor: Actor, store: Store) -> Mapping[str, Any]:
        """Arguments by type."""
        content, interview, lesson = CONTENT, self.of(Interview), self.of(Lesson)
        (one,) = self.course.rounds
        scope, days = OneInterview(interview.id), Period(date(2026, 1, 1), date(2026, 12, 31))
        rules = rules_in_force(actor, store, NOW, content.rules)
        follows = Follows(HandsOn.LESSONS, "Mine", lesson)
        facts = {kind.__name__: self.of(kind) for kind in FACTS}
        return facts | {
            "Heard | Decision | Message": self.of(Heard),
            "Comment": Comment("c", "amina", interview.id, "", "amina", "Amina", "Hello", NOW),
            "Share": Share("amina", interview.id, actor.owner, NOW, with_private=True),
            "Content": content, "RuleBook": content.rules, "HouseRules": rules, "Questionnaire": content.questionnaire,
            "Templates": content.templates, "Depth": Depth.FULL, "LessonState": LessonState.LEARNED,
            "DoItem": content.checklist.dos[0],
            "Due": steps_due(self.course, rules, NOW)[0], "Round": one, "DecisionKind": DecisionKind.DECLINED,
            "ExportRequest": ExportRequest("md", scope), "SummaryRequest": SummaryRequest(scope), "Scope": scope,
            "Period": days, "TableName": TableName.MESSAGES, "Ledger": {}, "Link": lambda due: "http://localhost",
            "Slot": Slot(interview.id, MessageKind.THANK_YOU, self.of(Person).id), "Text": Text("Hello", "Hello."),
            "Wishes": Wishes(), "Reader": Reader(content.critique, rules),
            "WordEntry": WordEntry(what=Word.REJECTED, at=NOW),
            "Question": Question("q", "What?", Home.NOTES, "fact"),
            "Finding": Finding(
                rule="greeting", severity=Severity.TIP, place=Place.BODY, start=0, end=0, message="m", why="w",
                sources=(),
            ),
            "Recurrence": Recurrence(lesson, lesson, 1.0), "Writing": Writing("went_well", "Mine now", "", "tab"),
            "StoryPart": StoryPart.TITLE, "Typed": Typed("Mine now", "", "tab"), "Follows": follows,
            "tuple[Follows, ...]": (follows,),
            "Kept": Kept(HandsOn.LESSONS, lesson.text, fact=lesson),
            "InterviewEntry": InterviewEntry(
                employer="Mine Ltd", role="Planner", round="Phone", on=NOW.date(), at=time(9), timezone="Europe/London"
            ),
        }  # fmt: skip


FACTS = (Heard, Lesson, Message, Story, Telling, Tick, ReflectionAnswer, IgnoredFinding, Interview, Reflection)


def use_cases() -> Iterator[Callable[..., Any]]:
    """Every public function that acts for somebody on a record."""
    for found in pkgutil.walk_packages(debrief.usecases.__path__, "debrief.usecases."):
        for name, made in vars(importlib.import_module(found.name)).items():
            is_ours = inspect.isfunction(made) and made.__module__ == found.name and not name.startswith("_")
            if is_ours and list(inspect.signature(made).parameters)[:3] == ["actor", "store", "now"]:
                yield made


Given = Mapping[str, Any]


def called(use_case: Callable[..., Any], actor: Actor, store: Store, named: Given, typed: Given) -> str:
    """What a use case gives somebody, as text; what it refuses with, where it does."""
    wanted = list(inspect.signature(use_case).parameters.values())[3:]
    given: dict[str, Any] = {
        one.name: typed[str(one.annotation)] if str(one.annotation) in typed else named[one.name]
        for one in wanted
        if one.default is inspect.Parameter.empty
    }
    try:
        return repr(use_case(actor, store, NOW, **given))
    except DebriefError as refused:
        return f"{refused} {getattr(refused, 'stored', '')}"


@dataclass(frozen=True)
class Centre:
    """A filled centre."""

    kind: str
    store: Store
    known: Known

    def asked_by(self, actor: Actor) -> Callable[[Callable[..., Any]], str]:
        """Calls use cases as somebody, with everything that is known."""
        named, typed = self.known.named(), self.known.typed(actor, self.store)
        return lambda use_case: called(use_case, actor, self.store, named, typed)

    def record(self) -> Mapping[Any, Fact]:
        with self.store.unit(AMINA.owner, NOW) as unit:
            return dump(unit)


def filled(kind: str, store: Store) -> Centre:
    given, kept = ([*a_full_case(NOW), Lesson(text="Breathe", created_at=NOW)] for _ in range(2))
    for actor in (AMINA, *OTHERS.values()):
        with store.centre(actor.owner, actor.role, NOW) as centre:
            centre.enter(Member(actor.owner, actor.name, f"{actor.owner}@college.example", actor.role))
    with store.unit(AMINA.owner, NOW, "Logged") as unit:
        unit.add_all([marked(fact, GIVEN) for fact in given])
        unit.add_all([marked(fact, KEPT) for fact in kept])
    known = Known(given, Course(given[0], ()))  # pyright: ignore[reportArgumentType]
    sharing.share(AMINA, store, NOW, known.of(Interview).id, EVA.owner)
    with store.unit(AMINA.owner, NOW) as unit:
        return Centre(kind, store, replace(known, course=unit.course(known.of(Application).id)))


@pytest.fixture(params=["sqlite", "postgresql", WALLS_ALONE])
def centre(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Centre]:
    """The same centre in each of the three ways."""
    if request.param == "sqlite":
        yield filled(request.param, request.getfixturevalue("sqlite_store"))
        return
    with walled_database(request.getfixturevalue("postgresql"), monkeypatch) as url:
        store = open_store(url)
        made = filled(request.param, store)
        if request.param == WALLS_ALONE:
            take_the_scope_out(monkeypatch)
        yield made
        store.close()


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_reads_or_changes_what_is_not_theirs(centre: Centre, who: str) -> None:
    actor, before = OTHERS[who], centre.record()
    ask = centre.asked_by(actor)

    for use_case in use_cases():
        name = use_case.__name__
        if name in FROM_A_FILE or (actor.role is Role.ADMINISTRATOR and name in AN_ADMINISTRATORS):
            continue
        told = ask(use_case)
        assert KEPT not in told, name
        # The walls open to an advisor what is shared, wherever it is asked for: to show it there alone is our scope's.
        if actor is not EVA or (centre.kind != WALLS_ALONE and name not in AN_ADVISORS):
            assert GIVEN not in told, name

    assert centre.record() == before


READERS = {
    "todays_agenda", "own_interview", "given", "table_file", "people_file", "export_all", "steps_listed", "prepared",
}  # fmt: skip
"""Some that only read, to see that the calls above would find something."""


def test_whose_record_it_is_reads_it_by_the_same_calls(centre: Centre) -> None:
    found, ask = {use_case.__name__: use_case for use_case in use_cases()}, centre.asked_by(AMINA)
    for name in READERS:
        told = ask(found[name])
        assert GIVEN in told or KEPT in told, name


def test_an_advisor_reads_what_is_shared_with_them(centre: Centre) -> None:
    for name in AN_ADVISORS:
        (use_case,) = (one for one in use_cases() if one.__name__ == name)
        assert GIVEN in centre.asked_by(EVA)(use_case), name
