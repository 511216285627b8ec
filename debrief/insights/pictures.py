"""Charts as pictures for letters, slides and print: PNG and SVG, drawn on this machine with the product's fonts.

    png(framed(finding))    a picture that stands alone: with its title, its reading, and what it rests on
    png(finding.chart)      the chart alone, for a page that says the rest in its own words

Draw the finding in the look `theme.PRINT`: pictures have white paper.
"""

from __future__ import annotations

import textwrap
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any
from xml.sax.saxutils import quoteattr

import altair as alt
import pandas as pd

from debrief.insights.finding import Finding
from debrief.insights.theme import PRINT

FONTS_FOLDER = Path(__file__).resolve().parent.parent.parent / "data" / "fonts"
"""Atkinson Hyperlegible Next as TrueType files: the drawing engine reads no web fonts."""
FONT = "Atkinson Hyperlegible Next, Segoe UI, sans-serif"
WIDTH = 640
"""Pixels of the plot, at scale 1; labels come on top."""
LETTERS_A_LINE = 106
"""At least so many fit over the width of a picture."""

Picture = alt.LayerChart | alt.VConcatChart


def framed(finding: Finding) -> alt.VConcatChart:
    """A finding as it can travel alone: title and reading above its chart, n and what not to conclude below.

    Raises ValueError for a finding without a chart.
    """
    if finding.chart is None:
        raise ValueError(f"The finding {finding.key} has no chart to frame.")
    lines = [*_lines(finding.warning), *_lines(finding.caption)]
    footer = (
        alt.Chart(pd.DataFrame({"line": range(len(lines)), "words": lines}))
        .mark_text(align="left", baseline="top", color=PRINT.muted, fontSize=12)
        .encode(
            x=alt.value(0),
            y=alt.Y("line:O", axis=None),
            text="words:N",
        )
        .properties(width=WIDTH, height=18 * len(lines), view=alt.ViewBackground(stroke=None))
    )
    body, config = _undressed(finding.chart)
    picture = alt.vconcat(body, footer, spacing=14, config=config, background=PRINT.paper)
    return picture.properties(
        title=alt.TitleParams(
            finding.title,
            subtitle=_lines(finding.reading),
            anchor="start",
            fontSize=17,
            color=PRINT.ink,
            subtitleFontSize=13.5,
            subtitleColor=PRINT.ink,
            subtitleLineHeight=19,
            subtitlePadding=7,
            offset=16,
        ),
        padding=18,
        description=finding.alt,
    )


def png(chart: Picture, scale: float = 2) -> bytes:
    """The chart as a PNG, `scale` times as many pixels as it measures: 2 is sharp in print and on good screens."""
    return _engine().vegalite_to_png(_spec(chart), scale=scale, allowed_base_urls=[])


def svg(chart: Picture) -> str:
    """The chart as an SVG whose words stay words: to be searched, read aloud and edited."""
    spec = _spec(chart)
    drawing: str = _engine().vegalite_to_svg(spec, allowed_base_urls=[])
    if "description" not in spec:
        return drawing
    return drawing.replace("<svg", f'<svg role="img" aria-label={quoteattr(spec["description"])}', 1)


def _spec(chart: Picture) -> dict[str, Any]:
    """The chart in a size of its own: on a page the page's width decides."""
    if isinstance(chart, alt.VConcatChart):
        return chart.to_dict()
    body, config = _undressed(chart)
    return body.properties(background=PRINT.paper).to_dict() | {"config": config.to_dict()}


def _undressed(chart: alt.LayerChart) -> tuple[alt.LayerChart, alt.Config]:
    """The chart without its configuration and in a fixed width; and the configuration, with the fonts of pictures."""
    body = chart.copy()
    config = body.config.copy()
    config.font, config.background = FONT, PRINT.paper
    body.config = body.autosize = alt.Undefined
    return body.properties(width=WIDTH), config


def _lines(text: str) -> list[str]:
    return textwrap.wrap(text, LETTERS_A_LINE)


@cache
def _engine() -> ModuleType:
    """The drawing engine with the product's fonts: loaded when the first picture is asked for, as it is large."""
    import vl_convert  # noqa: PLC0415

    vl_convert.register_font_directory(str(FONTS_FOLDER))
    return vl_convert
