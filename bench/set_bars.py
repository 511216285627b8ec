"""Sets the bars of the meaning layer on the development letters: python -m bench.set_bars.

For a meaning that does harm, the bar is put where it reports what it should
with as few sound letters as possible: over all places between two scores, the
one with the least missed + 2 × wrongly reported letters, and in the middle of
the gap. For what a letter should say (thanks, interest, a question, a detail)
likewise the other way round. Where a pattern points at the same sentence a
lower bar is enough.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from bench.critique_quality import desk, letters
from bench.meaning_sentences import FOLDER, RULES, TAUGHT
from debrief.desk.critique.draft import draft_of, spoken
from debrief.desk.critique.engine import prepare
from debrief.desk.critique.meaning import Encoder, SentenceMeaning, read_heads
from debrief.domain.facts import MessageKind

SAYING = {"thanks": "thanks-missing", "interest": "interest-missing", "ask": "ask-missing", "detail": "detail-missing"}
LEAST, MOST = 0.35, 0.9
WRONG_WEIGHS = 2


def main() -> None:
    """Writes bars.json."""
    heads = read_heads()
    meaning = SentenceMeaning(Encoder(), heads)
    at = desk(with_meaning=False)
    prepared = prepare(at.rules)
    seen: dict[str, list[tuple[float, bool]]] = {head: [] for head in heads.names}
    for letter in letters("development"):
        if letter.id.partition("/")[0] in TAUGHT:
            continue
        draft = draft_of(letter.draft.letter(), letter.draft.record(None), prepared.lists, meaning)
        scores = [one for _, one in draft.scored()]
        for head, rule in (*RULES.items(), *SAYING.items()):
            if scores and letter.draft.kind in at.rules.rule(rule).kinds and not _excepted(head, letter.draft.kind):
                highest = max(one[head] for one in scores)
                seen[head].append((highest, (rule in letter.expect) == (head in RULES)))
        if letter.draft.kind in (MessageKind.CHECK_IN, MessageKind.LAST_MESSAGE) and scores:
            first = spoken(letter.draft.body, draft.anatomy.sentences[0])
            seen["opener"].append((meaning.scores([first])[0]["opener"], "stale-opener" in letter.expect))
    bars = {head: _bar(pairs) for head, pairs in seen.items()}
    for head, bar in bars.items():
        shown = sorted(seen[head])
        highest_good = max((score for score, means in shown if not means), default=0)
        lowest_bad = min((score for score, means in shown if means), default=1)
        print(f"{head:18} {bar:.2f}   sound letters up to {highest_good:.2f}, meant from {lowest_bad:.2f}")
    written = {
        head: {"alone": round(bar, 3), "with_pattern": round(bar * (0.4 if head in RULES else 0.7), 3)}
        for head, bar in bars.items()
    }
    (FOLDER / "bars.json").write_text(json.dumps(written, indent=2) + "\n", encoding="utf-8")


def _excepted(head: str, kind: MessageKind) -> bool:
    return head == "ask" and kind is MessageKind.FEEDBACK_REQUEST


def _bar(pairs: Sequence[tuple[float, bool]]) -> float:
    """The place between two scores at which least goes wrong; in a wide gap, its middle."""
    best, where = float("inf"), 0.5
    for low, high in _gaps(sorted({score for score, _ in pairs})):
        middle = min(max((low + high) / 2, LEAST), MOST)
        missed = sum(means and score < middle for score, means in pairs)
        wrong = sum(not means and score >= middle for score, means in pairs)
        cost = missed + WRONG_WEIGHS * wrong - (high - low) * 0.5
        if cost < best:
            best, where = cost, middle
    return where


def _gaps(scores: Sequence[float]) -> Iterator[tuple[float, float]]:
    yield from zip((0.0, *scores), (*scores, 1.0), strict=True)


if __name__ == "__main__":
    main()
