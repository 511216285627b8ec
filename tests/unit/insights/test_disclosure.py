"""A centre's figures: right where they are shown, and nobody can be told apart by them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from debrief.insights.disclosure import FEWEST_PEOPLE, Cell, Wait, figures, safe_cuts
from tests.examples import examples

PEOPLE = [f"p{number}" for number in range(12)]

waits = st.lists(
    st.builds(
        Wait,
        person=st.sampled_from(PEOPLE),
        sector=st.sampled_from(["tech", "care", "law", ""]),
        round=st.sampled_from(["phone", "panel", "final"]),
        days=st.integers(0, 30),
        seen=st.booleans(),
    ),
    max_size=40,
)


def wait(person: str, sector: str = "tech", round_: str = "phone", days: int = 3) -> Wait:
    return Wait(person, sector, round_, days, seen=True)


def cuts_of(given_waits: Sequence[Wait]) -> list[dict[str, frozenset[int]]]:
    """The two cuts, found anew."""
    found: list[dict[str, frozenset[int]]] = []
    for name in ("sector", "round"):
        labels = {getattr(one, name) for one in given_waits}
        found.append(
            {
                label: frozenset(place for place, one in enumerate(given_waits) if getattr(one, name) == label)
                for label in labels
            }
        )
    return found


def sums(cells: Sequence[frozenset[int]]) -> Iterator[frozenset[int]]:
    """Each sum of cells that share nothing."""
    for size in range(1, len(cells) + 1):
        for some in combinations(cells, size):
            yield frozenset().union(*some)


@settings(max_examples=examples(300), deadline=None)
@given(waits)
def test_no_difference_of_what_is_shown_leaves_fewer_than_five_people(given_waits: list[Wait]) -> None:
    everything = frozenset(range(len(given_waits)))
    people = [one.person for one in given_waits]
    if len(set(people)) < FEWEST_PEOPLE:
        assert figures(given_waits).total is None
        return
    shown = safe_cuts(cuts_of(given_waits), everything, people)

    known = {everything, *(one for cut in shown for one in sums(list(cut.values())))}
    for larger in known:
        assert len({people[place] for place in larger}) >= FEWEST_PEOPLE
        for smaller in known:
            left = larger - smaller
            if smaller < larger:
                assert len({people[place] for place in left}) >= FEWEST_PEOPLE


def test_a_group_of_fewer_than_five_is_hidden_with_the_smallest_beside_it() -> None:
    found = figures(
        [
            *(wait(f"p{number}", "tech") for number in range(9)),
            *(wait(f"q{number}", "care") for number in range(6)),
            *(wait(f"r{number}", "law") for number in range(2)),
        ]
    )

    assert [cell.label for cell in found.by_sector] == ["tech"]


def test_groups_that_add_up_to_everything_are_shown_as_they_are() -> None:
    quick, slow = (
        [wait(f"p{number}") for number in range(9)],
        [wait(f"q{number}", "care", days=9) for number in range(6)],
    )

    found = figures([*quick, *slow])

    assert found.total == Cell("", 15, 3, 3)
    assert found.by_sector == (Cell("tech", 5, 3, 3), Cell("care", 5, 9, 9))


def test_one_person_with_many_interviews_is_one_person() -> None:
    found = figures([*(wait("p0") for _ in range(50)), *(wait(f"q{number}", "care") for number in range(3))])

    assert (found.total, found.by_sector, found.by_round) == (None, (), ())


def test_those_still_waiting_count_as_waiting() -> None:
    silent = [Wait(f"p{number}", "tech", "phone", 20, seen=False) for number in range(6)]
    answered = [wait(f"q{number}", days=4) for number in range(4)]

    found = figures([*silent, *answered])

    assert found.total == Cell("", 10, None, 4)


def test_without_consent_there_is_nothing_to_show() -> None:
    assert figures([]).total is None


def test_a_cell_tells_the_day_by_which_a_quarter_and_a_half_had_heard() -> None:
    heard = [wait(f"p{number}", days=number + 1) for number in range(8)]
    cell = figures(heard).total
    assert cell is not None
    assert (cell.quarter, cell.median) == (2, 4)


def test_a_quarter_that_has_not_heard_is_not_told() -> None:
    waiting = [Wait(f"p{number}", "tech", "phone", 9, seen=number == 0) for number in range(8)]
    cell = figures(waiting).total
    assert cell is not None
    assert (cell.quarter, cell.median) == (None, None)
