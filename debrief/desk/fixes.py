"""One-click fixes: what a finding's words can safely become, or what can be put where something is missing.

A fix says nothing that the record does not hold: it writes the right name,
takes a sentence out, or puts in what the composed note says at that place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from debrief.desk.composer import Draft
from debrief.desk.critique.text import Sentence, read_text
from debrief.desk.grammar import article
from debrief.domain.critique import Finding, Place
from debrief.domain.letters import Text

MISSING: Mapping[str, tuple[str, ...]] = {
    "thanks-missing": ("thanks", "opening", "thank_for_inviting"),
    "detail-missing": ("detail", "opening", "note"),
    "interest-missing": ("interest",),
    "ask-missing": ("ask",),
}
"""The moves of a composed note that say what these rules miss."""
TAKEN_OUT = frozenset(
    {"pushy", "desperate", "boastful", "self-undermining", "pay-talk", "runs-down-employer", "blames"}
    | {"feedback-too-early", "phone-push", "personal-social", "placeholder-left"}
)
"""Rules whose sentence can go: what is left is whole."""
WRITTEN_ANEW = frozenset({"copy-paste", "over-limit"})
SHOWN = 70
"""Characters of a text that stand on a button."""

_CLOSING = re.compile(r"[^\n.!?]{2,40}")


@dataclass(frozen=True, slots=True)
class Fix:
    """What one click does: its name on the button, and the note as it is then."""

    label: str
    text: Text


def fix_for(finding: Finding, text: Text, composed: Draft) -> Fix | None:
    """The fix that is safe for a finding in this text; None where only the writer can tell."""
    found = _fix(finding, text, composed)
    return found if found and found.text != text else None


def _fix(finding: Finding, text: Text, composed: Draft) -> Fix | None:
    if finding.suggestion is not None and finding.end > finding.start:
        return _replaced(finding, text)
    if finding.rule in MISSING:
        return _put_in(finding.rule, text, composed)
    if finding.rule in WRITTEN_ANEW:
        return Fix("Write it anew from the record", Text(composed.subject, composed.body))
    if finding.rule in TAKEN_OUT:
        return _taken_out(finding, text, composed)
    other = _OTHERS.get(finding.rule)
    return other(finding, text, composed) if other else None


def _replaced(finding: Finding, text: Text) -> Fix | None:
    """The suggestion in the place of the words, with the possessive and the article that belong to it."""
    where = text.subject if finding.place is Place.SUBJECT else text.body
    before, words, after = where[: finding.start], where[finding.start : finding.end], where[finding.end :]
    new = str(finding.suggestion)
    if not new:
        blank = before.endswith(" ") and (not after or after[0] in " \n.,;!?")
        label = f"Take “{_short(words)}” out"
        return Fix(label, _with(text, finding.place, (before[:-1] if blank else before) + after))
    if finding.rule == "role-wrong" and re.search(r"[A-Z]\w*[ -]$", before):
        return None  # part of a longer title: the rest of it would stay
    owned = re.search(r"['’]s?$", words)
    if owned and not re.search(r"['’]s?$", new):
        new += "’s" if owned[0].startswith("’") else "'s"
    if words[:1].isupper() and _begins_sentence(where, finding.start):
        new = new[:1].upper() + new[1:]
    if finding.rule in ("role-wrong", "company-wrong"):
        before = re.sub(r"\b(a|A)n?( )$", lambda match: _article(match, new), before)
    return Fix(f"Write “{_short(new)}”", _with(text, finding.place, before + new + after))


def _begins_sentence(typed: str, at: int) -> bool:
    """Whether a sentence begins here: a line that only goes on begins none."""
    return any(sentence.words[0].start == at for sentence in read_text(typed).sentences if sentence.words)


def _article(match: re.Match[str], following: str) -> str:
    right = article(following)
    return (right.capitalize() if match[1] == "A" else right) + match[2]


def _put_in(rule: str, text: Text, composed: Draft) -> Fix | None:
    """The composed sentence that says what is missing: thanks behind the greeting, the rest before the closing."""
    if rule == "detail-missing" and not composed.details:
        return None
    parts = [part.text for move in MISSING[rule] for part in composed.parts if part.move == move]
    said = next((part for part in parts if part not in text.body), None)
    if said is None:
        return None
    paragraphs = text.body.strip("\n").split("\n\n")
    at = 1 if _is_greeting(paragraphs[0]) else 0
    if rule != "thanks-missing":
        at = max(at, len(paragraphs) - (1 if _is_closing(paragraphs[-1]) else 0))
    body = "\n\n".join(filter(None, [*paragraphs[:at], said, *paragraphs[at:]]))
    return Fix(f"Put in “{_short(said)}”", Text(text.subject, body))


def _taken_out(finding: Finding, text: Text, composed: Draft) -> Fix | None:
    """The note without the sentence that the finding stands in; a slot left in the greeting becomes the greeting."""
    if finding.place is Place.SUBJECT:
        return _composed_subject(finding, text, composed)
    first_line = text.body.partition("\n")[0]
    if finding.start < len(first_line) and _is_greeting(first_line):
        return _greeted(finding, text, composed)
    sentence = next((one for one in read_text(text.body).sentences if one.start <= finding.start < one.end), None)
    if sentence is None or len(sentence.words) < 3:
        return None
    return Fix("Take this sentence out", Text(text.subject, _without(text.body, sentence, finding)))


def _without(body: str, sentence: Sentence, finding: Finding) -> str:
    end = max(sentence.end, finding.end)
    while end < len(body) and body[end] in '.!?…"”’)':
        end += 1
    before, after = body[: sentence.start].rstrip(" "), body[end:].lstrip(" ")
    apart = "" if before.endswith("\n") or after.startswith("\n") or not before or not after else " "
    return re.sub(r"\n{3,}", "\n\n", before + apart + after).strip("\n")


def _greeted(finding: Finding, text: Text, composed: Draft) -> Fix | None:
    """The composed greeting, in the place of one that names nobody or at the top."""
    del finding
    first, _, rest = text.body.lstrip("\n").partition("\n")
    body = f"{composed.greeting}\n{rest}" if _is_greeting(first) else f"{composed.greeting}\n\n{text.body.lstrip()}"
    return Fix(f"Begin with “{_short(composed.greeting)}”", Text(text.subject, body))


def _signed(finding: Finding, text: Text, composed: Draft) -> Fix | None:
    """The name below a closing that stands there, else closing and name; None where no name is known."""
    del finding
    _, line_break, name = composed.sign_off.partition("\n")
    if not line_break:
        return None
    last = text.body.rstrip().rpartition("\n")[2].strip()
    closed = _is_closing(last)
    body = f"{text.body.rstrip()}\n{name}" if closed else f"{text.body.rstrip()}\n\n{composed.sign_off}"
    return Fix(f"Sign with “{_short(name if closed else composed.sign_off)}”", Text(text.subject, body))


def _composed_subject(finding: Finding, text: Text, composed: Draft) -> Fix | None:
    del finding
    return Fix(f"Use “{composed.subject}”", Text(composed.subject, text.body)) if composed.subject else None


def _opened(finding: Finding, text: Text, composed: Draft) -> Fix | None:
    """The composed note's first sentence in the place of an opener that only announces a reminder."""
    said = composed.parts[0].text if composed.parts else ""
    sentence = next((one for one in read_text(text.body).sentences if one.start <= finding.start < one.end), None)
    if not said or said in text.body or sentence is None:
        return None
    end = max(sentence.end, finding.end)
    while end < len(text.body) and text.body[end] in ".!?…":
        end += 1
    body = f"{text.body[: sentence.start]}{said}{text.body[end:]}"
    return Fix(f"Open with “{_short(said)}”", Text(text.subject, body))


