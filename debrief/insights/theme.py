"""How every chart looks: one set of colours for day and one for night, one typography, no background of its own.

The colours follow Okabe and Ito's set, led by the product's teal, with blue and
grey moved away from it: a test simulates three kinds of colour blindness. Colour
never speaks alone: what is still open is drawn hollow, and names stand beside
what they name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import altair as alt

FONT = "Atkinson, 'Segoe UI', system-ui, sans-serif"
ROW_HEIGHT = 26
"""Pixels of one labelled row: a line of text with room to breathe."""


@dataclass(frozen=True, slots=True)
class Look:
    """The colours of one mode, by what they mean."""

    paper: str
    """The page's background: behind labels, never painted as a whole."""
    ink: str
    muted: str
    line: str
    yes: str
    no: str
    silent: str
    """No answer, and let go."""
    own: str
    """The candidate's own decision."""
    stream: str
    """Those still in the running: a light area behind the marks."""
    groups: Sequence[str]
    """For groups without a meaning of their own, in order."""

    @property
    def main(self) -> str:
        """The accent: what a chart without groups is drawn in."""
        return self.groups[0]


DAY = Look(
    paper="#FDFCFA",
    ink="#23201B",
    muted="#5A5348",
    line="#D9D2C5",
    yes="#0F766E",
    no="#D55E00",
    silent="#938C81",
    own="#3B4FA8",
    stream="#CFE5E1",
    groups=("#0F766E", "#D55E00", "#3B4FA8", "#B5599A", "#938C81", "#5C4300"),
)
NIGHT = Look(
    paper="#191815",
    ink="#EDE9E1",
    muted="#BDB5A6",
    line="#45413A",
    yes="#3DB8AB",
    no="#F0803C",
    silent="#857E73",
    own="#7F9CF0",
    stream="#1E4640",
    groups=("#3DB8AB", "#F0803C", "#7F9CF0", "#E3A7CC", "#857E73", "#F5DC8A"),
)
PRINT = replace(DAY, paper="#FFFFFF")
"""For pictures that leave the page: the day's colours on white paper."""


def dress(chart: alt.LayerChart, look: Look) -> alt.LayerChart:
    """The chart in the given look. Its width is left to the page; its height is the plot's own, axes come on top."""
    # Streamlit fits height too where the chart itself, not its configuration, says nothing else.
    return chart.properties(autosize=alt.AutoSizeParams(type="fit-x", contains="padding")).configure(
        background="transparent",
        font=FONT,
        padding={"left": 2, "right": 6, "top": 4, "bottom": 4},
        view=alt.ViewConfig(stroke=None),
        axis=alt.AxisConfig(
            labelColor=look.ink,
            labelFontSize=13,
            titleColor=look.muted,
            titleFontSize=12.5,
            titleFontWeight="normal",
            titlePadding=8,
            gridColor=look.line,
            domainColor=look.line,
            tickColor=look.line,
            labelPadding=6,
        ),
        axisY=alt.AxisConfig(domain=False, ticks=False, labelLimit=150, titleAngle=0, titleAlign="left", titleY=-14),
        axisX=alt.AxisConfig(labelFlush=True, labelOverlap="greedy", titleAnchor="start"),
        text=alt.MarkConfig(color=look.ink, fontSize=13),
        legend=alt.LegendConfig(labelColor=look.ink, labelFontSize=12.5, symbolStrokeColor=look.muted),
    )


def readable_on(fill: str, look: Look) -> str:
    """The colour of words on a fill: the ink or the paper, whichever stands out more (WCAG's contrast ratio)."""
    return max((look.ink, look.paper), key=lambda words: contrast(words, fill))


def contrast(one: str, other: str) -> float:
    """WCAG 2's contrast ratio of two colours written as #RRGGBB: 1 (the same) to 21 (black and white)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def layered(layers: Sequence[alt.Chart], height: int) -> alt.LayerChart:
    """Charts on top of each other, the first one at the bottom, `height` pixels high."""
    return alt.LayerChart(layer=list(layers)).properties(height=height)


def percent_axis(title: str, steps: int = 4) -> alt.Axis:
    """An axis of shares from 0 to 1, written as percent in so many steps."""
    return alt.Axis(title=title, format="%", values=[step / steps for step in range(steps + 1)])


def spread_labels(heights: Sequence[float], gap: float) -> list[float]:
    """Heights of labels that keep `gap` between them, each as near to its own as the order allows.

    In the order given; 0 to 1 is the drawing's height.
    """
    order = sorted(range(len(heights)), key=lambda index: heights[index])
    placed = list(heights)
    floor = 0.0
    for index in order:
        placed[index] = max(placed[index], floor)
        floor = placed[index] + gap
    ceiling = 1.0
    for index in reversed(order):
        placed[index] = min(placed[index], ceiling)
        ceiling = placed[index] - gap
    return placed
