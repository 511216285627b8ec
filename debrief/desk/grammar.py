"""English around a fact: articles, possessives, joining, and what people type made fit to stand in a sentence.

Nothing here adds to a fact. A note that cannot be put into a sentence safely
comes back as None, and the composer asks for it in other words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Words = Mapping[str, frozenset[str]]
"""Lists of lower-case words by name, from content: `common`, `empty`, `pay`, `self_doubt` …"""

LONGEST_PHRASE = 14
"""Words. What is longer does not read as a phrase inside a sentence."""

_SILENT_H = re.compile(r"(?:hour|honest|honou?r|heir)", re.IGNORECASE)
_SOUNDS_LIKE_YOU = re.compile(r"(?:u(?:ni(?!n)|s[aeiu]|t[aeiou]|r[aeiou])|eu|ewe|once\b|one\b|ubiq|uk)", re.IGNORECASE)
_VOWEL_LETTERS = frozenset("AEFHILMNORSX")
_WORDLIKE_ACRONYMS = frozenset({"LAN", "NATO", "NASA", "SAP", "SAS", "SOC", "FIFA", "RAF", "NICU", "SCADA", "SWAT"})


def words_in(text: str) -> frozenset[str]:
    """The words of a text, as a set to look up in."""
    return frozenset(text.split())


_CLAUSE_OPENERS = frozenset(
    {"how", "what", "why", "when", "where", "who", "whom", "whose", "which", "whether", "that", "if"}
)
_QUESTION_OPENERS = words_in(
    "is are was were do does did can could will would should have has had may might how what why when where who which"
)
_AUXILIARIES = words_in("is are was were has have had will would can could must may might should does did")
_STATES = words_in(
    "want wants need needs like likes love loves think thinks believe believes know knows seem seems feel feels "
    "prefer prefers expect expects hope hopes"
)
_BODIES = words_in("team company department group office firm startup school ward unit agency charity bank board")
_SUBJECTS = frozenset({"i", "we", "they", "he", "she", "it", "you", "there"})
_ORDINARY_ENDINGS = re.compile(
    r"(?:ing|tion|sion|ment|ness|ity|ship|ance|ence|ism|ology|ical|ally|ful|ive|ous|able|ible|ed|ly|ers|ors)s?$"
)
_REPORT = re.compile(
    r"(?:(?:that\s+)?(?:we|i|she|he|they|you)\s+(?:both\s+)?(?:also\s+)?)?"
    r"(?:(?:talk(?:ed|ing)?|spoke|speaking|chat(?:ted|ting)?|heard)\s+(?:\w+\s+)?(?:a\s+(?:bit|lot|little)\s+)?about"
    r"|(?:told|asked|asking)\s+(?:me\s+|us\s+)?(?:a\s+(?:bit|lot|little)\s+)?about"
    r"|(?:discuss(?:ed|ing)|mention(?:ed|ing)|explain(?:ed|ing)|describ(?:ed|ing)|cover(?:ed|ing)|discussion\s+(?:of|about))"
    r"|about|re|topics?)(?::\s*|\s+)(?=\S)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads the letter, as far as grammar is concerned."""

    theirs_is_yours: bool = True
    """Whether “their team” in the candidate's notes is the reader's own team: not for an agency's recruiter."""


def clean(text: str) -> str:
    """The text on one line: no control characters, single blanks, none before a comma or full stop."""
    kept = "".join(" " if character.isspace() else character for character in text if _is_printable(character))
    return re.sub(r"\s+([,;:!?.])(?=\s|$)", r"\1", " ".join(kept.split()))


def article(words: str) -> str:
    """ "a" or "an", by the sound that the words begin with."""
    first = re.split(r"[\s\-/]", words.lstrip("“\"'(").strip(), maxsplit=1)[0]
    letters = re.sub(r"\W.*", "", first)
    if _is_spelled_out(letters):
        return "an" if letters[0] in _VOWEL_LETTERS else "a"
    if re.match(r"(?:8|11(?!\d)|18(?!\d))", letters):
        return "an"
    if _SILENT_H.match(letters):
        return "an"
    if _SOUNDS_LIKE_YOU.match(letters):
        return "a"
    base = unicodedata.normalize("NFD", letters[:1])[:1].lower()
    return "an" if base in set("aeiou") else "a"


def possessive(name: str) -> str:
    """The name with its possessive ending. The house's style: James's, Chris's; McDonald's stays as it is."""
    return name if re.search(r"['’]s?$", name) else f"{name}'s"


def counted(number: int, noun: str) -> str:
    """ "1 letter", "3 letters", "2 replies": for nouns that take a regular plural."""
    if number == 1:
        return f"{number} {noun}"
    if re.search(r"[^aeiou]y$", noun):
        return f"{number} {noun[:-1]}ies"
    return f"{number} {noun}{'es' if re.search(r'(?:s|x|z|ch|sh)$', noun) else 's'}"


