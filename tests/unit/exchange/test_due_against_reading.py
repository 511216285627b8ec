"""The product's timeline, held against a second and independent reading of its table."""

from __future__ import annotations

import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from debrief.exchange.due import answer_due
from tests.examples import examples
from tests.house_rules import BOOK
from tests.oracles import timeline_reading
from tests.oracles.timeline_cases import at_a_corner, cases

RULES = BOOK.rules


@settings(
    max_examples=examples(600), deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(st.data())
def test_every_field_agrees_with_the_second_reading(data: st.DataObject) -> None:
    case = data.draw(cases())
    seen = data.draw(at_a_corner(case, timeline_reading.answer(case)))
    assert json.loads(answer_due(json.dumps(seen), RULES)) == timeline_reading.answer(seen)
