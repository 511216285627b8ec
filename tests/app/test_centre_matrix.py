"""Every page as everybody at a centre opens it, by a student's own addresses: nobody sees what is not theirs.

On SQLite, on PostgreSQL behind its walls, and on PostgreSQL by its walls alone,
with the owner scope taken out of our statements.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block

from debrief.content.centre import CENTRE_VARIABLE
from debrief.domain.centre import Member, Role
from debrief.domain.facts import (
    Application,
    Fact,
    Heard,
    Interview,
    Lesson,
    Meeting,
    Message,
    MessageKind,
    Person,
    Reflection,
    ReflectionAnswer,
    Story,
    Word,
)
from debrief.store import Store, open_store
from debrief.usecases.actor import Actor
from debrief.usecases.centre import sharing
from tests.app.centre import AMINA, BELA, CATO, CENTRE, DORA
from tests.app.centre import Person as Visitor
from tests.app.conftest import ROOT, SLOW
from tests.postgresql import Cluster
from tests.walls import take_the_scope_out, walled_database
from ui.kit import session
from ui.kit.mode import Mode
from ui.kit.navigation import SHARED, pages_in

EVA = Visitor("eva")
"""An advisor with whom Amina shares one of her two interviews; with Cato she shares nothing."""
NOBODY = None
PEOPLE = {AMINA: Role.STUDENT, BELA: Role.STUDENT, CATO: Role.ADVISOR, EVA: Role.ADVISOR, DORA: Role.ADMINISTRATOR}
WITH_EVA = CENTRE.replace("[cato@college.example]", "[cato@college.example, eva@college.example]")
KEPT, GIVEN, PRIVATE, HIS = "quetzalkept", "quetzalgiven", "quetzalprivate", "okapihis"
"""Words in Amina's texts: of the interview kept back, of the one shared, of its private parts; and in Bela's."""
WALLS_ALONE = "walls alone"
SHOWS_RECORDS = {"today", "reflect", "checklist", "write", "applications", "prepare", "sharing"}
"""Pages on which an owner with these addresses reads words of their own."""


@dataclass(frozen=True)
class Place:
    """A filled centre, and the addresses of Amina's interviews."""

    kind: str
    kept: Interview
    given: Interview


def a_history(word: str, now: datetime, private: str) -> list[Fact]:
    """An application with one round, every text of which holds the word."""
    application = Application(employer=f"{word} Rail", role=f"{word} planner", sector=word)
    interview = Interview(
        application_id=application.id, round="Phone", ended_at=now - timedelta(days=2), timezone="Europe/London",
        notes=private,
    )  # fmt: skip
    person = Person(name=f"Dana {word}", employer=application.employer)
    reflection = Reflection(interview_id=interview.id, questionnaire=1, started_at=now)
    story = Story(title=f"{private} ledger", situation=private, interview_ids=(interview.id,), created_at=now)
    note = Message(interview_id=interview.id, kind=MessageKind.THANK_YOU, person_id=person.id, body=private)
    return [
        application, interview, person, Meeting(interview_id=interview.id, person_id=person.id, topics=(word,)),
        reflection, ReflectionAnswer(reflection_id=reflection.id, question="went_well", value=word, saved_at=now),
        ReflectionAnswer(reflection_id=reflection.id, question="unkind_story", value=private, saved_at=now), note,
        Heard(interview_id=interview.id, what=Word.UPDATE, at=now, note=word), story,
        Lesson(text=private, interview_ids=(interview.id,), created_at=now),
    ]  # fmt: skip


def filled(store: Store, kind: str) -> Place:
    """A centre whose people have all been in; Amina has two interviews and Bela one."""
    now = datetime.now(UTC)
    kept, given = a_history(KEPT, now, KEPT), a_history(GIVEN, now, PRIVATE)
    for person, role in PEOPLE.items():
        with store.centre(person.owner, role, now) as centre:
            centre.enter(Member(person.owner, person.name.title(), f"{person.name}@college.example", role))
    with store.unit(AMINA.owner, now, "Logged") as unit:
        unit.add_all([*kept, *given])
    with store.unit(BELA.owner, now, "Logged") as unit:
        unit.add_all(a_history(HIS, now, HIS))
    interviews = [next(fact for fact in facts if isinstance(fact, Interview)) for facts in (kept, given)]
    sharing.share(Actor(AMINA.owner), store, now, interviews[1].id, EVA.owner)
    return Place(kind, *interviews)


