"""How each step of the timeline is called on a button, and where the button leads."""

from __future__ import annotations

from dataclasses import dataclass

from debrief.domain.agenda import Due
from debrief.domain.facts import MessageKind
from debrief.domain.rules import StepName
from ui.kit.navigation import REFLECT, WRITE, PageEntry


@dataclass(frozen=True, slots=True)
class StepFace:
    """What a step looks like on screen."""

    does: str
    """What doing it is called; {whom} is the person or the employer."""
    icon: str
    page: PageEntry | None
    kind: MessageKind | None = None


FACES = {
    StepName.REFLECT: StepFace("Reflect on {whom}", ":material/psychology_alt:", REFLECT),
    StepName.THANK_YOU: StepFace("Thank {whom}", ":material/edit_note:", WRITE, MessageKind.THANK_YOU),
    StepName.SEND_MATERIAL: StepFace(
        "Send {whom} what they asked for", ":material/attach_file:", WRITE, MessageKind.SEND_MATERIAL
    ),
    StepName.CHECK_IN: StepFace("Check in with {whom}", ":material/forward_to_inbox:", WRITE, MessageKind.CHECK_IN),
    StepName.LAST_MESSAGE: StepFace(
        "Write to {whom} one last time", ":material/outgoing_mail:", WRITE, MessageKind.LAST_MESSAGE
    ),
    StepName.LET_GO: StepFace("Let go of {whom}", ":material/air:", None),
    StepName.REJECTION_REPLY: StepFace(
        "Reply graciously to {whom}", ":material/reply:", WRITE, MessageKind.REJECTION_REPLY
    ),
    StepName.FEEDBACK_REQUEST: StepFace(
        "Ask {whom} for feedback", ":material/rate_review:", WRITE, MessageKind.FEEDBACK_REQUEST
    ),
    StepName.CONNECT: StepFace("Connect with {whom}", ":material/person_add:", WRITE, MessageKind.CONNECT),
    StepName.OFFER_REPLY: StepFace(
        "Answer the offer from {whom}", ":material/celebration:", WRITE, MessageKind.OFFER_REPLY
    ),
}


def whom(due: Due) -> str:
    """The person, where the step is about one, else the employer."""
    return due.step.person.name if due.step.person else due.course.application.employer


def does(due: Due) -> str:
    """What doing the step is called: "Thank Dana Whitfield"."""
    return FACES[due.step.name].does.format(whom=whom(due))
