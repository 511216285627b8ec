"""At a centre nobody sees what is not theirs: by what our statements say, and on PostgreSQL by the database alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import pytest
import sqlalchemy as sa
from store_cases import a_full_case
from store_histories import dump

from debrief.domain.centre import Member, Role
from debrief.domain.facts import Application, Fact, Interview, Reflection, ReflectionAnswer
from debrief.errors import DebriefError, NotFound, Refused
from debrief.store import Store, open_store
from debrief.store.centre_tables import comments, log_entries, members, shares
from debrief.store.engine import Transaction
from debrief.store.migrations import VERSION_TABLE
from debrief.store.tables import TABLES, metadata
from tests.postgresql import Cluster
from tests.walls import take_the_scope_out, walled_database

AMINA, BELA, CATO, DORA = "amina", "bela", "cato", "dora"
"""Two students, an advisor and an administrator."""
ROLES = {AMINA: Role.STUDENT, BELA: Role.STUDENT, CATO: Role.ADVISOR, DORA: Role.ADMINISTRATOR}


@dataclass(frozen=True)
class Place:
    """A centre: Amina has two interviews at two employers, Bela one; Amina shares her first with Cato."""

    store: Store
    shared: list[Fact]
    other: list[Fact]

    @property
    def interview(self) -> Interview:
        return next(fact for fact in self.shared if isinstance(fact, Interview))

    @property
    def kept_back(self) -> Interview:
        return next(fact for fact in self.other if isinstance(fact, Interview))


def filled(store: Store, now: datetime) -> Place:
    shared, other = a_full_case(now), a_full_case(now)
    with store.unit(AMINA, now, "Logged") as unit:
        unit.add_all([*shared, *other])
        unit.set_setting("tone", "warm")
    with store.unit(BELA, now, "Logged") as unit:
        unit.add_all(a_full_case(now))
    for owner, role in ROLES.items():
        with store.centre(owner, role, now) as centre:
            centre.enter(Member(owner, owner.title(), f"{owner}@college.example", role))
    place = Place(store, shared, other)
    with store.centre(AMINA, Role.STUDENT, now) as centre:
        centre.share(place.interview.id, CATO)
        centre.note("shared", AMINA, place.interview.id)
    return place


@pytest.fixture
def place(store: Store, now: datetime) -> Place:
    return filled(store, now)


@pytest.fixture
def walled(postgresql: Cluster, monkeypatch: pytest.MonkeyPatch, now: datetime) -> Iterator[Place]:
    """The same centre on PostgreSQL, where the app's role is neither the keeper of the tables nor a superuser."""
    with walled_database(postgresql, monkeypatch) as url:
        store = open_store(url)
        try:
            yield filled(store, now)
        finally:
            store.close()


def refuses(store: Store, who: str, statement: sa.Executable) -> bool:
    """Whether the database refuses a statement of somebody."""
    transaction = Transaction(store.engine, who, ROLES[who].value)
    try:
        transaction.write(statement)
    except DebriefError:
        return True
    finally:
        transaction.roll_back()
    return False


def test_an_advisor_reads_the_shared_interview_with_all_that_belongs_to_it_and_no_other(
    place: Place, now: datetime
) -> None:
    with place.store.centre(CATO, Role.ADVISOR, now) as centre:
        (share,) = centre.shares_received()
        assert (share.owner, share.interview_id) == (AMINA, place.interview.id)
        course = centre.shared_course(AMINA, place.interview.id)
        assert [member.name for member in centre.sharers().values()] == ["Amina"]
    (only,) = course.rounds
    assert only.interview == place.interview
    assert only.answers["went_well"].value == "the case"
    assert [met.person.name for met in only.met] == ["Dana Whitfield"]
    assert (len(only.messages), len(only.heard), len(only.decisions)) == (1, 1, 1)


