"""What the figures say, as a section of a document: each chart with its reading, its words as alternative text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from debrief.exchange.document import Block, Paragraph, Picture, Section, Subheading
from debrief.exchange.summary import FIGURES
from debrief.insights.finding import Finding
from debrief.insights.pictures import png


def figures_section(findings: Iterable[Finding]) -> Section | None:
    """The findings that have enough to be drawn; None where none has. Draw them in the look `theme.PRINT`."""
    blocks = tuple(block for finding in findings for block in _blocks(finding))
    return Section(FIGURES, "What the figures say", blocks) if blocks else None


def _blocks(finding: Finding) -> Iterator[Block]:
    if finding.chart is None:
        return
    yield Subheading(finding.title)
    yield Paragraph(finding.reading)
    yield Picture(png(finding.chart), finding.alt)
    yield Paragraph("\n".join(part for part in (finding.warning, finding.caption) if part))
