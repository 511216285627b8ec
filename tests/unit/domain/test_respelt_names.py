"""When a name is another spelling of one."""

from __future__ import annotations

import pytest

from debrief.domain.names import is_respelt


@pytest.mark.parametrize(
    ("was", "name"),
    [
        ("Dana Whitfeld", "Dana Whitfield"),
        ("dana whitfield", "Dana Whitfield"),
        ("Dana", "Dana Whitfield"),
        ("Whitfield", "Dana Whitfield"),
        ("Dana Park", "Dana Whitfield"),
        ("Jose Munoz", "José Muñoz"),
        ("Ngugi", "Ngũgĩ"),
        ("Katherine", "Catherine"),
        ("مها الاحمد", "مها الأحمد"),
        ("Li Na", "Li Nan"),
    ],
)
def test_a_name_that_was_put_right_or_completed_is_a_spelling_of_it(was: str, name: str) -> None:
    assert is_respelt(name, was)
    assert is_respelt(was, name)


@pytest.mark.parametrize(
    ("was", "name"),
    [
        ("Dana Whitfield", "Ana Souza"),
        ("Dana Whitfield", "Kofi Mensah"),
        ("Mr Smith", "Mr Jones"),
        ("Dr. Okoye", "Dr. Lund"),
        ("Hiring manager", "Kofi Mensah"),
        ("李娜", "王芳"),
        ("", "Dana"),
    ],
)
def test_another_name_is_no_spelling_of_it(was: str, name: str) -> None:
    assert not is_respelt(name, was)