@pytest.mark.parametrize(("who", "role"), [(BELA, Role.STUDENT), (DORA, Role.ADMINISTRATOR), ("", Role.STUDENT)])
def test_nobody_else_reads_it(place: Place, now: datetime, who: str, role: Role) -> None:
    with place.store.centre(who, role, now) as centre:
        assert centre.shares_received() == ()
        with pytest.raises(NotFound):
            centre.shared_course(AMINA, place.interview.id)
        with pytest.raises(NotFound):
            centre.comments(AMINA, place.interview.id)
        with pytest.raises(NotFound):
            centre.comment(AMINA, place.interview.id, "went_well", "Hello", name="Nobody")


def test_what_is_not_shared_stays_unread_and_a_share_taken_back_ends_at_once(place: Place, now: datetime) -> None:
    with place.store.centre(CATO, Role.ADVISOR, now) as centre, pytest.raises(NotFound):
        centre.shared_course(AMINA, place.kept_back.id)
    with place.store.centre(AMINA, Role.STUDENT, now) as centre:
        centre.take_back(place.interview.id, CATO)
        assert centre.shares_given() == ()
    with place.store.centre(CATO, Role.ADVISOR, now) as centre:
        assert centre.shares_received() == ()
        assert centre.sharers() == {}
        with pytest.raises(NotFound):
            centre.shared_course(AMINA, place.interview.id)


def test_one_shares_only_what_is_ones_own_and_only_with_an_advisor(place: Place, now: datetime) -> None:
    with place.store.centre(BELA, Role.STUDENT, now) as centre, pytest.raises(NotFound):
        centre.share(place.interview.id, CATO)
    for somebody in (BELA, DORA, "nobody"):
        with place.store.centre(AMINA, Role.STUDENT, now) as centre, pytest.raises(NotFound):
            centre.share(place.interview.id, somebody)


def test_a_comment_is_read_by_the_student_and_its_advisor_and_removed_by_either(place: Place, now: datetime) -> None:
    with place.store.centre(CATO, Role.ADVISOR, now) as centre:
        first = centre.comment(AMINA, place.interview.id, "went_well", "Well put.", name="Cato")
        second = centre.comment(AMINA, place.interview.id, "", "Try the story of the ledger.", name="Cato")
    with place.store.centre(BELA, Role.STUDENT, now) as centre:
        centre.remove_comment(first)
    with place.store.centre(AMINA, Role.STUDENT, now) as centre:
        assert {one.text for one in centre.comments(AMINA, place.interview.id)} == {first.text, second.text}
        centre.remove_comment(first)
    with place.store.centre(CATO, Role.ADVISOR, now) as centre:
        assert centre.comments(AMINA, place.interview.id) == (second,)
        centre.remove_comment(second)
        assert centre.comments(AMINA, place.interview.id) == ()


def test_the_log_is_read_by_the_administrator_and_by_whom_it_concerns(place: Place, now: datetime) -> None:
    with place.store.centre(CATO, Role.ADVISOR, now) as centre:
        centre.note("viewed", AMINA, place.interview.id)
        assert centre.log() == ()
    for who in (AMINA, DORA):
        with place.store.centre(who, ROLES[who], now) as centre:
            assert {(line.who, line.what, line.whose) for line in centre.log()} == {
                (AMINA, "shared", AMINA),
                (CATO, "viewed", AMINA),
            }


def test_only_the_administrator_lists_the_members(place: Place, now: datetime) -> None:
    with place.store.centre(DORA, Role.ADMINISTRATOR, now) as centre:
        assert [member.name for member in centre.members()] == ["Amina", "Bela", "Cato", "Dora"]
    with place.store.centre(AMINA, Role.STUDENT, now) as centre:
        assert [member.name for member in centre.advisors()] == ["Cato"]
        with pytest.raises(Refused):
            centre.members()


def test_consent_to_be_counted_outlives_the_next_sign_in(place: Place, now: datetime) -> None:
    with place.store.centre(AMINA, Role.STUDENT, now) as centre:
        centre.count_me(in_figures=True)
    with place.store.centre(AMINA, Role.STUDENT, now) as centre:
        assert centre.enter(Member(AMINA, "Amina N.", "new@college.example")).in_figures
    with place.store.centre(DORA, Role.ADMINISTRATOR, now) as centre:
        counted = {member.owner: member.in_figures for member in centre.members()}
    assert counted == {AMINA: True, BELA: False, CATO: False, DORA: False}


