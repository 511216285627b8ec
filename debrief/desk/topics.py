"""What people note about a talk, made fit to stand behind "about" in a letter.

Notes come in every shape: "their move to Kubernetes.", "Dana runs the standup",
"How do you measure success?", "likes hiking". Nothing is added to a fact. What
cannot be put into a sentence safely comes back as None, and is asked for in
other words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from debrief.desk.grammar import Words, clean, lower_first, quieten, words_in

LONGEST_PHRASE = 14
"""Words. What is longer does not read as a phrase inside a sentence."""
LONGEST_PHRASE_IN_CHARACTERS = 110

_CLAUSE_OPENERS = words_in("how what why when where who whom whose which whether that if")
_QUESTION_OPENERS = words_in(
    "is are was were do does did can could will would should have has had may might how what why when where who which"
)
_AUXILIARIES = words_in("is are was were has have had will would can could must may might should does did")
_BE_AND_HAVE = words_in("is are was were has have had")
_STATES = words_in(
    "want wants wanted need needs needed like likes liked love loves loved enjoy enjoys think thinks believe believes "
    "know knows seem seems feel feels prefer prefers expect expects hope hopes live lives hate hates"
)
_BODIES = words_in("team company department group office firm startup school ward unit agency charity bank board")
_SUBJECTS = words_in("i we they he she it you there")
_VERBS_OF_A_PERSON = words_in(
    "likes loves enjoys wants has is was grew moved started joined left worked studied built rebuilt lives thinks "
    "believes used came went began wrote taught learned learnt led ran founded hopes knows prefers"
)
_VERBS_OR_PLURALS = words_in("runs works plays needs uses leads manages heads reports travels plans walks dances")
_LINKS = words_in("the a an to from in at with on for her his their every all by")
_LEADS = words_in("how what why when where whether which the fact that both")

_QUESTION_TURNED = re.compile(
    r"(?:how|what|why|when|where|who|which)\b.{0,30}?\b(?:do|does|did|is|are|was|were|would|will|can|could|should|have|has)"
    r"\s+(?:i|you|we|they|he|she)\b",
    re.IGNORECASE,
)
_ABOUT = r"(?:about|on|of|around|regarding)"
_REPORT = re.compile(
    r"(?:(?:that\s+)?(?:we|i|she|he|they|you)\s+(?:both\s+|also\s+)*)?"
    r"(?:"
    r"(?:talk(?:ed|ing)?|spoke|speaking|chat(?:ted|ting)?|heard|laughed|argued)\s+(?:\w+\s+){0,3}?about"
    r"|(?:told|asked|asking)\s+(?:me\s+|us\s+)?(?:a\s+(?:bit|lot|little)\s+)?about"
    r"|(?:discuss(?:ed|ing)|mention(?:ed|ing)|explain(?:ed|ing)|describ(?:ed|ing)|cover(?:ed|ing))(?:\s+that)?"
    rf"|(?:(?:a|an|the|our|long|short|good|nice|great|lovely|interesting)\s+)*(?:conversation|chat|talk|discussion|exchange|questions?)\s+{_ABOUT}"
    r"|(?:mostly|mainly|also|especially|a\s+lot)\s+about"
    r"|about|re|topics?"
    r")(?::\s*|\s+)(?=\S)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads the letter, as far as grammar is concerned."""

    names: tuple[str, ...] = ()
    """How the notes may call them: given name, full name."""
    is_one: bool = True
    """Whether it is one person: “she runs the office” tells a whole team nothing about itself."""
    theirs_is_yours: bool = True
    """Whether “their team” in the candidate's notes is the reader's own team: not for an agency's recruiter."""


def split_list(text: str) -> tuple[str, ...]:
    """A bare list typed as one note ("on-call, Kafka, hiring") as its parts; anything else as it is."""
    parts = [part.strip() for part in re.split(r"[,;\n•]|\s\+\s", text)]
    is_list = all(part and len(part.split()) <= 3 and not _joins(part) for part in parts)
    return tuple(parts) if len(parts) > 1 and is_list else (text,)


def as_topic(text: str, words: Words, reader: Reader | None = None) -> str | None:
    """A note as a phrase that can stand behind "about"; None where nothing is noted or it does not fit."""
    reader = reader or Reader()
    phrase = _strip_ends(clean(text))
    if phrase.lower() in words["empty"] or not _says_something(phrase):
        return None
    phrase = _without_names(phrase, reader)
    phrase = _strip_ends(_REPORT.sub("", phrase, count=1)) if _REPORT.match(phrase) else phrase
    if _is_question(phrase, text):
        return _quoted_question(phrase)
    short = _balanced(_shorten(phrase) or "")
    if not _says_something(short):
        return None
    phrase = lower_first(quieten(short, words), words)
    if not reader.is_one and _is_about_one_person(phrase):
        return None
    return re.sub(r"!+(?=\s|$)", "", _seen_by_reader(_as_clause(phrase), reader))


