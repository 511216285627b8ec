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
from collections.abc import Iterator, Sequence, Set

from bench.critique_quality import desk, letters
from bench.meaning_sentences import FOLDER, RULES, TAUGHT
from debrief.desk.critique.detail import ordinary, shares_topic
from debrief.desk.critique.draft import Draft, draft_of, spoken
from debrief.desk.critique.engine import SHORTEST_MEANT, Case, applies, is_excused, prepare
from debrief.desk.critique.meaning import Encoder, SentenceMeaning, read_heads
from debrief.domain.critique import Severity
from debrief.domain.facts import MessageKind

SAYING = {"thanks": "thanks-missing", "interest": "interest-missing", "ask": "ask-missing", "detail": "detail-missing"}
LEAST, MOST = 0.3, 0.9
LEAST_MUST = 0.7
"""The least bar of a meaning that makes a finding of must: a false one is the worst mistake."""
MOST_WORDED = 0.25
"""The highest bar where a wording points at the same sentence."""
LEAST_SAID = {"thanks": 0.35, "interest": 0.05, "ask": 0.2, "detail": 0.3}
"""The least bar for what a letter should say: the surer the wordings, the higher."""
WRONG_WEIGHS = 2
FROM_BELOW = 0.35
"""Where in a gap the bar stands: nearer to the sound letters, since scores of letters like the lessons run high."""


def main() -> None:
    """Writes bars.json."""
    heads = read_heads()
    meaning = SentenceMeaning(Encoder(), heads)
    at = desk(with_meaning=False)
    prepared = prepare(at.rules)
    seen: dict[str, list[tuple[float, bool]]] = {head: [] for head in heads.names}
    for letter in letters("development"):
        taught = letter.id.partition("/")[0] in TAUGHT
        draft = draft_of(letter.draft.letter(), letter.draft.record(None), prepared.lists, meaning)
        scored = [one for one in draft.scored() if len(one[0].words) >= SHORTEST_MEANT]
        for head, rule in (*(() if taught else RULES.items()), *SAYING.items()):
            if head == "detail" and _on_record(draft):
                continue
            if scored and applies(at.rules.rule(rule), draft) and not _excepted(head, letter.draft.kind):
                case = Case(draft, at.rules.rule(rule), prepared)
                sayings = [one[head] for sentence, one in scored if not is_excused(case, sentence, one[head])]
                highest = max(sayings, default=0.0)
                seen[head].append((highest, (rule in letter.expect) == (head in RULES)))
        if letter.draft.kind in (MessageKind.CHECK_IN, MessageKind.LAST_MESSAGE) and scored:
            first = spoken(letter.draft.body, draft.anatomy.sentences[0])
            seen["opener"].append((meaning.scores([first])[0]["opener"], "stale-opener" in letter.expect))
    musts = {head for head, rule in RULES.items() if at.rules.rule(rule).severity is Severity.MUST}
    bars = {head: _bar(pairs, _least(head, musts)) for head, pairs in seen.items()}
    for head, bar in bars.items():
        shown = sorted(seen[head])
        highest_good = max((score for score, means in shown if not means), default=0)
        lowest_bad = min((score for score, means in shown if means), default=1)
        print(f"{head:18} {bar:.2f}   sound letters up to {highest_good:.2f}, meant from {lowest_bad:.2f}")
    written = {
        head: {
            "alone": round(bar, 3),
            "with_pattern": round(min(bar * 0.4, MOST_WORDED) if head in RULES else bar * 0.8, 3),
        }
        for head, bar in bars.items()
    }
    (FOLDER / "bars.json").write_text(json.dumps(written, indent=2) + "\n", encoding="utf-8")


def _on_record(draft: Draft) -> bool:
    """Whether a noted topic already shows that the letter is about this talk."""
    plain = ordinary(draft)
    return any(shares_topic(draft, sentence, plain) for sentence in draft.anatomy.sentences)


def _excepted(head: str, kind: MessageKind) -> bool:
    """Whether letters of this kind tell nothing about this head: there, trouble at home is a reason and no plea."""
    if head == "desperate" and kind is MessageKind.WITHDRAW:
        return True
    return head == "ask" and kind is MessageKind.FEEDBACK_REQUEST


def _least(head: str, musts: Set[str]) -> float:
    """The least bar of a head."""
    return LEAST_MUST if head in musts else LEAST_SAID.get(head, LEAST)


def _bar(pairs: Sequence[tuple[float, bool]], least: float) -> float:
    """The place between two scores at which least goes wrong."""
    best, where = float("inf"), 0.5
    for low, high in _gaps(sorted({score for score, _ in pairs})):
        middle = min(max(low + (high - low) * FROM_BELOW, least), MOST)
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
