"""How a note leaves the house: a mailto: link, an .eml file that opens as a draft, plain text. Nothing is sent here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.charset import QP, Charset
from email.header import Header
from email.message import Message
from email.utils import format_datetime, formataddr
from typing import Protocol
from urllib.parse import quote

from debrief.errors import Refused

LONGEST_MAILTO = 1600
"""Characters of the whole link, encoded: mail programs and browsers break somewhere above."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f\x80-\x9f\u2028\u2029]+")


class Written(Protocol):
    """Anything with a subject and a body: a composed draft, or the message as the user left it."""

    @property
    def subject(self) -> str:
        """One line; "" for a LinkedIn note."""
        ...

    @property
    def body(self) -> str:
        """The text, lines parted by a line feed."""
        ...


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A name and an address, either of which may be lacking."""

    name: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class TooLong:
    """A note that does not fit into a mailto: link; the other ways out still work."""

    characters: int
    limit: int = LONGEST_MAILTO

    def __str__(self) -> str:
        return (
            f"This note is too long to be handed to the mail program as a link "
            f"({self.characters:,} of at most {self.limit:,} characters). Download it as a draft (.eml) or copy it."
        )


def mailto(note: Written, to: str = "") -> str | TooLong:
    """The link that opens the mail program with everything filled in. `to` may be empty. Refuses a wrong address."""
    address = quote(_checked_address(to), safe="@+")
    body = quote(_crlf(note.body), safe="")
    link = f"mailto:{address}?subject={quote(_one_line(note.subject), safe='')}&body={body}"
    return link if len(link) <= LONGEST_MAILTO else TooLong(len(link))


def eml(note: Written, at: datetime, *, to: Mailbox | None = None, sender: Mailbox | None = None) -> bytes:
    """The note as a file that mail programs open as an unsent draft. `at`: aware, the date in its head.

    Refuses a wrong address, and one with letters that the head of a mail cannot hold.
    """
    utf8 = Charset("utf-8")
    utf8.body_encoding = QP
    mail: Message[str, str | Header] = Message()
    mail["X-Unsent"] = "1"
    # Header, because the newer policies drop blanks where they fold a subject that is not ASCII.
    mail["Subject"] = Header(_one_line(note.subject), header_name="Subject")
    mail["Date"] = format_datetime(at)
    for field, mailbox in (("From", sender), ("To", to)):
        if mailbox and mailbox.address:
            mail[field] = _in_head(mailbox)
    mail["MIME-Version"] = "1.0"
    # Plain line feeds here: the CRLF that a mail needs come from the policy below.
    mail.set_payload(_crlf(note.body).replace("\r\n", "\n"), utf8)
    return mail.as_bytes(policy=policy.compat32.clone(linesep="\r\n"))


def plain_text(note: Written, to: Mailbox | None = None) -> str:
    """The note as text, with recipient and subject above it where there are any."""
    head = []
    if to and (to.name or to.address):
        shown = f"{to.name} <{to.address}>" if to.name and to.address else to.name or to.address
        head.append(f"To: {_one_line(shown)}")
    if note.subject:
        head.append(f"Subject: {_one_line(note.subject)}")
    return "\n".join([*head, "", note.body]) if head else note.body


def _one_line(text: str) -> str:
    """A header value: line ends and control characters would let text pose as another header."""
    return _CONTROL.sub(" ", _encodable(text)).strip()


def _encodable(text: str) -> str:
    """Without lone surrogates, which no encoding takes."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _crlf(text: str) -> str:
    return re.sub(r"\r\n|\r|\n", "\r\n", _encodable(text))


def _checked_address(address: str) -> str:
    """The address without blanks around it; "" stays. Refuses what is not one single address."""
    address = address.strip()
    if address and not re.fullmatch(
        r"[^\s@,;<>()\[\]\\\":\x00-\x20]+@[^\s@,;<>()\[\]\\\":?&=%]+\.[^\s@,;<>()\[\]\\\":?&=%.]+", address
    ):
        raise Refused(
            f"“{_one_line(address)}” is not an e-mail address. Correct it at the person, or leave it empty.",
            field="email",
        )
    return address


def _in_head(mailbox: Mailbox) -> str:
    """The mailbox as it stands in a head: the name encoded where it must be, an international domain in ASCII."""
    address = _checked_address(mailbox.address)
    local, _, domain = address.rpartition("@")
    try:
        domain = domain.encode("ascii" if domain.isascii() else "idna").decode()
        local.encode("ascii")
    except UnicodeError as error:
        raise Refused(
            f"The address “{address}” has letters that a draft file cannot hold. Copy the note instead.", field="email"
        ) from error
    return formataddr((_one_line(mailbox.name), f"{local}@{domain}"), charset="utf-8")
