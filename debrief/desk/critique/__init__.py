"""The critique: findings for one draft, from its text and the facts on record.

The Write page and the command line call it so:

    from debrief.desk.critique import critique, is_ready, load_meaning
    from debrief.domain.critique import Letter, RecordFacts

    meaning = load_meaning()                 # once for a process; None where it is switched off or cannot be loaded
    letter = Letter(kind=MessageKind.THANK_YOU, subject=…, body=…)
    record = RecordFacts(sender="Tunde Bello", recipient="Dana Whitfield", company="Northwind", role="Buyer", …)
    findings = critique(letter, record, load_content().critique, meaning)

A finding's span counts code points of the body or subject as typed. The timing
rules need `RecordFacts.timing`: `timing_of(kind, person_id, Setting(case, rules, days, now))`.
"""

from __future__ import annotations

from debrief.desk.critique.draft import Meaning
from debrief.desk.critique.engine import critique, is_ready
from debrief.desk.critique.meaning import load_meaning
from debrief.desk.critique.timing import Setting, timing_of

__all__ = ["Meaning", "Setting", "critique", "is_ready", "load_meaning", "timing_of"]
