"""Reads one draft critically: every rule that applies, over one dissected letter.

    rules = load_content().critique
    findings = critique(letter, record, rules)            # patterns alone
    findings = critique(letter, record, rules, meaning)   # with `load_meaning()`

Pure and deterministic: the same letter, facts, rules and meaning give the same
findings, must first, then in the order of the text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType

from debrief.desk.critique import companies, form, roles
from debrief.desk.critique.anatomy import Greeting
from debrief.desk.critique.detail import is_detailed
from debrief.desk.critique.draft import Draft, Evidence, Field, Hit, Meaning, draft_of, spoken
from debrief.desk.critique.lists import Lists, lists_of
from debrief.desk.critique.names import Fit, PersonName, judge
from debrief.desk.critique.patterns import Match, Matcher, parse
from debrief.desk.critique.similarity import copied
from debrief.desk.critique.text import Sentence, Word, words_of
from debrief.domain.critique import CritiqueRules, Entry, Finding, Letter, Place, RecordFacts, Rule, Severity, weighty
from debrief.domain.facts import MessageKind

_NEGATIONS = frozenset({"not", "never", "no", "without", "nor", "neither", "hardly", "nobody", "instead", "than"})
_NEGATION_REACH = 3
SHORTEST_MEANT = 3
"""Words of a sentence below which its meaning cannot be told."""
BRIEF = 9
"""Words of a short sentence at most."""
_COURTESY = 16
"""Words of a mere courtesy at most."""
_FEEDBACK, _DEMAND, _RUNS_DOWN = "feedback", "pushy", "runs_down"
_HARM = "patterns"
"""How the rules look that tell what does harm."""
_ORDER = {Severity.MUST: 0, Severity.SHOULD: 1, Severity.TIP: 2}


@dataclass(frozen=True, slots=True)
class Prepared:
    """The rules made ready to match: built once for each set of rules."""

    rules: CritiqueRules
    lists: Lists
    matcher: Matcher
    entries: Mapping[tuple[str, str], int]
    """(rule id, entry id) → the number of its wordings; the next number is what excuses them."""
    numbered: Mapping[str, tuple[tuple[Entry, int], ...]]
    """Rule id → its entries with their numbers."""
    about: Mapping[str, int]
    """Rule id → the number of the wordings without which meaning alone reports nothing."""


@dataclass(frozen=True, slots=True)
class Case:
    """One rule at work on one draft."""

    draft: Draft
    rule: Rule
    prepared: Prepared

    def met(self, where: Field, sentence: Sentence) -> Mapping[int, list[Match]]:
        """Every wording of every rule that this sentence meets, by number; looked for once for all rules."""
        met = self.draft.met
        if not met:
            keys: dict[tuple[Place, int, int], Sentence] = {}
            for one in self.draft.fields:
                named = companies.own_mentions(self.draft, one.text)
                sentences = [*one.text.sentences, *(self.draft.anatomy.sentences if one.place is Place.BODY else ())]
                keys |= {(one.place, s.start, s.end): _naming(s, named) for s in sentences}
            met.update(zip(keys, self.prepared.matcher.matches_of(list(keys.values())), strict=True))
        return met[where.place, sentence.start, sentence.end]

    def matched(self, where: Field, sentence: Sentence) -> list[tuple[Entry, Match]]:
        """The rule's entries that this sentence meets, without those excused, negated or, for harm, quoted."""
        found = self.met(where, sentence)
        kept: list[tuple[Entry, Match]] = []
        if not found:
            return kept
        for entry, number in self.prepared.numbered[self.rule.id]:
            if number in found and number + 1 not in found:
                kept += [(entry, match) for match in found[number] if entry.negated or not _negated(sentence, match)]
        if self.rule.by == _HARM and where.text.speech:
            kept = [(entry, match) for entry, match in kept if not where.text.in_speech(*_span(sentence, match))]
        return kept


def _naming(sentence: Sentence, named: frozenset[int]) -> Sentence:
    """The sentence with the company's name, by its first word, read as such, so that wordings can speak of it."""
    if named.isdisjoint(word.start for word in sentence.words):
        return sentence
    words = (word._replace(text=companies.THIS_COMPANY) if word.start in named else word for word in sentence.words)
    return replace(sentence, words=tuple(words))


