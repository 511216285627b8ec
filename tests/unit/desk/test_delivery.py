"""The ways out: a mail link that no program breaks, a draft file with a right head in any script, plain text."""

from __future__ import annotations

import email
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from typing import cast
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debrief.desk.delivery import (
    LONGEST_MAILTO,
    Mailbox,
    TooLong,
    eml,
    mailto,
    plain_text,
)
from debrief.errors import Refused

AT = datetime(2026, 2, 24, 18, 5, tzinfo=UTC)
LINE = st.text(alphabet=st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=120).map(str.strip)
BODY = st.text(
    alphabet=st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"), include_characters="\n"), max_size=400
)


@dataclass
class Note:
    subject: str = "Thank you – Data Analyst"
    body: str = "Dear Dana,\n\nthank you.\n\nAmina"


def opened(file: bytes) -> EmailMessage:
    return cast("EmailMessage", email.message_from_bytes(file, policy=policy.default))


def test_the_mail_link_carries_address_subject_and_body() -> None:
    link = mailto(Note(), "dana+jobs@nordlicht.example")
    assert isinstance(link, str)
    parts = urlsplit(link)
    assert (parts.scheme, parts.path) == ("mailto", "dana+jobs@nordlicht.example")
    fields = parse_qs(parts.query, strict_parsing=True)
    assert fields == {"subject": ["Thank you – Data Analyst"], "body": ["Dear Dana,\r\n\r\nthank you.\r\n\r\nAmina"]}


@given(LINE, BODY)
def test_any_text_comes_back_from_the_mail_link(subject: str, body: str) -> None:
    link = mailto(Note(subject, body))
    if isinstance(link, TooLong):
        assert link.characters > LONGEST_MAILTO
        return
    assert link.isascii()
    assert len(link) <= LONGEST_MAILTO
    fields = parse_qs(urlsplit(link).query, keep_blank_values=True)
    assert fields["subject"] == [subject]
    assert fields["body"] == [body.replace("\n", "\r\n")]


def test_what_is_too_long_for_a_link_says_so_and_names_the_other_ways() -> None:
    answer = mailto(Note(body="ж" * 300), "dana@nordlicht.example")
    assert isinstance(answer, TooLong)
    assert "1,600" in str(answer)
    assert ".eml" in str(answer)


@pytest.mark.parametrize(
    "address", ["dana", "dana@", "@x.org", "a@b.org, c@d.org", "a b@c.org", "a@b.org?bcc=x@y.org", "Dana <a@b.org>"]
)
def test_what_is_no_single_address_is_refused(address: str) -> None:
    with pytest.raises(Refused, match="not an e-mail address"):
        mailto(Note(), address)
    with pytest.raises(Refused):
        eml(Note(), AT, to=Mailbox(address=address))


def test_the_file_opens_as_an_unsent_draft() -> None:
    file = eml(
        Note(), AT, to=Mailbox("Dana Whitfield", "dana@nordlicht.example"), sender=Mailbox("Amina", "a@x.example")
    )
    mail = opened(file)
    assert mail["X-Unsent"] == "1"
    assert mail["Subject"] == "Thank you – Data Analyst"
    assert mail["To"].addresses[0].addr_spec == "dana@nordlicht.example"
    assert mail["From"].addresses[0].display_name == "Amina"
    assert mail["Date"].datetime == AT
    assert mail.get_content_type() == "text/plain"
    assert mail.get_content_charset() == "utf-8"
    assert not mail.defects
    assert b"\n" not in file.replace(b"\r\n", b"")


@given(LINE, BODY, LINE)
def test_any_subject_body_and_name_come_back_from_the_file(subject: str, body: str, name: str) -> None:
    file = eml(Note(subject, body), AT, to=Mailbox(name, "dana@nordlicht.example"))
    assert file.isascii()
    assert b"\n" not in file.replace(b"\r\n", b"")
    assert max(map(len, file.splitlines())) <= 998
    mail = opened(file)
    assert str(mail["Subject"]) == subject
    assert mail["To"].addresses[0].display_name == name
    assert mail.get_content().replace("\r\n", "\n") == body


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_text_can_pose_as_another_header(subject: str, name: str) -> None:
    injected = "x\r\nBcc: eve@evil.example\r\n\r\nhello"
    mail = opened(eml(Note(subject + injected), AT, to=Mailbox(name + injected, "dana@nordlicht.example")))
    assert set(mail.keys()) == {
        "X-Unsent",
        "Subject",
        "Date",
        "To",
        "MIME-Version",
        "Content-Type",
        "Content-Transfer-Encoding",
    }


def test_an_international_domain_is_written_in_ascii_and_such_a_local_part_is_refused() -> None:
    assert b"xn--" in eml(Note(), AT, to=Mailbox("Jörg", "j@größe.example"))
    with pytest.raises(Refused, match="Copy the note"):
        eml(Note(), AT, to=Mailbox("Jörg", "jörg@x.example"))


def test_without_an_address_the_draft_has_no_recipient() -> None:
    assert opened(eml(Note(), AT, to=Mailbox("Dana"))).get("To") is None


def test_a_long_unbroken_line_is_folded_and_comes_back_whole() -> None:
    note = Note(body="x" * 5000)
    assert opened(eml(note, AT)).get_content() == note.body


def test_plain_text_names_recipient_and_subject_above_the_note() -> None:
    text = plain_text(Note(), Mailbox("Dana", "dana@x.example"))
    assert text == "To: Dana <dana@x.example>\nSubject: Thank you – Data Analyst\n\nDear Dana,\n\nthank you.\n\nAmina"
    assert plain_text(Note(subject="")) == Note().body
