"""The critique as teacher: what is still to mend in a participant's version of a letter."""

from __future__ import annotations

from collections.abc import Sequence

from debrief.content import Content
from debrief.desk.critique import Meaning, critique
from debrief.domain.critique import Finding, Letter
from debrief.domain.room import RoomAnswer
from debrief.domain.scenarios import LetterExercise


def read_letter(
    exercise: LetterExercise, letter: Letter, content: Content, meaning: Meaning | None
) -> Sequence[Finding]:
    """What the critique finds in this version."""
    return critique(letter, exercise.record, content.critique, meaning)


def faults_left(exercise: LetterExercise, findings: Sequence[Finding]) -> RoomAnswer:
    """Those of the exercise's faults that are still in it: all that the room learns of somebody's letter."""
    return frozenset(finding.rule for finding in findings) & exercise.faults.keys()