def critique(
    letter: Letter, record: RecordFacts, rules: CritiqueRules, meaning: Meaning | None = None
) -> tuple[Finding, ...]:
    """What to mend in this letter, must first, then in the order of the text; empty when all is well."""
    prepared = prepare(rules)
    draft = draft_of(letter, record, prepared.lists, meaning)
    found: list[Finding] = []
    for rule in rules.rules:
        if applies(rule, draft):
            hits = FINDERS[rule.by](Case(draft, rule, prepared))
            found += [_finding(rule, hit) for hit in hits]
    found.sort(key=lambda one: (_ORDER[one.severity], one.place is Place.BODY, one.start, one.end))
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=8)
def prepare(rules: CritiqueRules) -> Prepared:
    """The rules ready to match. Raises PatternMistake for a wording that cannot be read."""
    lists = lists_of(rules.words)
    matcher = Matcher(lists["function_words"])
    entries: dict[tuple[str, str], int] = {}
    for rule in rules.rules:
        for entry in rule.entries:
            number = 2 * len(entries)
            entries[rule.id, entry.id] = number
            for offset, patterns in ((0, entry.any), (1, entry.unless)):
                for pattern in patterns:
                    matcher.add(number + offset, parse(pattern, rules.words))
    about: dict[str, int] = {}
    for rule in rules.rules:
        if rule.about:
            number = about[rule.id] = 2 * (len(entries) + len(about))
            for pattern in rule.about:
                matcher.add(number, parse(pattern, rules.words))
    numbered = {rule.id: tuple((one, entries[rule.id, one.id]) for one in rule.entries) for rule in rules.rules}
    return Prepared(rules, lists, matcher, entries, numbered, about)


def is_ready(findings: tuple[Finding, ...]) -> bool:
    """Whether nothing of must or should is left."""
    return not weighty(findings)


def applies(rule: Rule, draft: Draft) -> bool:
    """Whether a rule speaks about letters of this kind, on this channel, at this stage."""
    record = draft.record
    if rule.silent_with_offer and (record.offered or record.stage == "offer"):
        return False
    return draft.letter.kind in rule.kinds and draft.letter.channel in rule.channels and record.stage in rule.stages


def _finding(rule: Rule, hit: Hit) -> Finding:
    message = (hit.message or rule.message).format_map(_Words(hit.words))
    return Finding(
        rule=rule.id,
        severity=rule.severity,
        place=hit.place,
        start=hit.start,
        end=hit.end,
        message=message,
        why=rule.why,
        sources=rule.sources,
        suggestion=hit.suggestion,
    )


