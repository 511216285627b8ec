"""How the optional spelling help fares: python -m bench.spelling.

False alarms on the development letters, where every finding on an unchanged
letter counts as one; slips found, where common misspellings are put into the
same letters; milliseconds a letter. Names of the record are given, as in use.
"""

from __future__ import annotations

import time
from statistics import median

from bench.critique_quality import Labelled, letters
from debrief.desk.spelling import Dialect, load_speller
from debrief.domain.critique import Finding, Place

SLIPS = {
    "the": "the the",
    "interview": "inteview",
    "enjoyed": "enjoied",
    "would": "woud",
    "because": "becuase",
    "forward": "foward",
    "opportunity": "oppertunity",
    "interested": "intrested",
    "again": "agian",
    "which": "wich",
    "about": "abuot",
    "their": "thier",
    "really": "realy",
    "experience": "experiance",
    "business": "buisness",
    "tomorrow": "tommorow",
    "definitely": "definately",
    "received": "recieved",
    "questions": "quesions",
    "appreciate": "apreciate",
}


def found_in(labelled: Labelled, dialect: Dialect) -> tuple[Finding, ...]:
    """What the speller says about a letter."""
    speller = load_speller(dialect, guessed=True)
    if speller is None:
        raise SystemExit("Install the extra first: pip install .[grammar]")
    return speller.findings(labelled.draft.letter(), labelled.draft.record(None))


def main() -> None:
    """Prints the figures."""
    for dialect in (Dialect.BRITISH, Dialect.AMERICAN):
        read = list(letters("development"))
        found_in(read[0], dialect)
        alarms: list[str] = []
        took: list[float] = []
        for letter in read:
            begun = time.perf_counter()
            found = found_in(letter, dialect)
            took.append(1000 * (time.perf_counter() - begun))
            alarms += [_words(letter, one) for one in found]
        put, seen = _slips(read, dialect)
        print(f"{dialect}: {len(read)} letters, {len(alarms)} alarms ({len(set(alarms))} words: {sorted(set(alarms))})")
        print(f"  slips put in {put}, found {seen} ({seen / put:.0%}); median {median(took):.1f} ms a letter")


def _words(letter: Labelled, finding: Finding) -> str:
    text = letter.draft.subject if finding.place is Place.SUBJECT else letter.draft.body
    return text[finding.start : finding.end]


def _slips(read: list[Labelled], dialect: Dialect) -> tuple[int, int]:
    put = seen = 0
    for letter in read:
        for right, wrong in SLIPS.items():
            at = letter.draft.body.find(f" {right} ")
            if at < 0:
                continue
            body = letter.draft.body[: at + 1] + wrong + letter.draft.body[at + 1 + len(right) :]
            slipped = Labelled(letter.id, letter.draft.model_copy(update={"body": body}), letter.expect)
            put += 1
            seen += any(one.start <= at + 1 + len(wrong) and at < one.end for one in found_in(slipped, dialect))
    return put, seen


if __name__ == "__main__":
    main()
