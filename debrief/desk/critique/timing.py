"""What the timeline says about sending one letter now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from debrief.domain.case import Case
from debrief.domain.critique import Timing
from debrief.domain.facts import MessageKind
from debrief.domain.rules import AskFeedback, HouseRules
from debrief.domain.terms import Terms
from debrief.domain.timeline import Step, StepState, timeline
from debrief.domain.workdays import WorkingDays


@dataclass(frozen=True, slots=True)
class Setting:
    """What a timeline is computed from: the case, the house rules, the country's working days, the clock."""

    case: Case
    rules: HouseRules
    days: WorkingDays
    now: datetime


def timing_of(kind: MessageKind, person_id: str | None, setting: Setting, *, rejected: bool = False) -> Timing:
    """How a letter of this kind to this person stands in the timeline.

    A step that the house rules do not provide for is ruled out: that is "too
    many" for a check-in or last message, and never "too soon". `rejected` says
    that a rejection is known of even where none is logged.
    """
    steps = timeline(setting.case, setting.rules, setting.days, setting.now)
    mine = [step for step in steps if step.name.value == kind.value]
    terms = Terms(setting.case, setting.rules, setting.days)
    match kind:
        case MessageKind.THANK_YOU:
            return _thanking(mine, person_id)
        case MessageKind.CHECK_IN:
            return Timing(too_many=True) if terms.check_in else _waiting(mine)
        case MessageKind.LAST_MESSAGE:
            if terms.last_message or setting.rules.check_in.allowed == 1:
                return Timing(too_many=True)
            return _waiting(mine) if mine else Timing(too_soon=terms.settled is None)
        case MessageKind.FEEDBACK_REQUEST:
            return _waiting(mine) if mine else Timing(too_soon=not rejected and not _ruled_out(setting))
        case _:
            return Timing()


def _thanking(steps: list[Step], person_id: str | None) -> Timing:
    mine = [step for step in steps if step.person_id == person_id] or steps[:1]
    late = next((step for step in mine if step.state in (StepState.LATE, StepState.MISSED)), None)
    return Timing(due=late.due if late else None)


def _waiting(steps: list[Step]) -> Timing:
    if any(step.state is not StepState.UPCOMING for step in steps):
        return Timing()
    return Timing(opens=steps[0].opens, too_soon=True)


def _ruled_out(setting: Setting) -> bool:
    ask = setting.rules.ask_feedback
    return ask is AskFeedback.NEVER or (ask is AskFeedback.GOOD_RAPPORT and not setting.case.good_rapport)
