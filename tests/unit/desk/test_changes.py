"""What recomposing would change is shown sentence by sentence, and nothing of either text is left out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from debrief.desk.changes import Change, Fate, what_changes

SENTENCES = st.lists(st.sampled_from(["Dear Dana,", "Thank you.", "I enjoyed it!", "Is it so?", "Amina"]), max_size=8)


def test_an_edited_sentence_goes_and_the_new_one_comes() -> None:
    old = "Dear Dana,\n\nThank you. I loved it.\n\nAmina"
    new = "Dear Dana,\n\nThank you. We spoke of Kafka.\n\nAmina"
    assert what_changes(old, new) == (
        Change(Fate.KEPT, "Dear Dana,"),
        Change(Fate.KEPT, "Thank you."),
        Change(Fate.GONE, "I loved it."),
        Change(Fate.NEW, "We spoke of Kafka."),
        Change(Fate.KEPT, "Amina"),
    )


def test_other_blanks_and_line_ends_are_no_change() -> None:
    changes = what_changes("Dear Dana,\r\n\r\nThank  you.", "Dear Dana,\n\nThank you. ")
    assert {change.fate for change in changes} == {Fate.KEPT}


@given(SENTENCES, SENTENCES)
def test_both_texts_can_be_read_out_of_the_changes(old: list[str], new: list[str]) -> None:
    changes = what_changes("\n".join(old), "\n".join(new))
    assert [change.text for change in changes if change.fate is not Fate.NEW] == old
    assert [change.text for change in changes if change.fate is not Fate.GONE] == new
