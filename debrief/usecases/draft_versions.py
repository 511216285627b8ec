"""Versions of a draft: what stood there before something replaced it, to be brought back.

They are kept sparingly: whenever a text is put in place at once (composed
anew, a fix, another version, the other tab's text), and while typing at most
one in ten minutes. The oldest go first.
"""

from __future__ import annotations

from datetime import timedelta

from debrief.domain.facts import DraftVersion, Message
from debrief.domain.letters import Text
from debrief.store import Unit

MOST_VERSIONS = 20
"""Of one draft."""
WHILE_TYPING = timedelta(minutes=10)
"""Typing leaves one version in this time at most."""


def text_of(note: Message | DraftVersion) -> Text:
    """The text of a draft or of one of its versions."""
    return Text(note.subject, note.body)


def versions_of(unit: Unit, draft: Message) -> tuple[DraftVersion, ...]:
    """The versions of a draft, the latest first."""
    return tuple(sorted(unit.find(DraftVersion, message_id=draft.id), key=lambda kept: kept.kept_at, reverse=True))


def keep_version(unit: Unit, draft: Message, text: Text) -> None:
    """Keeps a text of a draft as a version, unless it is empty or stands among the versions already."""
    kept = versions_of(unit, draft)
    if not (text.subject.strip() or text.body.strip()) or text in map(text_of, kept):
        return
    unit.add(DraftVersion(message_id=draft.id, subject=text.subject, body=text.body, kept_at=unit.now))
    for oldest in kept[MOST_VERSIONS - 1 :]:
        unit.remove(oldest)


def keep_version_of_typing(unit: Unit, draft: Message) -> None:
    """Keeps the draft as it stood before this stroke, if the latest version has some age."""
    kept = versions_of(unit, draft)
    if not kept or kept[0].kept_at <= unit.now - WHILE_TYPING:
        keep_version(unit, draft, text_of(draft))
