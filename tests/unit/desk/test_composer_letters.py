"""Every letter that the desk can write, kept as it reads: look at the difference whenever a wording changes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from letters_at_hand import WEAK_WITHOUT, a_thank_you, cases_to_read, with_facts
from syrupy.assertion import SnapshotAssertion

from debrief.content import load_content
from debrief.desk.composer import compose
from debrief.domain.facts import MessageKind
from debrief.domain.letters import Templates, Tone


@pytest.fixture(scope="module")
def templates() -> Templates:
    return load_content().templates


@pytest.mark.parametrize("kind", list(MessageKind))
def test_every_letter_reads_as_it_was_read_through(
    kind: MessageKind, templates: Templates, snapshot: SnapshotAssertion
) -> None:
    written: dict[str, list[str]] = {}
    for case in cases_to_read(kind):
        draft = compose(case.brief, templates)
        asked = ", ".join(question.id for question in draft.asks if question.id in WEAK_WITHOUT) or "nothing"
        letter = f"Subject: {draft.subject}\n\n{draft.body}\n\n(asks for {asked})"
        written.setdefault(letter, []).append(case.name)
    # Letters that several cases share stand once, under all their names.
    blocks = ["\n".join([*names, "---", letter, ""]) for letter, names in written.items()]
    assert "\n".join(blocks) == snapshot


@pytest.mark.parametrize("tone", list(Tone))
def test_the_notes_to_a_panel_of_six_read_as_they_were_read_through(
    tone: Tone, templates: Templates, snapshot: SnapshotAssertion
) -> None:
    brief = replace(with_facts(a_thank_you(), "all"), tone=tone)
    notes = [compose(replace(brief, place=place), templates) for place in range(6)]
    assert "\n\n".join(f"Subject: {note.subject}\n\n{note.body}" for note in notes) == snapshot
