"""A replica that dies while students are writing: nothing acknowledged is lost, and they go on at the other one."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bench.sessions import FORM, Amount, load
from tests.browser.proxy import NO_NGINX, nginx_program
from tests.browser.replicas import replicated
from tests.postgresql import Cluster
from tests.walls import walled_database

PEOPLE = Amount(people=16, rounds=2, think=0.2)
"""So many that some are surely at the replica that dies."""


@pytest.mark.skipif(nginx_program() is None, reason=NO_NGINX)
def test_a_replica_that_dies_under_load_loses_nothing_acknowledged_and_its_people_go_on(
    postgresql: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with walled_database(postgresql, monkeypatch) as database, replicated(tmp_path, database) as centre:
        done = asyncio.run(load([centre.proxy.port], FORM, PEOPLE, mishap=centre.replicas[0].kill))

    assert len(done.waits) + len(done.breaks) == PEOPLE.people * (PEOPLE.rounds + 1)
    assert done.breaks
