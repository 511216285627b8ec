"""A text that grew in one place is the same text, typed on; any other is another one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.kit.typed_on import is_typed_on


@given(start=st.text(), put_in=st.text(), end=st.text())
def test_whatever_is_put_in_at_one_place_is_typed_on(start: str, put_in: str, end: str) -> None:
    assert is_typed_on(start + put_in + end, start + end)


@pytest.mark.parametrize(
    ("after", "before"), [("Dear", "Dear Amara"), ("Dear Idris", "Dear Amara"), ("a b c d", "b d"), ("aa", "aaa")]
)
def test_what_was_taken_away_or_changed_is_not(after: str, before: str) -> None:
    assert not is_typed_on(after, before)
