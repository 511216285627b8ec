"""Whatever stands in a page's address, the page draws or says what is wrong; nothing of another owner shows."""

from __future__ import annotations

import pytest

from debrief.domain.facts import Interview
from debrief.store import Store
from debrief.usecases.actor import Actor
from debrief.usecases.sample import load_sample
from tests.app.conftest import OpenPage
from tests.app.screens import told
from tests.app.test_pages import NOW
from ui.kit.mode import Mode
from ui.kit.navigation import pages_in

NAMES = [entry.name for entry in pages_in(Mode.LOCAL)]
PARAMETERS = (
    "interview", "application", "kind", "to", "channel", "occasion", "depth", "section", "part", "story", "round",
    "source", "status", "from", "until", "role_family", "asked", "token", "embed",
)  # fmt: skip
HOSTILE = (
    "nonsense", "../../etc/passwd", "<script>alert(1)</script>", "\x00\u202ereversed", "𝒜" * 3000, "-1", "2026-02-31",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_address_is_answered_with_the_page_or_a_sentence(
    open_page: OpenPage, record: Store, actor: Actor, name: str
) -> None:
    load_sample(actor, record, NOW)
    for hostile in HOSTILE:
        app = open_page(name, **dict.fromkeys(PARAMETERS, hostile))
        assert not app.exception, hostile
        assert "not expect" not in told(app), hostile  # the screen for a mistake of ours
        assert app.title or app.error, hostile
    with record.unit(actor.owner, NOW) as unit:
        assert len(unit.find(Interview)) == 40


@pytest.mark.parametrize("name", NAMES)
def test_the_address_of_another_owners_interview_shows_nothing_of_it(
    open_page: OpenPage, record: Store, actor: Actor, name: str
) -> None:
    load_sample(Actor("somebody else"), record, NOW)
    with record.unit("somebody else", NOW) as unit:
        course = unit.courses()[0]
    last = course.rounds[-1].interview
    for query in ({"interview": last.id}, {"application": course.application.id}, {"story": last.id}):
        app = open_page(name, **query)
        assert not app.exception
        assert course.application.employer not in told(app)
        assert course.application.role not in told(app)
    with record.unit(actor.owner, NOW) as unit:
        assert unit.courses() == ()
