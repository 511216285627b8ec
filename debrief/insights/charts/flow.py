"""The course of all applications: from the first interview through the rounds reached to where each stands now.

A stream of applications runs down the page and grows narrower as applications
leave it. Each application is counted once at every round that it reached and
once where it left, or where it is still open; a rejection after the third round
takes nothing away from the three rounds.
"""

from __future__ import annotations

from dataclasses import dataclass

import altair as alt
import pandas as pd

from debrief.domain.courses import Status
from debrief.domain.wording import counted
from debrief.insights.charts.rows import keyed, row_height, row_position
from debrief.insights.finding import FEWEST, Finding, are, caption_of, single_figures, table_of, too_few
from debrief.insights.history import LAST_REACH
from debrief.insights.theme import Look, dress, layered

KEY = "course"
TITLE = "Where applications go"
MOST_WIDE_ROWS = 20
"""With more rows than this they move closer together."""


@dataclass(frozen=True, slots=True)
class _End:
    """How an application leaves the stream, with the colour of its meaning (a field of Look); hollow: still open."""

    words: str
    meaning: str
    hollow: bool = False


ENDS = {
    Status.REJECTED: _End("Rejected", "no"),
    Status.LET_GO: _End("No answer, let go", "silent"),
    Status.WITHDREW: _End("Withdrew", "own"),
    Status.CANCELLED: _End("Next round cancelled", "silent"),
    Status.NO_SHOW: _End("Next round: nobody came", "silent"),
    Status.WAITING: _End("Waiting for an answer", "silent", hollow=True),
    Status.ADVANCED: _End("Next round to come", "yes", hollow=True),
    Status.SCHEDULED: _End("Next round in the calendar", "yes", hollow=True),
    Status.OFFER: _End("Offer, yours to answer", "yes", hollow=True),
    Status.DECLINED: _End("Offer declined", "own"),
    Status.ACCEPTED: _End("Offer accepted", "yes"),
}
"""In the order in which they leave the stream: those that could not go on first, an accepted offer last."""


def course_flow(frame: pd.DataFrame, look: Look) -> Finding:
    """The flow of the applications that have an interview in the frame, each with its whole course."""
    if len(frame) < FEWEST:
        promise = "how far your applications come, where they end, and which are still open."
        return too_few(KEY, TITLE, promise, frame)
    stages = flow_stages(frame)
    to_offer, still_open = _to_offer(stages), _still_open(stages)
    reading = _reading(stages, to_offer, still_open)
    names = {"stage": "Round", "what": "What happened", "count": "Applications"}
    return Finding(
        key=KEY,
        title=TITLE,
        reading=reading,
        table=table_of(stages, names),
        measures=single_figures({"Came to an offer": to_offer, "Still open": still_open, **_beyond(frame)}),
        caption=caption_of(
            frame,
            f"{counted(int(stages['count'].iloc[0]), 'application')}, each counted once a round.",
            *(f"{counted(count, 'application')} {what.lower()}." for what, count in _beyond(frame).items()),
        ),
        chart=dress(_chart(stages, look), look),
        alt=f"A stream of applications that narrows from round to round. {reading}",
        picks=("reach", "course_status"),
        reaching="reach",
    )


def _beyond(frame: pd.DataFrame) -> dict[str, int]:
    """How many applications share the last rows although they went further; nothing where none did."""
    beyond = int(frame.loc[frame["rounds_held"] > LAST_REACH, "application_id"].nunique())
    return {f"Had more than {LAST_REACH} rounds": beyond} if beyond else {}


def flow_stages(frame: pd.DataFrame) -> pd.DataFrame:
    """Row by row down the stream: a round with all who reached it, then how some of them left it there.

    Columns: reach (the round), course_status ("" in the row of all who reached
    the round), stage and what (the same in words), count, start and end: the
    part of the stream that the row takes, in applications.
    """
    courses = frame.drop_duplicates("application_id")
    counts = courses.groupby(["reach", "course_status"]).size()
    rows: list[tuple[int, str, int, int, int]] = []
    left = len(courses)
    for reach in range(1, int(courses["reach"].max()) + 1):
        rows.append((reach, "", left, 0, left))
        for status in ENDS:
            count = int(counts.get((reach, status.value), 0))
            if count:
                rows.append((reach, status.value, count, left - count, left))
                left -= count
    stages = pd.DataFrame(rows, columns=["reach", "course_status", "count", "start", "end"])
    stages["stage"] = stages["reach"].map(_ordinal)
    stages["what"] = stages["course_status"].map(lambda status: ENDS[Status(status)].words if status else "Reached")
    return stages


