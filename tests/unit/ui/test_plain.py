"""Typed text on screen is shown, not obeyed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from debrief.errors import Refused
from ui.kit.plain import plain, plain_error

MARKDOWN = MarkdownIt("commonmark").enable("strikethrough")


def shown(text: str) -> str:
    """The text that a reader sees where it is rendered as Markdown."""
    inline = [token for token in MARKDOWN.parse(text) if token.type == "inline"]
    return "\n".join("".join(child.content or "\n" for child in token.children or []) for token in inline)


@pytest.mark.parametrize(
    "typed",
    [
        "**bold** and _soft_",
        "[a link](https://example.org)",
        "![a picture](x.png)",
        "<script>alert(1)</script>",
        "`code`",
        "~~gone~~",
        "# a heading",
        "- a list",
        "1. first",
        "2) second",
        "> a quotation",
        "a | b",
        "back\\slash",
        "R&amp;D",
        "&#65;",
    ],
)
def test_markdown_signs_come_out_as_they_were_typed(typed: str) -> None:
    assert shown(plain(typed)) == typed


@pytest.mark.parametrize("typed", [":material/home:", ":red[x]", ":smile:", "$x^2$"])
def test_what_only_streamlit_reads_is_escaped(typed: str) -> None:
    assert plain(typed).startswith("\\")


@pytest.mark.parametrize(
    "typed", ["St. John's", "Ms O'Neill-Cruz", "10:30 in Leeds", "C & A", "Nguyễn Thị Mai", "أحمد"]
)
def test_ordinary_names_stay_bare_because_labels_are_read_aloud(typed: str) -> None:
    assert plain(typed) == typed


@given(st.text(alphabet=st.sampled_from("ab *_`[]()<>#+-.!~$|\\:1"), min_size=1, max_size=40))
def test_no_line_of_signs_is_obeyed(typed: str) -> None:
    line = f"x{typed}x"

    assert shown(plain(line)).replace(" ", "") == line.replace(" ", "")


def test_an_error_is_told_with_its_list_and_with_what_it_quotes_as_it_was_typed() -> None:
    told = plain_error(Refused("“*Brightwater*” cannot be read:\n- row 2: ![x](p.png)\nrow 3: <b>"))

    assert told == "“\\*Brightwater\\*” cannot be read:\n\n- row 2: !\\[x\\](p.png)\n- row 3: \\<b\\>"
    assert plain_error(Refused("")) == ""