class _Words(dict[str, str]):
    """The words for a message; what a hit does not tell stays as it is written in the content."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


def _negated(sentence: Sentence, match: Match) -> bool:
    before = sentence.words[max(0, match.first - _NEGATION_REACH) : match.first]
    for at in range(len(before) - 1, -1, -1):
        if before[at].text in _NEGATIONS:
            return True
        if before[at].lead:
            return False
    return False


def _span(sentence: Sentence, match: Match) -> tuple[int, int]:
    words = sentence.words[match.first : max(match.last, match.first + 1)]
    return words[0].start, words[-1].end


def _rounded(case: Case, sentence: Sentence, match: Match) -> Match:
    """The match, up to the end of its clause where its last word leads on ("an answer by" Friday)."""
    words, last = sentence.words, max(match.last, match.first + 1)
    if words[last - 1].text in case.draft.lists["leading_on"]:
        while last < len(words) and not words[last].lead:
            last += 1
    return replace(match, last=last)


def _by_patterns(case: Case) -> Iterator[Hit]:
    """What is said in so many words or means it: a hit for each entry in each sentence."""
    meant = _meant(case)
    for where in case.draft.fields:
        for sentence in where.text.sentences:
            for entry, match in sorted(case.matched(where, sentence), key=lambda one: not one[0].sure)[:1]:
                if where.place is Place.BODY and not entry.sure and not meant.get(sentence.words[-1].end, True):
                    continue
                if case.draft.is_on_record(sentence.words[match.first : max(match.last, match.first + 1)], where.place):
                    continue
                if where.place is Place.SUBJECT and not _stands_in_subject(case, sentence, entry):
                    continue
                start, end = _span(sentence, match if entry.suggestion else _rounded(case, sentence, match))
                found = {"found": where.text.typed[start:end]}
                yield Hit(where.place, start, end, found, entry.suggestion, entry.advice)
    for sentence in case.draft.anatomy.sentences:
        if meant.get(sentence.words[-1].end) and not case.matched(case.draft.body, sentence):
            yield case.draft.body.hit(sentence.start, sentence.words[-1].end)


def _stands_in_subject(case: Case, sentence: Sentence, entry: Entry) -> bool:
    """Whether a wording met in the subject means it there: all of it may say something else ("Bonus level at the
    mine").
    """
    draft, head = case.draft, case.rule.head
    if entry.sure or draft.meaning is None or head is None:
        return True
    leaning = draft.meaning.leanings([spoken(draft.subject.text.typed, sentence)])[0][head]
    return draft.meaning.means(head, draft.letter.kind, [(leaning, Evidence(worded=True))])[0]


def _meant(case: Case) -> Mapping[int, bool]:
    """Whether the body's sentences, by where they end, mean what the rule looks for; the shortest are left out.

    What is excused is not meant unless a wording says so too. Empty without the meaning layer.
    """
    draft, head = case.draft, case.rule.head
    if draft.meaning is None or head is None:
        return {}
    told = [
        (sentence.words[-1].end, leanings[head], evidence_for(case, sentence))
        for sentence, leanings in draft.leaning()
        if len(sentence.words) >= SHORTEST_MEANT
    ]
    means = draft.meaning.means(head, draft.letter.kind, [(leaning, evidence) for _, leaning, evidence in told])
    return {
        end: meant and (evidence.worded or not evidence.excused)
        for (end, _, evidence), meant in zip(told, means, strict=True)
    }


def evidence_for(case: Case, sentence: Sentence) -> Evidence:
    """What the rule's wordings tell about a sentence of the body."""
    found = case.met(case.draft.body, sentence)
    matched = case.matched(case.draft.body, sentence)
    about = case.prepared.about.get(case.rule.id)
    excuses = case.prepared.entries.get((case.rule.id, "excuses"))
    return Evidence(
        worded=bool(matched),
        sure=any(entry.sure for entry, _ in matched),
        excused=excuses is not None and excuses + 1 in found,
        off_topic=about is not None and about not in found,
        brief=len(sentence.words) <= BRIEF,
    )


def _missing(case: Case) -> Iterator[Hit]:
    """Something that the letter should say and does not."""
    if not says(case):
        yield Hit()


def says(case: Case) -> bool:
    """Whether any sentence says it: by its meaning, in sure words, or in any where the meaning layer does not speak."""
    body, meant = case.draft.body, _meant(case)
    return any(meant.values()) or any(
        entry.sure or sentence.words[-1].end not in meant
        for sentence in body.text.sentences
        for entry, _ in case.matched(body, sentence)
    )


def _asks(case: Case) -> Iterator[Hit]:
    """The question that the letter is there for. A demand asks too, and is reported for its tone.

    After a rejection any question is one: nobody asks there when things go on.
    """
    wants_feedback = case.draft.letter.kind is MessageKind.FEEDBACK_REQUEST
    if wants_feedback and any(sentence.asks for sentence in case.draft.anatomy.sentences):
        return
    others = [replace(case, rule=rule) for rule in case.prepared.rules.rules if rule.head in (_FEEDBACK, _DEMAND)]
    if not says(case) and not any(any(_meant(other).values()) for other in others):
        yield Hit()


def _detail(case: Case) -> Iterator[Hit]:
    if not is_detailed(case.draft):
        yield Hit()


def _recipient_wrong(case: Case) -> Iterator[Hit]:
    draft = case.draft
    greeting, recipient = draft.anatomy.greeting, draft.recipient
    if greeting is None or recipient is None:
        return
    named = [one for one in greeting.addressees if one.words]
    judged = [
        (one, judge([_shape(draft, word) for word in one.words], recipient, draft.lists.nicknames)) for one in named
    ]
    if not judged or any(result.fit is Fit.RIGHT for _, result in judged) or _is_hailed(draft, greeting, recipient):
        return
    one, result = next(((one, found) for one, found in judged if found.fit is Fit.SLIP), judged[0])
    if result.fit is Fit.SLIP:
        word = one.words[result.index]
        yield draft.body.hit(word.start, word.end, result.meant, name=recipient.typed)
    elif not _is_nobody(draft, one.words):
        fix = recipient.given if len(one.words) == 1 else " ".join(recipient.parts)
        yield draft.body.hit(one.words[0].start, one.words[-1].end, fix, name=recipient.typed)


def _is_hailed(draft: Draft, greeting: Greeting, recipient: PersonName) -> bool:
    """Whether the right name stands behind a word of greeting that no list knows: "Howzit Riaan"."""
    named = greeting.addressees[0].words if greeting.addressees and not greeting.opener else ()
    behind = [_shape(draft, word) for word in named[1:]]
    return bool(behind) and judge(behind, recipient, draft.lists.nicknames).fit is Fit.RIGHT


def _is_nobody(draft: Draft, words: Sequence[Word]) -> bool:
    """Whether these words of a greeting are a company's name or ordinary words rather than a person's name."""
    own = {part.casefold() for part in draft.recipient.parts} if draft.recipient else set[str]()
    own |= {part.casefold() for person in draft.record.other_people for part in person.split()}
    if all(word.text in draft.lists["common"] and word.text not in own for word in words):
        return True
    names = (
        companies.company_name(name or "", draft.lists)
        for name in (draft.record.company, *draft.record.other_companies)
    )
    return any(name and {word.text for word in words} & set(name.words) - own for name in names)


def _shape(draft: Draft, word: Word) -> str:
    return draft.letter.body[word.start : word.end].removesuffix("'s").removesuffix("’s")


def _recipient_missing(case: Case) -> Iterator[Hit]:
    draft = case.draft
    greeting = draft.anatomy.greeting
    if draft.recipient is None or not draft.letter.body.strip():
        return
    addressees = greeting.addressees if greeting else ()
    words = words_of(draft.letter.body, greeting.start, greeting.end) if greeting else ()
    if any(word.text in draft.lists["titles_alone"] for word in words):
        return  # "Good morning Captain": who says so means this one
    if not any(one.words and not _is_nobody(draft, one.words) for one in addressees):
        start, end = (greeting.start, greeting.end) if greeting else (0, 0)
        yield Hit(Place.BODY, start, end, {"name": draft.recipient.typed})


def _company(case: Case) -> Iterator[Hit]:
    draft = case.draft
    greeting = draft.anatomy.greeting
    greeted = greeting.end if greeting and draft.recipient else 0  # what is wrong there is wrong with a person's name
    for where in draft.fields:
        slips = companies.misspelt(draft, where)
        yield from (slip for slip in slips if where.place is not Place.BODY or slip.start >= greeted)
        for words, mention in companies.other_mentions(draft, where.text):
            if not _is_told_of(case, where, words, mention):
                first, last = words[mention.first], words[mention.last - 1]
                this = companies.company_name(draft.record.company or "", draft.lists)
                fix = " ".join(this.spelled) if this else None
                yield where.hit(first.start, last.end, fix, company=draft.record.company or "")


def _is_told_of(case: Case, where: Field, words: Sequence[Word], mention: companies.Mention) -> bool:
    """Whether the sentence speaks of another employer as another one: a past post, a rival, a customer.

    Whoever names the reader's beside it, or runs an employer down, takes neither for the other.
    """
    start = words[mention.first].start
    sentence = next((one for one in where.text.sentences if one.start <= start < one.end), None)
    if sentence is None:
        return False
    if any(sentence.start <= own < sentence.end for own in companies.own_mentions(case.draft, where.text)):
        return True
    first = next(at for at, word in enumerate(sentence.words) if word.start == start)
    name = sentence.words[first]._replace(text=companies.OTHER_COMPANY)
    after = sentence.words[first + mention.last - mention.first :]
    found = case.prepared.matcher.matches(replace(sentence, words=(*sentence.words[:first], name, *after)))
    declines = case.draft.letter.kind in (MessageKind.WITHDRAW, MessageKind.OFFER_REPLY)
    telling = ("another", "past", "settled", *(("accepted",) if declines else ()))
    numbers = [case.prepared.entries[case.rule.id, entry] for entry in telling]
    if any(number in found and number + 1 not in found for number in numbers):
        return True
    complaints = [replace(case, rule=rule) for rule in case.prepared.rules.rules if rule.head == _RUNS_DOWN]
    return any(_meant(one).get(sentence.words[-1].end, False) for one in complaints)


def _role(case: Case) -> Iterator[Hit]:
    for where in case.draft.fields:
        yield from roles.wrong_roles(case.draft, where)


def _opening(case: Case) -> Iterator[Hit]:
    """The first sentence that is no mere courtesy, where it does nothing but announce a reminder."""
    sentence = opening_sentence(case)
    if sentence is None:
        return
    matched = case.matched(case.draft.body, sentence)
    end = sentence.words[-1].end
    if any(entry.sure for entry, _ in matched) or _meant(case).get(end, bool(matched)):
        yield case.draft.body.hit(sentence.start, end, matched[0][0].suggestion if matched else None)


def opening_sentence(case: Case) -> Sentence | None:
    """The first of the first sentences that is no mere courtesy: "I hope you are well" opens nothing."""
    courtesy = case.prepared.entries[case.rule.id, "courtesy"] + 1
    for sentence in case.draft.anatomy.sentences[:3]:
        courteous = courtesy in case.met(case.draft.body, sentence) and len(sentence.words) <= _COURTESY
        if not courteous or case.matched(case.draft.body, sentence):
            return sentence
    return None


def _casual(case: Case) -> Iterator[Hit]:
    yield from _by_patterns(case)
    for where in case.draft.fields:
        yield from form.pictures(where)
    greeting, closing = case.draft.anatomy.greeting, case.draft.anatomy.sign_off.closing
    lists = case.draft.lists
    if greeting and set(greeting.opener.split()) & lists["chatty_greetings"]:
        yield case.draft.body.hit(greeting.start, greeting.end)
    if closing and closing.text.strip(" ,.!-–—").lower() in lists["chatty_closings"]:
        yield case.draft.body.hit(closing.start, closing.end)


def _cliche(case: Case) -> Iterator[Hit]:
    """Stock phrases, once there are more than a few."""
    hits: list[Hit] = []
    for where in case.draft.fields:
        for sentence in where.text.sentences:
            hits += [where.hit(*_span(sentence, match)) for _, match in case.matched(where, sentence)]
    if len({hit.words["found"].lower() for hit in hits}) >= case.rule.limits["least"]:
        yield from hits


def _sign_off_missing(case: Case) -> Iterator[Hit]:
    if case.draft.letter.body.strip() and not case.draft.anatomy.sign_off.signed:
        yield Hit(words={"name": case.draft.record.sender or ""})


def _too_soon(case: Case) -> Iterator[Hit]:
    timing = case.draft.record.timing
    if timing and timing.too_soon:
        opens = f"{timing.opens:%A} {timing.opens.day} {timing.opens:%B}" if timing.opens else ""
        yield Hit(words={"opens": opens}, message="" if opens else case.rule.message.partition(" (")[0] + ".")


def _too_many(case: Case) -> Iterator[Hit]:
    timing = case.draft.record.timing
    if timing and timing.too_many:
        yield Hit()


def _too_late(case: Case) -> Iterator[Hit]:
    timing = case.draft.record.timing
    if timing and timing.due:
        yield Hit()


Finder = Callable[[Case], Iterator[Hit]]

FINDERS: Mapping[str, Finder] = MappingProxyType(
    {
        _HARM: _by_patterns,
        "missing": _missing,
        "asking": _asks,
        "detail": _detail,
        "placeholders": lambda case: form.placeholders(case.draft),
        "recipient": _recipient_wrong,
        "unnamed": _recipient_missing,
        "company": _company,
        "role": _role,
        "copies": lambda case: copied(case.draft),
        "too long": lambda case: form.too_long(case.draft, dict(case.rule.limits)),
        "too short": lambda case: form.too_short(case.draft, case.rule.limits["words"]),
        "characters": lambda case: form.over_limit(case.draft, dict(case.rule.limits)),
        "subject": lambda case: form.subject_missing(case.draft),
        "subject length": lambda case: form.subject_too_long(case.draft, case.rule.limits["characters"]),
        "shouting": lambda case: form.shouted(case.draft),
        "casual": _casual,
        "opening": _opening,
        "several": _cliche,
        "sign-off": _sign_off_missing,
        "too soon": _too_soon,
        "too many": _too_many,
        "too late": _too_late,
    }
)
"""How a rule looks: the content's `by` names one of these."""