def _says_something(phrase: str) -> bool:
    return any(character.isalnum() for character in phrase)


def _joins(part: str) -> bool:
    return bool(re.search(r"(?i)\b(?:and|or|&)\b|^(?:esp|especially|e\.g|i\.e|incl|including|such as|like)\b", part))


def _strip_ends(phrase: str) -> str:
    """Without bullets, numbering, enclosing quotes and closing punctuation."""
    phrase = re.sub(r"^(?:[-–—*•·>#:;,!?]+\s*|\.+\s+|\(?\d{1,2}[.)]\s+)+", "", phrase)
    phrase = re.sub(r"(?:,?\s*\betc\b\.?|[\s.…,;:!?。！？、·–—-])+$", "", phrase)
    if len(phrase) > 2 and (phrase[0], phrase[-1]) in {('"', '"'), ("“", "”"), ("'", "'"), ("‘", "’"), ("«", "»")}:
        phrase = phrase[1:-1].strip()
    return re.sub(r"\besp\.", "especially", phrase)


def _without_names(phrase: str, reader: Reader) -> str:
    """A note that begins with the reader's name, with a pronoun in its place: "Dana's garden" → "her garden".

    The pronoun is only a step: it becomes "you" or "your" in the end, and nobody's gender is guessed.
    """
    for name in sorted(filter(None, reader.names), key=len, reverse=True):
        turned = re.sub(rf"^{re.escape(name)}['’]s\b", "her", phrase)
        turned = re.sub(rf"^{re.escape(name)}(?=\s+\w)", "she", turned)
        if turned != phrase:
            return turned
    return phrase


def _is_question(phrase: str, text: str) -> bool:
    """Whether the note is a question as it was asked, not a clause such as "how the team works"."""
    opener = re.sub(r"[^\w].*", "", phrase.lower())
    marked = text.rstrip().endswith(("?", "？"))
    return (marked and opener in _QUESTION_OPENERS | _SUBJECTS) or bool(_QUESTION_TURNED.match(phrase))


def _quoted_question(phrase: str) -> str | None:
    """The question in quotes: turning it round could change what was asked."""
    if len(phrase.split()) > LONGEST_PHRASE:
        return None
    bare = re.sub(r"[“”\"]", "'", phrase)
    return f"the question “{bare[:1].upper()}{bare[1:]}?”"


def _shorten(phrase: str) -> str | None:
    """The phrase, or its leading part where the rest is an aside; None where it stays too long."""
    aside = r"[.!?;:]\s|\s[–—-]\s"
    first = re.split(rf"{aside}|\s\(", phrase, maxsplit=1)[0].rstrip(" ,")
    whole = first if re.search(aside, phrase) else phrase
    for candidate in (whole, first, first.split(", ")[0]):
        if len(candidate.split()) <= LONGEST_PHRASE and len(candidate) <= LONGEST_PHRASE_IN_CHARACTERS:
            return candidate
    return None


def _balanced(phrase: str) -> str:
    """Without a bracket or quote that opens or closes nothing."""
    for opening, closing in (("(", ")"), ("[", "]"), ("“", "”"), ("«", "»")):
        if phrase.count(opening) != phrase.count(closing):
            phrase = phrase.replace(opening, " ").replace(closing, " ")
    if phrase.count('"') % 2:
        phrase = phrase.replace('"', " ")
    return clean(phrase)


def _as_clause(phrase: str) -> str:
    """A whole sentence ("the team is moving house") as a clause that can follow "about"; a noun phrase as it is."""
    lowered = [re.sub(r"[^\w’'-]", "", token.lower()) for token in phrase.split()]
    if lowered[0] == "that" and len(lowered) > 2:
        return f"the fact {phrase}"
    if lowered[0] == "if" and len(lowered) > 2:
        return f"whether {phrase[3:]}"
    if _lacks_its_subject(lowered):
        return _as_clause(f"she {phrase}")
    verb = _verb_of_sentence(lowered)
    if verb is None:
        return phrase
    return f"the fact that {phrase}" if _is_a_state(lowered, verb) else f"how {phrase}"


def _lacks_its_subject(lowered: list[str]) -> bool:
    """Whether the note leaves out whom it is about: "likes hiking", "runs the Leeds office"."""
    if len(lowered) < 2:
        return False
    return lowered[0] in _VERBS_OF_A_PERSON or (lowered[0] in _VERBS_OR_PLURALS and lowered[1] in _LINKS)