_OTHERS: Mapping[str, Callable[[Finding, Text, Draft], Fix | None]] = {
    "recipient-missing": _greeted,
    "recipient-wrong": _greeted,
    "sign-off-missing": _signed,
    "subject-missing": _composed_subject,
    "subject-too-long": _composed_subject,
    "stale-opener": _opened,
}


def _with(text: Text, place: Place, new: str) -> Text:
    return Text(new, text.body) if place is Place.SUBJECT else Text(text.subject, new)


def _is_greeting(paragraph: str) -> bool:
    """Whether these words stand alone on one line and end as a greeting does."""
    line = paragraph.strip()
    return "\n" not in line and len(line.split()) <= 8 and line.endswith((",", ":", "!")) and bool(line)


def _is_closing(paragraph: str) -> bool:
    """Whether these are the closing and the name, or one of them: short lines, the first with a comma or alone."""
    lines = [line.strip() for line in paragraph.strip().split("\n")]
    if not lines[0] or len(lines) > 6:
        return False
    short = bool(_CLOSING.fullmatch(lines[0])) and len(lines[0].split()) <= 5
    return short and (lines[0].endswith(",") or (len(lines) == 1 and len(lines[0].split()) <= 3))


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= SHOWN else f"{line[: SHOWN - 1].rstrip()}…"
