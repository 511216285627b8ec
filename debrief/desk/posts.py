"""The employer and the post in all the forms that a sentence needs: "the HR Adviser role at Nordlicht", and so on."""

from __future__ import annotations

import re
from collections.abc import Mapping

from debrief.desk import grammar
from debrief.desk.rendering import render

_MARKERS = re.compile(r"\s*\(?\b(?:[mfwdxh]\s*/\s*){1,3}[mfwdxh]\b\)?", re.IGNORECASE)
"""(m/f/d) and the like: for an advert, not for a letter."""
_ONE_OF_A_KIND = re.compile(
    r"(?:head|director|chief|vice[- ]president|vp|dean|president|managing director)\b", re.IGNORECASE
)
_SAYS_POST = re.compile(
    r"(?:role|position|post|job|office)\s+(?:of|as)\b"
    r"|.*\b(?:role|position|post|job|internship|apprenticeship|placement|fellowship|traineeship)s?\)?$",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)


def post_in_words(
    employer: str, role: str, *, inside: bool, fragments: Mapping[str, str], legal_forms: frozenset[str]
) -> dict[str, str]:
    """The words for the slots of employer and role. `inside`: at the present employer, who is then not named again."""
    employer = _spoken(grammar.named(employer), legal_forms) or fragments["no_employer"]
    role = _ARTICLE.sub("", grammar.named(_MARKERS.sub("", grammar.clean(role)).strip(" -–")))
    the_role = _the_role(role, fragments)
    there = render(fragments["the_role_at"], {"the_role": the_role, "employer": employer})
    words = {
        "employer": employer,
        "employers": grammar.possessive(employer),
        "the_role": the_role,
        "the_role_at": the_role if inside else there,
    }
    if role:
        words["role"] = role
    if role and not _SAYS_POST.match(role):
        article = "" if _ONE_OF_A_KIND.match(role) else grammar.article(role)
        words["as_a_role"] = grammar.clean(render(fragments["as_a_role"], {"article": article, "role": role}))
    return words


def _the_role(role: str, fragments: Mapping[str, str]) -> str:
    if not role:
        return fragments["no_role"]
    if _SAYS_POST.match(role):
        return f"the {role}"
    return render(fragments["the_role"], {"role": role})


def _spoken(employer: str, legal_forms: frozenset[str]) -> str:
    """The employer as people say it: "Veolos" for Veolos GmbH; "Tiffany & Co" keeps what its name is made of."""
    words = employer.split()
    while len(words) > 1 and words[-1].lower().strip(".,()") in legal_forms and words[-2] not in ("&", "and"):
        words.pop()
    return " ".join(words).rstrip(",") if len(words) < len(employer.split()) else employer