def _is_about_one_person(phrase: str) -> bool:
    """Whether the note speaks of somebody by "she" or "his", or leaves out whom it is about."""
    lowered = [re.sub(r"[^\w’'-]", "", token.lower()) for token in phrase.split()]
    return bool(set(lowered[:2]) & frozenset(_TURNED) - _OF_SEVERAL) or _lacks_its_subject(lowered)


def _verb_of_sentence(lowered: list[str]) -> int | None:
    """Where the verb of a whole sentence stands; None for a noun phrase or a clause that is one already."""
    if lowered[0] in _CLAUSE_OPENERS:
        return None
    if lowered[0] in _SUBJECTS and len(lowered) > 1:
        return 2 if len(lowered) > 2 and (lowered[1] in ("both", "all", "also") or lowered[1].endswith("ly")) else 1
    for index, token in enumerate(lowered[1:-1], start=1):
        if token in _CLAUSE_OPENERS:
            return None
        if token in _AUXILIARIES or (lowered[index - 1] in _BODIES and re.search(r"[^s]s$", token)):
            return index
    return None


def _is_a_state(lowered: list[str], verb: int) -> bool:
    """Whether the sentence says what is so rather than what is done: then "how" would not fit."""
    following = lowered[verb + 1] if verb + 1 < len(lowered) else ""
    if lowered[0] == "there" or lowered[verb] in _STATES:
        return True
    return lowered[verb] in _BE_AND_HAVE and not re.search(r"(?:ing|ed|en|un|ept|ilt|old)$", following)


_TURNED = {
    "they": "you",
    "their": "your",
    "theirs": "yours",
    "themselves": "yourselves",
    "he": "you",
    "she": "you",
    "his": "your",
    "her": "your",
    "hers": "yours",
    "himself": "yourself",
    "herself": "yourself",
}
"""Objects (them, him) stay: they often stand for somebody else in the note."""
_OF_SEVERAL = words_in("they their theirs themselves")


def _seen_by_reader(phrase: str, reader: Reader) -> str:
    """Notes speak of the reader in the third person; a letter speaks to them: "their move" → "your move".

    Only where the pronoun comes before any noun that it could stand for.
    """
    tokens = phrase.split(" ")
    lowered = [token.lower().rstrip(",") for token in tokens]
    start = next((index for index, word in enumerate(lowered) if word not in _LEADS), len(tokens))
    if start == len(tokens) or lowered[start] not in _TURNED:
        return phrase
    several = lowered[start] in _OF_SEVERAL
    if several and not reader.theirs_is_yours:
        return phrase
    family = _OF_SEVERAL if several else frozenset(_TURNED) - _OF_SEVERAL
    # "their customers and how they complain": the second "they" may well be the customers.
    last = (
        start
        if lowered[start] == "their" and lowered[start + 1 : start + 2] and lowered[start + 1][-1] == "s"
        else None
    )
    turned = list(tokens)
    for index in range(start, len(tokens) if last is None else last + 1):
        if lowered[index] in family and not _is_object(lowered, index):
            turned[index] = _TURNED[lowered[index]] + tokens[index][len(lowered[index]) :]
            if lowered[index] in ("he", "she"):
                _agree(turned, index + 1)
    return " ".join(turned)


def _is_object(lowered: list[str], index: int) -> bool:
    """Whether this "her" is nobody's ("people like her"): at the end, or before a small word."""
    following = lowered[index + 1] if index + 1 < len(lowered) else ""
    return lowered[index] == "her" and (not following or following in _LINKS | _CLAUSE_OPENERS | {"and", "or", "as"})


def _agree(tokens: list[str], start: int) -> None:
    """Puts the verb behind "you" into the second person, in place: runs → run, is → are."""
    for index in range(start, min(start + 2, len(tokens))):
        word = tokens[index].lower()
        if word in ("always", "also", "often", "never", "still", "now", "usually", "once") or word.endswith("ly"):
            continue
        tokens[index] = _second_person(tokens[index])
        return


def _second_person(verb: str) -> str:
    irregular = {"is": "are", "was": "were", "has": "have", "does": "do", "isn't": "aren't", "wasn't": "weren't"}
    if verb.lower() in irregular:
        return irregular[verb.lower()]
    if re.search(r"[^aeiou]ies$", verb):
        return f"{verb[:-3]}y"
    if re.search(r"(?:ss|ch|sh|x|zz|go|do)es$", verb):
        return verb[:-2]
    return verb[:-1] if re.search(r"[^s]s$", verb) else verb