def test_forgetting_somebody_leaves_nothing_of_them_but_the_log(place: Place, now: datetime) -> None:
    with place.store.centre(CATO, Role.ADVISOR, now) as centre:
        centre.comment(AMINA, place.interview.id, "", "Good.", name="Cato")
    with place.store.unit(AMINA, now) as unit:
        unit.forget_everything()
    with place.store.centre(AMINA, Role.STUDENT, now) as centre:
        centre.forget_me()
    with place.store.engine.connect() as connection:
        for table in metadata.sorted_tables:
            owned = [column for column in (table.c.get("owner"), table.c.get("author")) if column is not None]
            for column in owned:
                left = connection.execute(sa.select(sa.func.count()).where(column == AMINA).select_from(table)).scalar()
                assert not left, table.name
        assert connection.execute(sa.select(sa.func.count()).select_from(log_entries)).scalar() == 1


def test_when_somebody_signed_out_is_not_forgotten_with_their_record(place: Place, now: datetime) -> None:
    with place.store.centre(AMINA, Role.STUDENT, now) as centre:
        centre.sign_out()
    with place.store.unit(AMINA, now) as unit:
        unit.forget_everything()
    with place.store.centre(AMINA, Role.STUDENT, now) as centre:
        centre.forget_me()
        assert centre.signed_out_at() == now


def everything_seen(place: Place, who: str, role: Role) -> dict[str, set[Any]]:
    """Whose rows of each table the database lets a transaction through to that acts for somebody."""
    seen: dict[str, set[Any]] = {}
    transaction = Transaction(place.store.engine, who, role.value)
    try:
        for table in metadata.sorted_tables:
            column = table.c.get("owner", table.c.get("whose"))
            assert column is not None
            seen[table.name] = set(transaction.read(sa.select(column)).scalars())
    finally:
        transaction.roll_back()
    return seen


@pytest.mark.parametrize("who", [AMINA, BELA, CATO, DORA, "", "nobody"])
def test_the_database_alone_lets_nobody_through_to_foreign_rows(walled: Place, who: str) -> None:
    seen = everything_seen(walled, who, ROLES.get(who, Role.STUDENT))
    if who == CATO:
        opened = {name for name, owners in seen.items() if AMINA in owners}
        assert opened == {
            "applications", "interviews", "people", "meetings", "reflections", "reflection_answers", "messages",
            "heard", "decisions", "shares", "members",
        }  # fmt: skip
    for name, owners in seen.items():
        foreign = owners - {who}
        if name == "members":
            assert foreign <= {CATO} | ({AMINA} if who == CATO else set()) | (set(ROLES) if who == DORA else set())
        elif name == "log_entries" and who == DORA:
            assert foreign == {AMINA}
        else:
            assert foreign <= ({AMINA} if who == CATO else set()), name


def test_the_database_alone_opens_one_shared_interview_and_not_the_other(walled: Place, now: datetime) -> None:
    transaction = Transaction(walled.store.engine, CATO, Role.ADVISOR.value)
    try:
        for kind, expected in ((Interview, 1), (Application, 1), (Reflection, 1), (ReflectionAnswer, 1)):
            rows = transaction.read(sa.select(TABLES[kind].c.id)).scalars().all()
            assert len(rows) == expected, kind
        assert transaction.read(sa.select(TABLES[Interview].c.id)).scalars().all() == [walled.interview.id]
    finally:
        transaction.roll_back()


def test_with_the_scope_removed_units_still_see_and_change_only_their_own(
    walled: Place, monkeypatch: pytest.MonkeyPatch, now: datetime
) -> None:
    with walled.store.unit(AMINA, now) as unit:
        mine = dump(unit)
    take_the_scope_out(monkeypatch)
    with walled.store.unit(AMINA, now) as unit:
        assert dump(unit) == mine
    with walled.store.unit(BELA, now) as unit:
        assert {fact.id for fact in unit.find(Interview)}.isdisjoint({walled.interview.id, walled.kept_back.id})
        for fact in (walled.interview, walled.kept_back):
            with pytest.raises(NotFound):
                unit.get(Interview, fact.id)
        unit.forget_everything()
    with walled.store.unit(AMINA, now) as unit:
        assert dump(unit) == mine


