"""How the figures are counted, in the words that stand on the screen. docs/statistics.md says it at length."""

from __future__ import annotations

from debrief.insights.finding import FEWEST, FEWEST_FOR_RATES

DEFINITIONS = {
    "An interview": (
        "One round that was held. Several rounds with one employer count each; rounds to come, cancelled ones and "
        "those where nobody came are in no figure."
    ),
    "Response time": (
        "Whole calendar days, on the calendar of the place of the interview, from its end to the employer's first "
        "word. A rejection is a word, an update is one; an automatic receipt is not, so do not log it."
    ),
    "Still waiting": (
        "No answer yet, and no decision of yours. A silent interview counts as waiting until now, or until you "
        "decided: leaving it out would make employers look quicker than they are."
    ),
    "Answer": "The latest final one: advanced, an offer, or rejected. The first two are a yes.",
    "Share": (
        "Taken over the settled interviews, those with an answer or a decision. “At least” and “at most” enclose "
        "where the true share lies, 95 times in 100. They are wide when there are few interviews."
    ),
    "n": "How many interviews stand behind a figure.",
    "Few interviews": (
        f"With fewer than {FEWEST} nothing is drawn, and from {FEWEST_FOR_RATES} on there are shares and curves; in "
        f"between each interview is drawn by itself. Groups with fewer than {FEWEST} are not drawn."
    ),
    "Missing times": (
        "An imported interview without times takes part where it can; where it cannot, the line under the chart "
        "counts it."
    ),
}
"""By the term that each explains."""
