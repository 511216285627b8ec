"""A summary as Markdown. What was typed comes out as the same text, whatever marks, links or HTML stand in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from debrief.exchange.summary import Block, Bullets, Fields, Paragraph, Subheading, Summary, Table

_MARKS = re.compile(r"[\\`*_\[\]<>~$@]|&(?=[#\w])|(?<=\w):(?=//)|(?<=[wW]{3})\.")
"""What means something anywhere in a line; the last two and @ are what bare links are recognised by."""
_AT_START = re.compile(r"^(?:[#+=-]|\d{1,9}(?=[.)]))")
"""What means something at the start of a line: headings, lists, underlines of headings."""
_BLANKS = re.compile(r"^[ \t]+")
_BREAK = "\\\n"
_BREAK_IN_ITEM = "\\\n  "
_BREAKS = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")


def as_markdown(summary: Summary) -> str:
    """The summary as CommonMark with tables, ending in one line break."""
    parts = [f"# {_inline(summary.title)}", _inline(summary.subtitle)]
    for section in summary.sections:
        parts += [f"## {_inline(section.title)}", *_blocks(section.blocks)]
    return "\n\n".join(parts) + "\n"


def escaped(text: str) -> str:
    """One line of typed text, every mark in it taken literally."""
    line = _MARKS.sub(r"\\\g<0>", text)
    line = _AT_START.sub(_taken_literally, line).replace("|", "&#124;")
    # Blanks at the start would make a block of code; as references they stay blanks and nothing more.
    return _BLANKS.sub(lambda blanks: "".join(f"&#{ord(blank)};" for blank in blanks[0]), line)


def _taken_literally(found: re.Match[str]) -> str:
    return f"{found[0]}\\" if found[0].isdigit() else f"\\{found[0]}"


def _blocks(blocks: Iterable[Block]) -> Iterator[str]:
    """Each block. A list right after a list has another mark, or the two would be one."""
    mark = ""
    for block in blocks:
        mark = ("*" if mark == "-" else "-") if isinstance(block, Bullets | Fields) else ""
        yield _block(block, mark)


def _block(block: Block, mark: str) -> str:
    match block:
        case Paragraph(text):
            return _with_breaks(text, _BREAK)
        case Subheading(text):
            return f"### {_inline(text)}"
        case Bullets(items):
            return "\n".join(f"{mark} {_with_breaks(item, _BREAK_IN_ITEM)}" for item in items)
        case Fields(rows):
            return "\n".join(f"{mark} {_field(label, value)}" for label, value in rows)
        case Table(header, rows):
            return "\n".join(_table(header, rows))


def _field(label: str, value: str) -> str:
    colon = "" if label.endswith(("?", ":")) else ":"
    return f"**{_inline(label)}{colon}** {_with_breaks(value, _BREAK_IN_ITEM)}".rstrip(" ")


def _table(header: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> Iterator[str]:
    yield _row(header)
    yield _row(("---",) * len(header), typed=False)
    for row in rows:
        yield _row(row)


def _row(cells: tuple[str, ...], *, typed: bool = True) -> str:
    return f"| {' | '.join(_with_breaks(cell, '; ') if typed else cell for cell in cells)} |"


def _with_breaks(text: str, line_break: str) -> str:
    return line_break.join(escaped(line) for line in _BREAKS.split(text))


def _inline(text: str) -> str:
    return _with_breaks(text, " ")
