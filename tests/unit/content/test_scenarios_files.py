"""scenarios/ and workshops.yaml: what is shipped holds together, and how mistakes in them are named."""

from __future__ import annotations

from pathlib import Path

import pytest
from edited import a_copy, change

from debrief.content import load_content
from debrief.desk.critique import critique, is_ready, load_meaning
from debrief.domain.scenarios import LetterExercise, LookBack, Scenario, Verdict, cited_in
from debrief.errors import ContentBroken

CONTENT = load_content()
ACTIVITIES = tuple(CONTENT.workshops.activities.values())
LETTERS = [activity for activity in ACTIVITIES if isinstance(activity, LetterExercise)]


def problems_after(tmp_path: Path, file: str, old: str, new: str) -> tuple[int, list[tuple[int, str, str]]]:
    content = a_copy(tmp_path)
    line = change(content, f"en/{file}", old, new)
    with pytest.raises(ContentBroken) as broken:
        load_content(content)
    return line, [(one.line, one.key, one.expected) for one in broken.value.problems if one.file == f"en/{file}"]


def test_there_are_twelve_scenarios_letters_to_mend_and_an_interview_to_look_back_on() -> None:
    assert sum(isinstance(activity, Scenario) for activity in ACTIVITIES) >= 12
    assert len(LETTERS) >= 2
    assert any(isinstance(activity, LookBack) for activity in ACTIVITIES)


def test_the_activities_carry_every_piece_of_advice() -> None:
    carried = {advice for activity in ACTIVITIES for cited in cited_in(activity) for advice in cited.advice}

    assert carried == set(CONTENT.guides.advice)


def test_one_programme_holds_every_activity() -> None:
    workshops = CONTENT.workshops

    assert any(set(programme.activities) == set(workshops.activities) for programme in workshops.programmes)


def test_every_text_names_who_says_so() -> None:
    assert all(cited.sources for activity in ACTIVITIES for cited in cited_in(activity))


def test_where_the_guides_differ_the_choice_says_so() -> None:
    fourteen = CONTENT.workshops.activities["fourteen_days"]
    assert isinstance(fourteen, Scenario)

    assert [note.id for note in fourteen.choice("b").differs] == ["how-many-check-ins"]


@pytest.mark.parametrize("scenario", [one for one in ACTIVITIES if isinstance(one, Scenario)], ids=lambda one: one.id)
def test_a_scenario_tempts(scenario: Scenario) -> None:
    verdicts = [choice.verdict for choice in scenario.choices]
    assert Verdict.SOUND in verdicts
    assert Verdict.COSTLY in verdicts or verdicts.count(Verdict.DEBATED) > 1


def test_the_sound_choice_does_not_always_stand_in_the_same_place() -> None:
    places = {
        choice.id
        for scenario in ACTIVITIES
        if isinstance(scenario, Scenario)
        for choice in scenario.choices
        if choice.verdict is Verdict.SOUND
    }

    assert {"a", "b", "c", "d"} <= places


@pytest.mark.parametrize("with_meaning", [True, False])
@pytest.mark.parametrize("exercise", LETTERS, ids=lambda one: one.id)
def test_the_critique_finds_the_faults_of_a_letter_and_none_in_its_better_version(
    exercise: LetterExercise, with_meaning: bool
) -> None:
    meaning = load_meaning() if with_meaning else None

    found = critique(exercise.letter, exercise.record, CONTENT.critique, meaning)
    better = critique(exercise.better, exercise.record, CONTENT.critique, meaning)

    assert exercise.faults.keys() <= {finding.rule for finding in found}
    assert is_ready(better), [finding.message for finding in better]


@pytest.mark.parametrize(
    ("file", "old", "new", "key", "expected"),
    [
        ("scenarios/five_weeks.yaml", "[FU6, FU11]", "[FU6, FU99]", "choices[0].advice[1]", "'FU99' is none"),
        ("scenarios/five_weeks.yaml", "verdict: sound", "verdict: right", "[2].verdict", "one of sound, debated"),
        ("scenarios/five_weeks.yaml", "verdict: sound", "verdict: debated", "choices", "expected to be sound"),
        ("scenarios/five_weeks.yaml", "- id: b", "- id: a", "choices[1].id", "“a” stands in line"),
        ("scenarios/five_weeks.yaml", "minutes: 4", "minutes: 400", "minutes", "at most 30"),
        ("scenarios/five_weeks.yaml", "kind: scenario", "kind: riddle", "", "one of scenario, letter, look_back"),
        ("scenarios/five_weeks.yaml", "question: What now?", "", "question", "missing"),
        ("scenarios/letter_check_in.yaml", "pushy: It", "pushing: It", "faults.pushing", "the id of a rule"),
        ("scenarios/look_back_rosa.yaml", "advice: [TY7, FU1]", "advice: []", "noticings[4].advice", "at least 1"),
        (
            "workshops.yaml",
            "they_said_friday, no",
            "they_said_monday, no",
            "activities[3]",
            "'they_said_monday' is none",
        ),
        ("workshops.yaml", "id: ten_questions", "id: essentials", "[2].id", "“essentials” stands in line"),
    ],
)
def test_a_mistake_is_named_by_file_line_and_key(
    tmp_path: Path, file: str, old: str, new: str, key: str, expected: str
) -> None:
    line, problems = problems_after(tmp_path, file, old, new)

    assert len(problems) == 1
    assert key in problems[0][1]
    assert expected in problems[0][2]
    assert abs(problems[0][0] - line) <= 2 or key in ("choices", "question", "")