def join(parts: Sequence[str], *, conjunction: str, apart: str) -> str:
    """The parts as one phrase. `apart` ("as well as") joins where a part has an "and" or a comma of its own."""
    if len(parts) <= 1:
        return "".join(parts)
    crowded = any(re.search(rf",|\b{re.escape(conjunction)}\b", part) for part in parts)
    if crowded and len(parts) == 2:
        return f"{parts[0]} {apart} {parts[1]}"
    separator = "; " if crowded else ", "
    return f"{separator.join(parts[:-1])}{';' if crowded else ''} {conjunction} {parts[-1]}"


def split_list(text: str) -> tuple[str, ...]:
    """A bare list typed as one note ("on-call, Kafka, hiring") as its parts; anything else as it is."""
    parts = [part.strip() for part in re.split(r"[,;/\n•]|\s\+\s", text)]
    if len(parts) < 2 or any(not part or len(part.split()) > 3 for part in parts):
        return (text,)
    return tuple(re.sub(r"^(?:and|or)\s+", "", part) for part in parts)


def as_topic(text: str, words: Words, reader: Reader | None = None) -> str | None:
    """A note such as "They told me about their move to Kubernetes." as a phrase that can stand behind "about".

    None where nothing was noted, or where it does not fit into a sentence.
    """
    reader = reader or Reader()
    phrase = _strip_ends(clean(text))
    if phrase.lower() in words["empty"] or not any(character.isalnum() for character in phrase):
        return None
    phrase = _strip_ends(_REPORT.sub("", phrase, count=1)) if _REPORT.match(phrase) else phrase
    if text.rstrip().endswith(("?", "？")) and _first_word(phrase) in _QUESTION_OPENERS | _SUBJECTS:
        return None if len(phrase.split()) > LONGEST_PHRASE else f"the question “{_unquoted(phrase)}?”"
    short = _shorten(phrase)
    if short is None:
        return None
    phrase = _balanced(lower_first(short, words))
    return _seen_by_reader(_as_clause(phrase), reader).replace("!", "")


def as_remark(text: str) -> str:
    """What the candidate wants said, in their own words, as whole text with its full stop."""
    remark = clean(text)
    remark = re.sub(r"!+", ".", remark)
    if not remark:
        return ""
    return remark if re.search(r"[.?…。！？]['\"”’)]*$", remark) else f"{remark.rstrip(',;:-–— ')}."


def lower_first(phrase: str, words: Words) -> str:
    """The phrase as it stands inside a sentence: an ordinary first word in small letters, a name or acronym kept."""
    first, _, rest = phrase.partition(" ")
    bare = re.sub(r"[^\w]+$", "", first)
    if not bare[:1].isupper() or any(letter.isupper() or letter.isdigit() for letter in bare[1:]):
        return phrase
    if bare == "I" or bare.startswith(("I'", "I’")) or _looks_like_a_title(rest):
        return phrase
    stem = re.split(r"[-'’]", bare.lower(), maxsplit=1)[0]
    known = stem in words["common"] or stem.removesuffix("s") in words["common"]
    ordinary = bool(_ORDINARY_ENDINGS.search(stem)) and stem not in words["names"]
    return phrase[:1].lower() + phrase[1:] if known or ordinary else phrase


def mentions(text: str, words: frozenset[str]) -> bool:
    """Whether one of the words or phrases stands in the text as whole words."""
    folded = _words_of(text)
    return any(_words_of(word) in folded for word in words)


def _words_of(text: str) -> str:
    """The words in small letters with a blank around each, so that whole words can be looked for."""
    straight = text.lower().replace("’", "'")
    words = " ".join(re.findall(r"[\w'-]+", straight))
    return f" {words} "


def _is_printable(character: str) -> bool:
    return character.isspace() or unicodedata.category(character) not in ("Cc", "Cs", "Cn", "Co")


def _is_spelled_out(word: str) -> bool:
    """Whether the word is read letter by letter: MBA, UX, SQL, X-ray; not NASA, not Marketing."""
    return word.isascii() and word.isupper() and word not in _WORDLIKE_ACRONYMS and (len(word) <= 5)


def _first_word(phrase: str) -> str:
    return re.sub(r"[^\w].*", "", phrase.lower())


def _strip_ends(phrase: str) -> str:
    """Without bullets, numbering, enclosing quotes and closing punctuation."""
    phrase = re.sub(r"^(?:[-–—*•·>#]+\s*|\(?\d{1,2}[.)]\s+)+", "", phrase)
    phrase = re.sub(r"(?:,?\s*\betc\b\.?|[\s.…,;:!?。！？、·–—-])+$", "", phrase)
    if len(phrase) > 2 and (phrase[0], phrase[-1]) in {('"', '"'), ("“", "”"), ("'", "'"), ("‘", "’"), ("«", "»")}:
        phrase = phrase[1:-1].strip()
    return phrase