@pytest.fixture(scope="module", params=["sqlite", "postgresql", WALLS_ALONE])
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """The app in server mode on a filled record."""
    folder = tmp_path_factory.mktemp("centre")
    (folder / "centre.yaml").write_text(WITH_EVA, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DEBRIEF_MODE", "server")
        patch.setenv("DEBRIEF_DATA_FOLDER", str(folder / "data"))
        patch.setenv(CENTRE_VARIABLE, str(folder / "centre.yaml"))
        patch.delenv("DEBRIEF_DATABASE_URL", raising=False)
        if request.param == "sqlite":
            yield from opened(request.param)
            return
        cluster: Cluster = request.getfixturevalue("postgresql")
        with walled_database(cluster, patch) as url:
            patch.setenv("DEBRIEF_DATABASE_URL", url)
            yield from opened(request.param, patch)


def opened(kind: str, patch: pytest.MonkeyPatch | None = None) -> Iterator[Place]:
    st.cache_resource.clear()
    st.cache_data.clear()
    store = open_store()
    place = filled(store, kind)
    if patch is not None and kind == WALLS_ALONE:
        take_the_scope_out(patch)
    yield place
    store.close()
    session.store().close()
    st.cache_resource.clear()
    st.cache_data.clear()


def shown(app: AppTest) -> str:
    """Everything that the browser was sent, tables and charts too."""

    def of(block: Block) -> Iterator[str]:
        for child in block.children.values():
            yield str(child.proto)
            if isinstance(child, Block):
                yield from of(child)

    return "\n".join(of(app._tree))


def pages_of(visitor: Visitor | None, interview: Interview, claims: dict[str, Any] | None = None) -> dict[str, str]:
    """What each page sends to somebody who opens it cold by the address of an interview of Amina's."""
    found: dict[str, str] = {}
    for entry in pages_in(Mode.SERVER, PEOPLE[visitor] if visitor else None):
        app = AppTest.from_file(str(ROOT / "ui" / "router.py"), default_timeout=SLOW)
        app.user = claims or (visitor.claims() if visitor else {"is_logged_in": False})
        app.query_params.update({"interview": interview.id, "application": interview.application_id, "depth": "full"})
        app.switch_page(f"../pages/{entry.name}.py").run()
        assert not app.exception, (entry.name, app.exception)
        found[entry.name] = shown(app)
    return found


def test_whose_record_it_is_reads_it(place: Place) -> None:
    pages = pages_of(AMINA, place.kept)

    for name in SHOWS_RECORDS:
        assert KEPT in pages[name], name
    for name, text in pages.items():
        assert HIS not in text, name


@pytest.mark.parametrize("visitor", [NOBODY, BELA, CATO, DORA], ids=["nobody", "bela", "cato", "dora"])
def test_to_whom_nothing_is_shared_no_page_shows_anything(place: Place, visitor: Visitor | None) -> None:
    for name, text in pages_of(visitor, place.given).items():
        assert "quetzal" not in text, name
        assert visitor is BELA or HIS not in text, name


@pytest.mark.parametrize("which", ["given", "kept"])
def test_an_advisor_reads_what_is_shared_where_it_is_shared_and_nothing_else(place: Place, which: str) -> None:
    pages = pages_of(EVA, getattr(place, which))

    assert GIVEN in pages[SHARED.name]
    assert PRIVATE not in pages[SHARED.name]
    for name, text in pages.items():
        assert KEPT not in text, name
        assert HIS not in text, name
        # The walls let her through to the shared interview wherever she asks: to show it elsewhere is our scope's.
        assert place.kind == WALLS_ALONE or name == SHARED.name or "quetzal" not in text, name
