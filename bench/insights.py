"""What the insights cost: the statistics beside a naive loop, the first load, and the page's later reruns.

    python -m bench.insights [--rows 100 1000 10000 100000] [--only statistics|pages]

The naive loop is what one writes first: one pass over all waits for each day. It
works in floats, to be compared in speed and not in exactness. scikit-survival
runs over the same waits where it can be imported (it is no dependency; put a
folder that holds it on PYTHONPATH).

A history is written into a database of its own; the page is run on it as the
server would, without a browser (AppTest): the first run reads and counts
everything, the reruns are those of somebody who looks from question to question.
All times are processor time of this one process.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import os
import random
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from streamlit.testing.v1 import AppTest

from bench.insights_history import NOW, fill
from debrief.content import load_content
from debrief.insights.gallery import questions
from debrief.insights.statistics import CENSORED, NEGATIVE, POSITIVE, aalen_johansen, kaplan_meier
from debrief.store import open_store
from debrief.usecases.actor import Actor
from debrief.usecases.insights import history
from ui.kit.session import TEST_CLOCK

ROOT = Path(__file__).resolve().parents[1]
RERUNS = 5
SLOWEST = 600


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="+", default=[100, 1_000, 10_000, 100_000])
    parser.add_argument("--only", choices=("statistics", "pages"))
    chosen = parser.parse_args()
    if chosen.only != "pages":
        compare_statistics(chosen.rows)
    if chosen.only != "statistics":
        time_pages(chosen.rows)


def compare_statistics(sizes: list[int]) -> None:
    """Survival and incidence with their bands, on the same waits."""
    peer = peer_statistics()
    print(f"{'waits':>10}  {'ours':>10}  {'naive loop':>12}  {'scikit-survival':>16}")
    for size in sizes:
        days, causes = waits(size)
        seen = causes != CENSORED
        ours = best_of(5, lambda d=days, s=seen, c=causes: (kaplan_meier(d, s), aalen_johansen(d, c)))
        pairs = list(zip(days.tolist(), causes.tolist(), strict=True))
        naive = best_of(1, lambda p=pairs: (naive_survival(p), naive_incidence(p)))
        theirs = best_of(3, lambda d=days, c=causes: peer(d, c)) if peer else None
        told = f"{theirs * 1000:>8.1f} ms {theirs / ours:>4.0f}×" if theirs else f"{'not installed':>16}"
        print(f"{size:>10,}  {ours * 1000:>7.2f} ms  {naive * 1000:>6.0f} ms {naive / ours:>3,.0f}×  {told}")


def time_pages(sizes: list[int]) -> None:
    """The first load, and reruns of the page with each of its questions."""
    print(
        f"\n{'interviews':>10}  {'read':>8}  {'first load':>10}  {'rerun':>8}  {'of the smallest':>15}  {'memory':>8}"
    )
    smallest = None
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            read, first, rerun = time_page(Path(folder), size)
        smallest = smallest or rerun
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{size:>10,}  {read:>6.2f} s  {first:>8.2f} s  {rerun * 1000:>5.0f} ms  {rerun / smallest:>15.2f}  "
            f"{memory:>5.0f} MB"
        )


def time_page(folder: Path, size: int) -> tuple[float, float, float]:
    """Seconds of reading the history alone, of the page's first run, and of a rerun: the mean over all questions."""
    os.environ["DEBRIEF_DATABASE_URL"] = f"sqlite:///{folder / 'debrief.db'}"
    os.environ["DEBRIEF_DATA_FOLDER"] = str(folder)
    clock = folder / "clock"
    clock.write_text(NOW.isoformat(), encoding="utf-8")
    os.environ[TEST_CLOCK] = str(clock)
    store = open_store()
    fill(store, "local", size)
    rules = load_content().rules.choose("standard")
    read = best_of(1, lambda: history(Actor(), store, NOW, rules))
    store.close()
    st.cache_resource.clear()
    app = AppTest.from_file(str(ROOT / "ui" / "router.py"), default_timeout=SLOWEST).run()
    app.switch_page("../pages/insights.py")
    first = best_of(1, app.run)
    took: list[float] = []
    for question in questions({}):
        next(group for group in app.get("button_group") if group.label.startswith("What would")).set_value(
            question.title
        )
        app.run()
        took.append(best_of(RERUNS, app.run))
    assert not app.exception
    assert not app.error
    return read, first, sum(took) / len(took)


def waits(size: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Days waited, and how the waits ended."""
    chance = random.Random(11)
    days = [round(chance.gammavariate(1.6, 6)) for _ in range(size)]
    causes = [chance.choice((CENSORED, POSITIVE, NEGATIVE)) for _ in range(size)]
    return np.array(days, np.int64), np.array(causes, np.int64)


def naive_survival(pairs: list[tuple[int, int]]) -> list[float]:
    """The curve by one pass over all waits for each event day."""
    share, shares = 1.0, []
    for day in sorted({days for days, cause in pairs if cause}):
        at_risk = sum(1 for days, _ in pairs if days >= day)
        events = sum(1 for days, cause in pairs if cause and days == day)
        share *= 1 - events / at_risk
        shares.append(share)
    return shares


def naive_incidence(pairs: list[tuple[int, int]]) -> list[tuple[float, float]]:
    """Yes and no by one pass over all waits for each event day."""
    silent, positive, negative, points = 1.0, 0.0, 0.0, []
    for day in sorted({days for days, cause in pairs if cause}):
        at_risk = sum(1 for days, _ in pairs if days >= day)
        yes = sum(1 for days, cause in pairs if days == day and cause == POSITIVE)
        no = sum(1 for days, cause in pairs if days == day and cause == NEGATIVE)
        positive += silent * yes / at_risk
        negative += silent * no / at_risk
        silent *= 1 - (yes + no) / at_risk
        points.append((positive, negative))
    return points


def peer_statistics() -> Callable[[NDArray[np.int64], NDArray[np.int64]], object] | None:
    """The same two curves by scikit-survival, where it is."""
    if importlib.util.find_spec("sksurv") is None:
        return None
    theirs = importlib.import_module("sksurv.nonparametric")
    return lambda days, causes: (
        theirs.kaplan_meier_estimator(causes != CENSORED, days, conf_type="log-log"),
        theirs.cumulative_incidence_competing_risks(causes, days),
    )


def best_of(times: int, work: Callable[[], object]) -> float:
    """The shortest of some runs, in seconds of processor time: what else the machine is busy with does not count."""
    taken: list[float] = []
    for _ in range(times):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return min(taken)


if __name__ == "__main__":
    main()
