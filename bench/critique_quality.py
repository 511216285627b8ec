"""Precision and recall of the critique on labelled letters: python -m bench.critique_quality [--errors] [--patterns].

A pair of letter and rule counts once, wherever the finding stands; tips are
left out. The development set may be read and learned from (--errors prints its
mistakes); of the check set only the figures are ever shown. --rules adds the
figures by rule, --files those by file.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from debrief.content import SHIPPED, critique, guides, rules
from debrief.desk.critique import load_meaning
from debrief.domain.critique import Severity
from debrief.exchange.critique import Desk, DraftShape, findings_of

LETTERS = Path(__file__).resolve().parents[1] / "tests" / "letters"


@dataclass(frozen=True)
class Labelled:
    """One letter with the rules of must and should that it breaks."""

    id: str
    draft: DraftShape
    expect: frozenset[str]
    marks: Mapping[str, Sequence[str]] | None = None
    """By meaning, the sentences that its writer marked; None where nothing was marked."""


def letters(which: str) -> Iterator[Labelled]:
    """The letters of the development or the check set, variants included."""
    for path in sorted((LETTERS / which).glob("*.yaml")):
        for letter in yaml.safe_load(path.read_text(encoding="utf-8"))["letters"]:
            yield labelled(f"{path.stem}/{letter['id']}", letter, {})
            for variant in letter.get("variants", ()):
                yield labelled(f"{path.stem}/{letter['id']}/{variant['id']}", letter, variant)


def file_of(letter: Labelled) -> str:
    """The name of the file that a letter stands in."""
    return letter.id.partition("/")[0]


def labelled(name: str, letter: Mapping[str, Any], variant: Mapping[str, Any]) -> Labelled:
    """A letter, or a variant of it: other facts, words replaced, a sentence put in, or another body."""
    facts = {**letter["facts"], **variant.get("facts", {})}
    to = facts.pop("to", None)
    body = str(variant.get("body", letter["body"]))
    for old, new in (*variant.get("replace", ()), *variant.get("replace2", ())):
        if old not in body:
            raise ValueError(f"{name}: “{old}” does not stand in the letter")
        body = body.replace(old, new)
    if "insert" in variant:
        blocks = body.split("\n\n")
        at = min(1, len(blocks) - 1)
        blocks[at] = f"{blocks[at].rstrip()} {variant['insert']}"
        body = "\n\n".join(blocks)
    given = {
        "id": name,
        "kind": letter["kind"],
        "channel": letter.get("channel", "email"),
        "subject": variant.get("subject", letter.get("subject", "")),
        "body": body,
        "to": {"name": to} if to else None,
        **facts,
    }
    return Labelled(
        name,
        DraftShape.model_validate_json(json.dumps(given)),
        frozenset(variant.get("expect", letter["expect"])),
        letter.get("marks"),
    )


def desk(*, with_meaning: bool) -> Desk:
    """The shipped rules, with or without the meaning layer."""
    advice, _ = guides.load(SHIPPED)
    if advice is None:
        raise SystemExit("the guides are broken")
    found, problems = critique.load(SHIPPED, advice)
    book, _ = rules.load(SHIPPED)
    if found is None or book is None:
        raise SystemExit(f"the content is broken: {problems}")
    return Desk(found, book.rules, load_meaning() if with_meaning else None)


@dataclass
class Tally:
    """Counts by rule: found rightly, found wrongly, missed."""

    right: Counter[str]
    wrong: Counter[str]
    missed: Counter[str]
    false_musts: int = 0
    good: int = 0
    letters: int = 0

    @property
    def precision(self) -> float:
        """The share of what was found that is right."""
        right = sum(self.right.values())
        return right / max(right + sum(self.wrong.values()), 1)

    @property
    def recall(self) -> float:
        """The share of what is there that was found."""
        right = sum(self.right.values())
        return right / max(right + sum(self.missed.values()), 1)


def tally(read: Iterable[Labelled], at: Desk, *, show: bool = False) -> Tally:
    """What the critique found in these letters, against the labels."""
    counted = Tally(Counter(), Counter(), Counter())
    tips = {rule.id for rule in at.rules.rules if rule.severity is Severity.TIP}
    musts = {rule.id for rule in at.rules.rules if rule.severity is Severity.MUST}
    for letter in read:
        findings = findings_of(letter.draft, at)
        found = {finding.rule for finding in findings} - tips
        counted.letters += 1
        counted.good += not letter.expect
        counted.false_musts += bool(not letter.expect and found & musts)
        counted.right.update(found & letter.expect)
        counted.wrong.update(found - letter.expect)
        counted.missed.update(letter.expect - found)
        if show and found ^ letter.expect:
            _show(letter, found, findings)
    return counted


def _show(letter: Labelled, found: set[str], findings: Any) -> None:
    for rule in sorted(found - letter.expect):
        spans = [letter.draft.body[one.start : one.end] for one in findings if one.rule == rule]
        print(f"  wrong  {rule:20} {letter.id}: {spans}")
    for rule in sorted(letter.expect - found):
        print(f"  missed {rule:20} {letter.id}")


def report(which: str, counted: Tally, *, by_rule: bool) -> None:
    """The figures of one set as a table."""
    right, wrong, missed = (sum(one.values()) for one in (counted.right, counted.wrong, counted.missed))
    print(
        f"{which}: {counted.letters} letters, {counted.good} good; "
        f"precision {counted.precision:.3f}, recall {counted.recall:.3f} "
        f"({right} right, {wrong} wrong, {missed} missed); good letters with a false must: {counted.false_musts}"
    )
    if by_rule:
        for rule in sorted({*counted.right, *counted.wrong, *counted.missed}):
            print(f"  | {rule} | {counted.right[rule]} | {counted.wrong[rule]} | {counted.missed[rule]} |")


def main(arguments: list[str]) -> None:
    """Prints both sets."""
    at = desk(with_meaning="--patterns" not in arguments)
    for which in ("development", "check"):
        show = "--errors" in arguments and which == "development"
        read = list(letters(which))
        report(which, tally(read, at, show=show), by_rule="--rules" in arguments)
        for name in sorted({file_of(letter) for letter in read}) if "--files" in arguments else ():
            report(f"{which}/{name}", tally([one for one in read if file_of(one) == name], at), by_rule=False)


if __name__ == "__main__":
    main(sys.argv[1:])
