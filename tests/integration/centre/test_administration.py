"""What administrators do, and that nobody else does: members, erasing with a receipt, retention, the log, figures."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from debrief.domain.centre import Member, Role
from debrief.domain.facts import Application, Heard, Interview, Word
from debrief.errors import NotFound, Refused
from debrief.store import Store
from debrief.store.tables import metadata
from debrief.usecases.actor import Actor
from debrief.usecases.centre import administration, sharing
from debrief.usecases.sample import load_sample
from tests.integration.centre.conftest import ROLES, acting

AMINA, BELA, CATO, DORA = map(acting, ("amina", "bela", "cato", "dora"))


def an_interview(store: Store, actor: Actor, now: datetime, sector: str = "Care") -> Interview:
    """One interview, answered after four days."""
    application = Application(employer="Acorn Rail", role="Planner", sector=sector)
    ended = now - timedelta(days=20)
    interview = Interview(application_id=application.id, round="Phone", ended_at=ended, timezone="Europe/London")
    with store.unit(actor.owner, now, "Logged") as unit:
        heard = Heard(interview_id=interview.id, what=Word.UPDATE, at=ended + timedelta(days=4))
        unit.add_all([application, interview, heard])
    return interview


def left_of(store: Store, owner: str, now: datetime) -> set[str]:
    """The tables in which anything of somebody is left, by whoever may see it."""
    found: set[str] = set()
    for name, role in ROLES.items():
        with store.centre(name, role, now) as centre:
            transaction = centre._transaction  # pyright: ignore[reportPrivateUsage]
            for table in metadata.sorted_tables:
                for column in ("owner", "author", "advisor"):
                    if column in table.c:
                        statement = sa.select(sa.func.count()).where(table.c[column] == owner).select_from(table)
                        if transaction.read(statement).scalar():
                            found.add(table.name)
    return found


@pytest.mark.parametrize("name", ["amina", "cato", "finn", "nobody", ""])
def test_only_an_administrator_administers(centre_store: Store, now: datetime, name: str) -> None:
    an_interview(centre_store, BELA, now)
    somebody = acting(name)

    for attempt in (
        lambda: administration.members(somebody, centre_store, now),
        lambda: administration.log(somebody, centre_store, now),
        lambda: administration.erase(somebody, centre_store, now, BELA.owner),
        lambda: administration.overdue(somebody, centre_store, now, 0),
        lambda: administration.keep_retention(somebody, centre_store, now, 0),
        lambda: administration.centre_figures(somebody, centre_store, now),
    ):
        with pytest.raises(Refused):
            attempt()
    with centre_store.unit(BELA.owner, now) as unit:
        assert len(unit.courses()) == 1


def test_an_administrator_knows_everybody_and_reads_no_record(centre_store: Store, now: datetime) -> None:
    interview = an_interview(centre_store, AMINA, now)

    assert [one.name for one in administration.members(DORA, centre_store, now)] == [
        "Amina", "Bela", "Cato", "Dora", "Finn",
    ]  # fmt: skip
    with centre_store.unit(DORA.owner, now) as unit, pytest.raises(NotFound):
        unit.get(Interview, interview.id)


def test_erasing_leaves_nothing_of_a_student_and_touches_nobody_else(centre_store: Store, now: datetime) -> None:
    kept = an_interview(centre_store, BELA, now)
    an_interview(centre_store, AMINA, now)
    shared = an_interview(centre_store, AMINA, now)
    sharing.share(AMINA, centre_store, now, shared.id, CATO.owner)
    (held,) = sharing.received(CATO, centre_store, now)
    sharing.comment(CATO, centre_store, now, held.share, "", text="Good.")

    receipt = administration.erase(DORA, centre_store, now, AMINA.owner)

    assert left_of(centre_store, AMINA.owner, now) <= {"sign_outs"}
    assert receipt.counts["shares"] == receipt.counts["comments"] == receipt.counts["members"] == 1
    assert receipt.counts["interviews"] == 2
    for told in ("Amina", "amina@college.example", "2 interviews", f"{now:%Y-%m-%d %H:%M}", "Dora"):
        assert told in receipt.text
    with centre_store.unit(BELA.owner, now) as unit:
        assert unit.get(Interview, kept.id) == kept
    (line,) = [one for one in administration.log(DORA, centre_store, now) if one.what == administration.ERASED]
    assert (line.who, line.whose) == (DORA.owner, AMINA.owner)


def test_erasing_an_advisor_takes_their_comments_along_even_where_the_share_has_ended(
    centre_store: Store, now: datetime
) -> None:
    first, second = an_interview(centre_store, AMINA, now), an_interview(centre_store, AMINA, now)
    for interview in (first, second):
        sharing.share(AMINA, centre_store, now, interview.id, CATO.owner)
    for held in sharing.received(CATO, centre_store, now):
        sharing.comment(CATO, centre_store, now, held.share, "", text="Good.")
    sharing.take_back(AMINA, centre_store, now, first.id, CATO.owner)

    receipt = administration.erase(DORA, centre_store, now, CATO.owner)

    assert receipt.counts["comments"] == 2
    assert left_of(centre_store, CATO.owner, now) <= {"sign_outs"}
    assert sharing.given(AMINA, centre_store, now) == ()


def test_whoever_is_erased_is_signed_out_everywhere(centre_store: Store, now: datetime) -> None:
    administration.erase(DORA, centre_store, now, AMINA.owner)

    with centre_store.centre(AMINA.owner, Role.STUDENT, now) as centre:
        assert centre.signed_out_at() == now


def test_administrators_erase_neither_themselves_nor_somebody_unknown(centre_store: Store, now: datetime) -> None:
    with pytest.raises(Refused):
        administration.erase(DORA, centre_store, now, DORA.owner)
    with pytest.raises(NotFound):
        administration.erase(DORA, centre_store, now, "nobody")


def test_retention_erases_those_unseen_for_so_long_and_no_others(centre_store: Store, now: datetime) -> None:
    an_interview(centre_store, AMINA, now)
    later = now + timedelta(days=100)
    for name in ("bela", "dora"):
        with centre_store.centre(name, ROLES[name], later - timedelta(days=99)) as centre:
            centre.enter(Member(name, name.title(), "", ROLES[name]))

    assert [one.name for one in administration.overdue(DORA, centre_store, later, 99)] == ["Amina", "Cato", "Finn"]
    assert administration.overdue(DORA, centre_store, later, 100) == ()
    receipts = administration.keep_retention(DORA, centre_store, later, 99)

    assert [receipt.member.name for receipt in receipts] == ["Amina", "Cato", "Finn"]
    assert [one.name for one in administration.members(DORA, centre_store, later)] == ["Bela", "Dora"]
    assert left_of(centre_store, AMINA.owner, later) <= {"sign_outs"}


def test_figures_count_those_who_agreed_alone_and_no_sample(centre_store: Store, now: datetime) -> None:
    people = [Actor(f"s{number}") for number in range(7)]
    for person in people:
        with centre_store.centre(person.owner, Role.STUDENT, now) as centre:
            centre.enter(Member(person.owner, person.owner, ""))
        an_interview(centre_store, person, now)
    load_sample(people[0], centre_store, now)

    assert administration.centre_figures(DORA, centre_store, now).total is None
    for person in people[:4]:
        sharing.count_me(person, centre_store, now, in_figures=True)
    assert administration.centre_figures(DORA, centre_store, now).total is None
    sharing.count_me(people[4], centre_store, now, in_figures=True)

    shown = administration.centre_figures(DORA, centre_store, now)

    assert shown.total is not None
    assert (shown.total.at_least, shown.total.median) == (5, 4)
    assert [(cell.label, cell.at_least) for cell in (*shown.by_sector, *shown.by_round)] == [("care", 5), ("phone", 5)]
