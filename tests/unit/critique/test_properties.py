"""Whatever is typed: no crash, spans inside the text, the same answer twice, work that grows with the text alone."""

from __future__ import annotations

import sys
from collections.abc import Callable
from threading import Thread
from typing import Any

import pytest
from critique_rules import RULES
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from debrief.desk.critique import critique
from debrief.domain.critique import Letter, Place, RecordFacts
from debrief.domain.facts import Channel, MessageKind
from tests.examples import examples

NAMES = st.sampled_from(["Dana Whitfield", "Zoë Müller", "李 明", "O'Brien", "", "  ", "محمد", "a", "Ürün-Ğ"])
PIECES = st.sampled_from(
    ["Dear ", "Dana", ",\n", "\n\n", "  ", "[", "]", "{{", "}}", "<", ">", "!", "…", "I need this job", " at ", "Dr. ",
     "Northwind", "Nortwind", "the role", "__", "’s", "e\u0301", "😀", "\u2028", "\x00", "(", "XXX", "salary", "P.S. "]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=400), st.lists(PIECES, max_size=60).map("".join))


@settings(max_examples=examples(150), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    body=TEXTS,
    subject=TEXTS,
    name=NAMES,
    company=NAMES,
    kind=st.sampled_from(MessageKind),
    channel=st.sampled_from(Channel),
)
def test_any_text_is_read_without_a_crash_and_spans_lie_inside_it(
    body: str, subject: str, name: str, company: str, kind: MessageKind, channel: Channel
) -> None:
    letter = Letter(kind=kind, channel=channel, subject=subject, body=body)
    record = RecordFacts(
        sender=name, recipient=name, company=company, role=name, details=(subject,), other_companies=(name,),
        other_people=(company,), other_roles=(company,), other_notes=(body, subject),
    )  # fmt: skip
    findings = critique(letter, record, RULES)
    assert findings == critique(letter, record, RULES)
    for finding in findings:
        text = body if finding.place is Place.BODY else subject
        assert 0 <= finding.start <= finding.end <= len(text)


FACTS = RecordFacts(
    sender="Tunde Bello", recipient="Dana Whitfield", company="Northwind Pottery", role="Kiln Technician",
    other_companies=("Kestrel Foods",), other_roles=("Studio Manager",),
)  # fmt: skip


def steps(work: Callable[[], object]) -> int:
    """How many lines of Python `work` runs: a clock that does not depend on the machine."""
    count = 0

    def on_line(*_: object) -> None:
        nonlocal count
        count += 1

    tool: Any = getattr(sys, "monitoring", None)
    if tool is None:

        def trace(*_: object) -> object:
            on_line()
            return trace

        def traced() -> None:
            sys.settrace(trace)  # type: ignore[arg-type]
            work()

        alone = Thread(target=traced)  # in this thread somebody may be measuring the tests' coverage
        alone.start()
        alone.join()
        return count
    tool.use_tool_id(3, "steps")
    try:
        tool.register_callback(3, tool.events.LINE, on_line)
        tool.set_events(3, tool.events.LINE)
        work()
    finally:
        tool.set_events(3, 0)
        tool.free_tool_id(3)
    return count


@pytest.mark.parametrize(
    "piece",
    ["the ", "I need ", "[", "a [b ", "Dear ", "  ,", "x" , "i would like to ", "Northwind ", "!", "_ ", "K ", "was. "],
)  # fmt: skip
def test_the_work_grows_in_line_with_the_text(piece: str) -> None:
    short = Letter(kind=MessageKind.THANK_YOU, subject="x", body=piece * (1_000 // len(piece)))
    long = Letter(kind=MessageKind.THANK_YOU, subject="x", body=piece * (4_000 // len(piece)))
    few = steps(lambda: critique(short, FACTS, RULES))
    many = steps(lambda: critique(long, FACTS, RULES))
    assert many < 6 * few + 20_000


def test_fifty_thousand_characters_are_read() -> None:
    body = ("I would like to know, dear Dana, whether the  role at Nortwind is [name]! " * 800)[:50_000]
    assert critique(Letter(kind=MessageKind.CHECK_IN, subject="x", body=body), FACTS, RULES)
