"""A unit keeps everything or nothing, for one owner alone, on both databases."""

from __future__ import annotations

from datetime import datetime

from debrief.domain.facts import Application, Interview
from debrief.store import Store


def test_what_is_added_is_found_by_the_next_unit(store: Store, now: datetime) -> None:
    with store.unit("local", now) as unit:
        application = unit.add(Application(employer="Alder & Finch", role="Analyst"))
        interview = unit.add(
            Interview(application_id=application.id, round="phone", ended_at=now, timezone="Asia/Kuala_Lumpur")
        )
    with store.unit("local", now) as unit:
        assert unit.get(Application, application.id) == application
        assert unit.find(Interview, application_id=application.id) == [interview]
        assert unit.course_of(interview.id) == unit.courses()[0]
