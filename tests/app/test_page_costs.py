"""What a page costs: statements that do not grow with the record, and no heavy library before it is needed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from debrief.domain.facts import Fact, Interview, new_id
from debrief.store import Store
from debrief.store.mapping import KINDS
from debrief.usecases.actor import Actor
from debrief.usecases.sample import load_sample
from tests.app.conftest import ROOT, OpenPage
from tests.app.test_pages import NOW
from ui.kit.mode import Mode
from ui.kit.navigation import pages_in

NAMES = [entry.name for entry in pages_in(Mode.LOCAL)]
HEAVY = (
    *("typst", "vl_convert", "docx", "onnxruntime", "tokenizers", "segno", "harper", "icalendar", "alembic.command"),
    *("pandas", "altair", "jsonschema", "jinja2.sandbox", "rapidfuzz", "holidays"),
    *("sqlalchemy.dialects.postgresql", "debrief.desk", "debrief.exchange", "debrief.insights"),
)
"""What takes its time or memory, each for one errand."""


def twofold(record: Store, actor: Actor) -> None:
    """Doubles the record: every fact once more, under ids of its own."""
    with record.unit(actor.owner, NOW) as unit:
        facts = [fact for kind in KINDS for fact in unit.find(kind)]
        ids = {fact.id: new_id() for fact in facts}
        unit.add_all([replace(fact, version=1, **_renamed(fact, ids)) for fact in facts])


def _renamed(fact: Fact, ids: dict[str, str]) -> dict[str, Any]:
    """The fields that hold ids, with the copies' ids."""
    held = {field.name: getattr(fact, field.name) for field in fields(fact)}
    single = {name: ids[value] for name, value in held.items() if isinstance(value, str) and value in ids}
    several = {name: value for name, value in held.items() if isinstance(value, tuple)}
    return single | {
        name: tuple(ids.get(one, one) if isinstance(one, str) else one for one in value)
        for name, value in several.items()
    }


def statements_of(run: Callable[[], object]) -> list[str]:
    """The statements that reach a database meanwhile."""
    seen: list[str] = []

    def note(*arguments: Any) -> None:
        seen.append(arguments[2])

    sa.event.listen(Engine, "before_cursor_execute", note)
    try:
        run()
    finally:
        sa.event.remove(Engine, "before_cursor_execute", note)
    return seen


@pytest.mark.parametrize("name", NAMES)
def test_a_rerun_asks_the_database_no_more_often_when_the_record_has_doubled(
    open_page: OpenPage, record: Store, actor: Actor, name: str
) -> None:
    load_sample(actor, record, NOW)
    with record.unit(actor.owner, NOW) as unit:
        chosen = unit.find(Interview)[-1].id
    app = open_page(name, interview=chosen)
    once = statements_of(app.run)
    twofold(record, actor)
    app = open_page(name, interview=chosen)
    twice = statements_of(app.run)

    assert not app.exception
    assert len(twice) == len(once)
    assert len(once) <= 150


FIRST_PAGE = """
import sys
sys.argv = ["streamlit"]
from streamlit.testing.v1 import AppTest
app = AppTest.from_file("ui/router.py", default_timeout=120).run()
assert not app.exception and app.title
print(*sorted({name for name in sys.modules}))
"""


def test_the_first_page_loads_no_library_that_it_does_not_need(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FIRST_PAGE],
        cwd=ROOT,
        env={"DEBRIEF_DATA_FOLDER": str(tmp_path), "HOME": str(tmp_path), "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(done.stdout.split())
    # A new record is made by migrating: Alembic is loaded once for that, and not again. It knows PostgreSQL too.
    assert {name for name in HEAVY if name in loaded} <= {"alembic.command", "sqlalchemy.dialects.postgresql"}