def _chart(stages: pd.DataFrame, look: Look) -> alt.LayerChart:
    data = _marks(stages, look)
    pick = alt.selection_point(name="pick", fields=["reach", "course_status"])
    weight = {"condition": {"test": _is_stage_label(data), "value": "bold"}, "value": "normal"}
    y = row_position(data["row"].tolist(), labelFontWeight=weight, labelLimit=170)
    y["scale"] = alt.Scale(paddingInner=0, paddingOuter=0)
    total = max(int(data["end"].max()), 1)
    room = alt.Scale(domain=[0, total * (1.08 + 0.06 * len(f"{total:,}"))], nice=False)
    tooltip = [
        alt.Tooltip("stage:N", title="Round"),
        alt.Tooltip("what:N", title=" "),
        alt.Tooltip("count:Q", title=" "),
    ]
    base = alt.Chart(data).encode(y=y, tooltip=tooltip)
    full_row = alt.RelativeBandSize(band=1)
    stream = base.mark_bar(height=full_row, color=look.stream).encode(
        x=alt.X("zero:Q", scale=room, axis=None), x2="stream:Q"
    )
    bars = base.encode(x=alt.X("start:Q", scale=room, axis=None), x2="end:Q")
    reached = bars.mark_bar(height=alt.RelativeBandSize(band=0.84), color=look.main)
    left = bars.mark_bar(height=15, cornerRadiusEnd=3, strokeWidth=1.6)
    full = left.encode(color=alt.Color("colour:N", scale=None)).add_params(pick)
    hollow = left.encode(fill=alt.value(look.paper), stroke=alt.Stroke("colour:N", scale=None))
    numbers = base.mark_text(align="left", dx=7, fontWeight="bold").encode(
        x="end:Q", text=alt.Text("count:Q", format=",d")
    )
    return layered(
        [
            stream,
            reached.transform_filter("datum.course_status === ''"),
            full.transform_filter("datum.course_status !== '' && !datum.hollow"),
            hollow.transform_filter("datum.hollow"),
            numbers,
        ],
        height=row_height(len(data), 26 if len(data) <= MOST_WIDE_ROWS else 21),
    )


def _marks(stages: pd.DataFrame, look: Look) -> pd.DataFrame:
    """The rows as they are drawn: with a key, a colour, and whether they are hollow."""
    ends = [ENDS[Status(status)] if status else None for status in stages["course_status"]]
    return stages.assign(
        row=keyed(stages["what"].where(stages["course_status"] != "", stages["stage"])),
        colour=[getattr(look, end.meaning) if end else look.main for end in ends],
        hollow=[end is not None and end.hollow for end in ends],
        zero=0,
        stream=stages["start"].where(stages["course_status"] != "", stages["end"]),
    )


def _is_stage_label(data: pd.DataFrame) -> str:
    keys = ", ".join(f"'{key}'" for key in data.loc[data["course_status"] == "", "row"])
    return f"indexof([{keys}], datum.value) >= 0"


def _to_offer(stages: pd.DataFrame) -> int:
    offers = [Status.OFFER.value, Status.ACCEPTED.value, Status.DECLINED.value]
    return int(stages.loc[stages["course_status"].isin(offers), "count"].sum())


def _still_open(stages: pd.DataFrame) -> int:
    is_open = [status.value for status, end in ENDS.items() if end.hollow]
    return int(stages.loc[stages["course_status"].isin(is_open), "count"].sum())


def _reading(stages: pd.DataFrame, to_offer: int, still_open: int) -> str:
    reached = stages.loc[stages["course_status"] == "", "count"].tolist()
    second = f", {reached[1]:,} came to a second round and" if len(reached) > 1 else ","
    return (
        f"Of {counted(reached[0], 'application')} with an interview{second} {to_offer:,} to an offer; "
        f"{are(still_open)} still open."
    )


def _ordinal(reach: int) -> str:
    if reach == LAST_REACH:
        return f"{reach}th interview or later"
    return f"{reach}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(reach, 'th') } interview"
