"""What the insights cost: figures beside a naive loop, and findings at growing histories, as ratios in one run.

    python -m bench.insights [--rows 1000 100000]

The naive loop is what one writes first: one pass over all waits for each day. It
works in floats, to be compared in speed and not in exactness. It is only run
once, the product's figures five times with the best counted.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd

from debrief.insights.gallery import questions
from debrief.insights.history import Entry, given_frame, with_days
from debrief.insights.record import Record
from debrief.insights.report import report
from debrief.insights.statistics import aalen_johansen, kaplan_meier
from debrief.insights.theme import DAY

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
ZONES = ("Europe/London", "America/New_York", "Asia/Kuala_Lumpur", "Africa/Nairobi")


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="+", default=[100, 1_000, 10_000, 100_000])
    sizes = parser.parse_args().rows
    frames = {rows: with_days(given_frame(entries(rows)), NOW) for rows in sizes}
    compare_with_a_loop(frames)
    time_the_findings(frames)


def compare_with_a_loop(frames: dict[int, pd.DataFrame]) -> None:
    """Survival and incidence: numpy beside the naive loop, on the same waits."""
    print(f"{'interviews':>10}  {'figures':>10}  {'naive loop':>10}  {'times as long':>13}")
    for rows, frame in frames.items():
        days = frame["word_days"].to_numpy(np.int64)
        causes = frame["answer_cause"].to_numpy(np.int64)
        answer_days = frame["answer_days"].to_numpy(np.int64)
        seen = frame["word_seen"].to_numpy(np.bool_)
        ours = best_of(5, lambda d=days, s=seen, a=answer_days, c=causes: (kaplan_meier(d, s), aalen_johansen(a, c)))
        pairs = list(zip(days.tolist(), seen.tolist(), strict=True))
        answers = list(zip(answer_days.tolist(), causes.tolist(), strict=True))
        naive = best_of(1, lambda p=pairs, a=answers: (naive_survival(p), naive_incidence(a)))
        print(f"{rows:>10,}  {ours * 1000:>8.2f}ms  {naive * 1000:>8.1f}ms  {naive / ours:>13,.0f}")


def time_the_findings(frames: dict[int, pd.DataFrame]) -> None:
    """The frame, the report and all findings, and each as a multiple of the smallest history's."""
    print(f"\n{'interviews':>10}  {'frame':>9}  {'report':>9}  {'findings':>9}  {'findings, of the smallest':>25}")
    smallest = None
    for rows, frame in frames.items():
        made = best_of(3, lambda f=frame: with_days(f, NOW))
        counted = best_of(3, lambda f=frame: report(f))
        drawn = best_of(3, lambda f=frame: draw_all(f))
        smallest = smallest or drawn
        print(
            f"{rows:>10,}  {made * 1000:>7.0f}ms  {counted * 1000:>7.0f}ms  {drawn * 1000:>7.0f}ms  "
            f"{drawn / smallest:>25.1f}"
        )


def draw_all(frame: pd.DataFrame) -> None:
    """Every finding of the page, with its chart."""
    nothing = {"interview_id": pd.Series(dtype=str)}
    record = Record(
        frame,
        pd.DataFrame(nothing | {"competency": "", "hard": pd.Series(dtype=bool), "went": pd.Series(dtype=float)}),
        pd.DataFrame(nothing | {"in_time": pd.Series(dtype=bool)}),
        pd.DataFrame(nothing | {name: pd.Series(dtype=str) for name in ("lesson_id", "area", "state")}),
    )
    for section in questions({}):
        for draw in section.draws:
            draw(record, DAY)


def naive_survival(waits: list[tuple[int, bool]]) -> list[float]:
    """The curve by one pass over all waits for each event day."""
    share, shares = 1.0, []
    for day in sorted({days for days, seen in waits if seen}):
        at_risk = sum(1 for days, _ in waits if days >= day)
        events = sum(1 for days, seen in waits if seen and days == day)
        share *= 1 - events / at_risk
        shares.append(share)
    return shares


def naive_incidence(waits: list[tuple[int, int]]) -> list[tuple[float, float]]:
    """Yes and no by one pass over all waits for each event day."""
    silent, positive, negative, points = 1.0, 0.0, 0.0, []
    for day in sorted({days for days, cause in waits if cause}):
        at_risk = sum(1 for days, _ in waits if days >= day)
        yes = sum(1 for days, cause in waits if days == day and cause == 1)
        no = sum(1 for days, cause in waits if days == day and cause == 2)
        positive += silent * yes / at_risk
        negative += silent * no / at_risk
        silent *= 1 - (yes + no) / at_risk
        points.append((positive, negative))
    return points


def entries(rows: int) -> list[Entry]:
    """An invented history of so many interviews over three years."""
    chance = random.Random(11)
    return [_entry(chance, place) for place in range(rows)]


def _entry(chance: random.Random, place: int) -> Entry:
    ended = NOW - timedelta(days=chance.random() * 1000 + 0.1)
    at = ended + timedelta(days=chance.gammavariate(1.6, 6))
    answer = chance.choice(("advanced", "rejected", "offer", "")) if at < NOW else ""
    heard = at if answer or (at < NOW and chance.random() < 0.4) else None
    let_go = not answer and ended + timedelta(days=40) < NOW
    status = answer or ("let_go" if let_go else "waiting")
    return Entry(
        interview_id=f"i{place}",
        application_id=f"a{place // 2}",
        company=f"Employer {place // 2}",
        role="Analyst",
        round=("phone", "panel")[place % 2],
        source=chance.choice(("referral", "board", "direct")),
        timezone=chance.choice(ZONES),
        ended_at=ended,
        first_word_at=heard,
        answer=answer,
        answered_at=at if answer else None,
        decision="let_go" if let_go else "",
        decided_at=ended + timedelta(days=40) if let_go else None,
        thank_you_at=ended + timedelta(hours=chance.choice((0, 1, 2))),
        self_rating=float(chance.randint(1, 5)),
        stated_chance=chance.random(),
        status=status,
        course_status=status,
        sequence=place % 2 + 1,
        rounds_held=2,
    )


def best_of(times: int, work: Callable[[], object]) -> float:
    """The shortest of some runs, in seconds."""
    taken: list[float] = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return min(taken)


if __name__ == "__main__":
    main()
