"""A second reading of the figures: from the text of history.csv to the command's output, slowly and exactly.

Loops over single interviews with whole numbers and fractions, and shares no code
with the product: days are counted on `date` objects, survival is a Fraction, and
only roots and logarithms are floats.
"""

from __future__ import annotations

import csv
import io
import math
from datetime import date, datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

Z = 1.959963984540054
"""Φ⁻¹(0.975), from a printed table."""


def reading(csv_text: str, now: datetime) -> dict:
    rows = [row for row in csv.DictReader(io.StringIO(csv_text)) if any(row.values())]
    return {
        **figures(rows, now),
        "by_round": grouped(rows, "round", now),
        "by_source": grouped(rows, "source", now),
    }


def grouped(rows: list[dict], name: str, now: datetime) -> dict:
    labels = sorted({row[name] for row in rows} - {""})
    return {label: figures([row for row in rows if row[name] == label], now) for label in labels}


def figures(rows: list[dict], now: datetime) -> dict:
    words = [wait for wait in (wait_for_word(row, now) for row in rows) if wait]
    answers = [wait for wait in (wait_for_answer(row, now) for row in rows) if wait]
    settled = [row for row in rows if row["answer"] or row["decision"]]
    positive, negative = incidence(answers)
    return {
        "n": len(rows),
        "waiting": len(rows) - len(settled),
        "first_word": survival_figures(words),
        "answer": {"times": event_days(answers), "positive": positive, "negative": negative},
        "rates": {
            "advanced_or_offer": share(settled, lambda row: row["answer"] in ("advanced", "offer")),
            "rejected": share(settled, lambda row: row["answer"] == "rejected"),
            "no_answer": share(settled, lambda row: not row["answer"]),
        },
    }


def wait_for_word(row: dict, now: datetime) -> tuple[int, str] | None:
    """Days to the first word, or to the censoring; None where the row does not say."""
    heard = [row[name] for name in ("first_word_at", "answered_at") if row[name]]
    if heard:
        return wait(row, min(datetime.fromisoformat(at) for at in heard), "word")
    return None if row["answer"] else silent(row, now)


def wait_for_answer(row: dict, now: datetime) -> tuple[int, str] | None:
    if not row["answer"]:
        return silent(row, now)
    if not row["answered_at"]:
        return None
    kind = "negative" if row["answer"] == "rejected" else "positive"
    return wait(row, datetime.fromisoformat(row["answered_at"]), kind)


def silent(row: dict, now: datetime) -> tuple[int, str] | None:
    if not row["decision"]:
        return wait(row, now, "")
    return wait(row, datetime.fromisoformat(row["decided_at"]), "") if row["decided_at"] else None


def wait(row: dict, until: datetime, ending: str) -> tuple[int, str] | None:
    if not row["ended_at"] or not row["timezone"]:
        return None
    zone = ZoneInfo(row["timezone"])
    return (local(until, zone) - local(datetime.fromisoformat(row["ended_at"]), zone)).days, ending


def local(at: datetime, zone: ZoneInfo) -> date:
    return at.astimezone(zone).date()


def event_days(waits: list[tuple[int, str]]) -> list[int]:
    return sorted({days for days, ending in waits if ending})


def counts(waits: list[tuple[int, str]], day: int) -> tuple[int, int]:
    """How many are at risk on a day, and how many have an event on it."""
    return sum(days >= day for days, _ in waits), sum(days == day and ending != "" for days, ending in waits)


def survival(waits: list[tuple[int, str]], day: int) -> Fraction:
    left = Fraction(1)
    for event_day in event_days(waits):
        if event_day <= day:
            n, d = counts(waits, event_day)
            left *= Fraction(n - d, n)
    return left


def survival_figures(waits: list[tuple[int, str]]) -> dict:
    days = event_days(waits)
    shares = [survival(waits, day) for day in days]
    bands = [band(waits, day) for day in days]
    return {
        "times": days,
        "at_risk": [counts(waits, day)[0] for day in days],
        "events": [counts(waits, day)[1] for day in days],
        "survival": [float(value) for value in shares],
        "lower": [lower for lower, _ in bands],
        "upper": [upper for _, upper in bands],
        "median": next((day for day, value in zip(days, shares, strict=True) if value <= Fraction(1, 2)), None),
    }


def band(waits: list[tuple[int, str]], day: int) -> tuple[float | None, float | None]:
    left = survival(waits, day)
    if left in (0, 1):
        return None, None
    greenwood = Fraction(0)
    for event_day in event_days(waits):
        if event_day <= day:
            n, d = counts(waits, event_day)
            greenwood += Fraction(d, n * (n - d))
    log = math.log(left.numerator) - math.log(left.denominator)
    reach = Z * math.sqrt(greenwood) / abs(log)
    return math.exp(log * math.exp(reach)), math.exp(log * math.exp(-reach))


def incidence(waits: list[tuple[int, str]]) -> tuple[list[float], list[float]]:
    both: dict[str, list[float]] = {"positive": [], "negative": []}
    for kind, values in both.items():
        total = Fraction(0)
        for day in event_days(waits):
            n, _ = counts(waits, day)
            total += survival(waits, day - 1) * Fraction(waits.count((day, kind)), n)
            values.append(float(total))
    return both["positive"], both["negative"]


def share(rows: list[dict], is_meant) -> dict:
    n, k = len(rows), sum(map(is_meant, rows))
    if n == 0:
        return {"k": 0, "n": 0, "rate": None, "lower": None, "upper": None}
    # The bounds are the two roots of (p - k/n)² = z² p (1 - p) / n.
    a, b, c = 1 + Z * Z / n, -(2 * k / n + Z * Z / n), (k / n) ** 2
    root = math.sqrt(max(0.0, b * b - 4 * a * c))
    return {"k": k, "n": n, "rate": k / n, "lower": (-b - root) / (2 * a), "upper": (-b + root) / (2 * a)}