@pytest.mark.parametrize(
    "statement",
    [
        lambda place: sa.update(TABLES[Application]).values(employer="Elsewhere"),
        lambda place: sa.delete(TABLES[Interview]),
        lambda place: sa.update(shares).values(advisor=BELA),
        lambda place: sa.delete(shares).where(shares.c.owner == AMINA),
        lambda place: sa.update(members).where(members.c.owner == AMINA).values(role=Role.ADMINISTRATOR),
    ],
)
def test_the_database_alone_lets_an_advisor_change_nothing_of_a_student(
    walled: Place, now: datetime, statement: Callable[[Place], sa.Update | sa.Delete]
) -> None:
    transaction = Transaction(walled.store.engine, CATO, Role.ADVISOR.value)
    try:
        assert transaction.write(statement(walled)).rowcount == 0
    finally:
        transaction.roll_back()


def test_the_database_refuses_a_row_in_somebody_elses_name_and_a_log_line_about_others_doing(
    walled: Place, now: datetime
) -> None:
    line = {"id": "x", "at": now, "who": AMINA, "what": "viewed", "whose": BELA, "about": ""}
    share = {
        "owner": AMINA, "interview_id": walled.kept_back.id, "advisor": CATO, "shared_at": now, "with_private": True,
    }  # fmt: skip
    for statement in (sa.insert(log_entries).values(line), sa.insert(shares).values(share)):
        assert refuses(walled.store, CATO, statement)


def test_the_log_is_changed_by_nobody(walled: Place) -> None:
    for statement in (sa.update(log_entries).values(who="x"), sa.delete(log_entries)):
        assert refuses(walled.store, DORA, statement)


def test_a_pooled_connection_forgets_for_whom_it_acted(walled: Place, now: datetime) -> None:
    with walled.store.unit(AMINA, now) as unit:
        assert unit.find(Interview)
    with walled.store.engine.connect() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(TABLES[Interview])).scalar() == 0


def test_every_table_stands_behind_a_wall_that_holds_for_its_keeper_too(walled: Place) -> None:
    with walled.store.engine.connect() as connection:
        walls = dict(
            connection.exec_driver_sql(
                "SELECT relname, relrowsecurity AND relforcerowsecurity FROM pg_class "
                "WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
            ).all()
        )
    assert {name for name, walled_ in walls.items() if not walled_} == {VERSION_TABLE}
    assert set(walls) == {table.name for table in metadata.sorted_tables} | {VERSION_TABLE}


def test_a_comment_by_an_advisor_needs_the_share_in_the_database_too(walled: Place, now: datetime) -> None:
    with walled.store.centre(CATO, Role.ADVISOR, now) as centre:
        made = centre.comment(AMINA, walled.interview.id, "", "Good.", name="Cato")
    foreign = replace(made, id="other", interview_id=walled.kept_back.id)
    values = {name: getattr(foreign, name) for name in type(foreign).__dataclass_fields__}
    assert refuses(walled.store, CATO, sa.insert(comments).values(values))


def test_replicas_that_start_together_migrate_once(postgresql_url: str) -> None:
    with ThreadPoolExecutor(4) as pool:
        stores = list(pool.map(lambda _: open_store(postgresql_url), range(4)))
    for store in stores:
        store.close()


def test_replicas_that_start_together_all_open_the_record(
    postgresql: Cluster, monkeypatch: pytest.MonkeyPatch, now: datetime
) -> None:
    with walled_database(postgresql, monkeypatch) as url:
        for _ in range(3):  # on an empty database, and on one that is up to date
            with ThreadPoolExecutor(8) as replicas:
                stores = [one.result() for one in [replicas.submit(open_store, url) for _ in range(8)]]
            for store in stores:
                with store.unit(AMINA, now) as unit:
                    assert unit.courses() == ()
                store.close()