def _shorten(phrase: str) -> str | None:
    """The phrase, or its leading part where the rest is an aside; None where it stays too long."""
    first = re.split(r"(?<=[\w)”])[.!?]\s+(?=[^a-z])|\s[–—-]\s|;\s|\s\(|:\s", phrase, maxsplit=1)[0].rstrip(" ,")
    for candidate in (phrase if not re.search(r"[.!?;:]\s|\s[–—-]\s", phrase) else first, first, first.split(", ")[0]):
        if len(candidate.split()) <= LONGEST_PHRASE and len(candidate) <= 110:
            return candidate
    return None


def _looks_like_a_title(rest: str) -> bool:
    """Whether the words after the first are capitalised too, as in Project Aurora."""
    following = [word for word in rest.split() if len(word) > 3 and word[:1].isalpha()]
    return bool(following) and all(word[:1].isupper() for word in following)


def _unquoted(phrase: str) -> str:
    return re.sub(r"[“”\"]", "", phrase)


def _balanced(phrase: str) -> str:
    """Without a bracket or quote that opens or closes nothing."""
    for opening, closing in (("(", ")"), ("[", "]"), ("“", "”"), ("«", "»")):
        if phrase.count(opening) != phrase.count(closing):
            phrase = phrase.replace(opening, "").replace(closing, "")
    return " ".join(phrase.split())


def _as_clause(phrase: str) -> str:
    """A whole sentence ("the team is moving house") as a clause that can follow "about"; a noun phrase as it is."""
    tokens = phrase.split()
    lowered = [re.sub(r"[^\w’']", "", token.lower()) for token in tokens]
    if lowered[0] in ("that", "if"):
        return _as_clause(" ".join(tokens[1:])) if lowered[0] == "that" and len(tokens) > 2 else f"whether {phrase[3:]}"
    verb = _verb_of_sentence(lowered)
    if verb is None:
        return phrase
    return f"the fact that {phrase}" if _is_a_state(lowered, verb) else f"how {phrase}"


def _verb_of_sentence(lowered: list[str]) -> int | None:
    """Where the verb of a whole sentence stands; None for a noun phrase or a clause that is one already."""
    if lowered[0] in _CLAUSE_OPENERS:
        return None
    if lowered[0] in _SUBJECTS and len(lowered) > 1:
        return 1
    for index, token in enumerate(lowered[1:], start=1):
        if token in _CLAUSE_OPENERS:
            return None
        if token in _AUXILIARIES and index < len(lowered) - 1:
            return index
        if lowered[index - 1] in _BODIES and re.search(r"[^s]s$", token) and index < len(lowered) - 1:
            return index
    return None


def _is_a_state(lowered: list[str], verb: int) -> bool:
    """Whether the sentence says what is so rather than what is done: then "how" would not fit."""
    following = lowered[verb + 1] if verb + 1 < len(lowered) else ""
    if lowered[0] == "there" or lowered[verb] in _STATES:
        return True
    if lowered[verb] in {"is", "are", "was", "were", "has", "have", "had"}:
        return not re.search(r"(?:ing|ed|en|un|ept|ilt|old)$", following)
    return False


_TURNED = {
    "they": "you",
    "them": "you",
    "their": "your",
    "theirs": "yours",
    "themselves": "yourselves",
    "he": "you",
    "she": "you",
    "him": "you",
    "his": "your",
    "her": "your",
    "hers": "yours",
    "himself": "yourself",
    "herself": "yourself",
}
_LEADS = frozenset({"how", "what", "why", "when", "where", "whether", "which", "the", "fact", "that", "both"})


def _seen_by_reader(phrase: str, reader: Reader) -> str:
    """Notes speak of the reader in the third person; a letter speaks to them: "their move" → "your move".

    Only where the pronoun comes before any noun that it could stand for.
    """
    tokens = phrase.split(" ")
    lowered = [token.lower() for token in tokens]
    start = next((index for index, word in enumerate(lowered) if word not in _LEADS), len(tokens))
    if start == len(tokens) or lowered[start] not in _TURNED:
        return phrase
    if lowered[start].startswith("the") and not reader.theirs_is_yours:
        return phrase
    family = {"they", "them", "their", "theirs", "themselves"} if lowered[start].startswith("the") else set(_TURNED)
    turned = [
        _TURNED[word] if index >= start and word in family else token
        for index, (word, token) in enumerate(zip(lowered, tokens, strict=True))
    ]
    for index, word in enumerate(lowered[:-1]):
        if word in ("he", "she") and turned[index] == "you":
            _agree(turned, index + 1)
    return " ".join(turned)


def _agree(tokens: list[str], start: int) -> None:
    """Puts the verb behind "you" into the second person, in place: runs → run, is → are."""
    for index in range(start, min(start + 2, len(tokens))):
        word = tokens[index].lower()
        if word in ("always", "also", "often", "never", "still", "now", "usually") or word.endswith("ly"):
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
