"""A second reading of the timeline's table, to hold the product's against.

Written from the specification alone: it imports nothing of the product, takes
and gives the dictionaries of `python -m debrief due`, and finds days on the
clock by trying offsets. It knows the rules `standard` and `gentle` and does
not check its input. The sentences of the specification stand beside the lines
that read them.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

FINAL = ("advanced", "rejected", "offer")
ADVICE = {
    "reflect": "RF1",
    "thank_you": "TY1 TY2 TY3 TY4",
    "send_material": "FU8",
    "check_in": "FU2 FU3 FU4",
    "last_message": "FU5",
    "let_go": "FU11 OC2",
    "rejection_reply": "OC1",
    "feedback_request": "RF8",
    "connect": "SN1",
    "offer_reply": "OC3",
}


@cache
def free_days(country, year):
    return set() if country is None else set(holidays.country_holidays(country, years=[year]).keys())


def seconds(when):
    """An instant as a number, so that no clock is involved in comparing."""
    return (when - datetime(1970, 1, 1, tzinfo=UTC)) / timedelta(microseconds=1)


@cache
def instants_showing(zone, wall):
    """All instants, in order, at which the zone's clock shows this wall time."""
    found = set()
    for hours in range(-36, 37, 3):
        offset = ZoneInfo(zone).utcoffset(
            (wall.replace(tzinfo=UTC) + timedelta(hours=hours)).astimezone(ZoneInfo(zone))
        )
        instant = (wall - offset).replace(tzinfo=UTC)
        if instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == wall:
            found.add(instant)
    return sorted(found)


def midnight(zone, day):
    """00:00:00, "where the clock skips it, at the first instant of the day"."""
    wall = datetime.combine(day, time())
    for minutes in range(0, 48 * 60, 5):
        shown = instants_showing(zone, wall + timedelta(minutes=minutes))
        if shown:
            return shown[0]
    raise AssertionError("no instant of this day or the next")


def last_second(zone, day):
    """23:59:59, "where the clock repeats it, the second time"."""
    shown = instants_showing(zone, datetime.combine(day, time(23, 59, 59)))
    if shown:
        return shown[-1]
    # The text is silent on a clock that skips 23:59:59: the day is over when the clock jumps.
    return midnight(zone, day + timedelta(days=1)) - timedelta(seconds=1)


def answer(case):  # noqa: C901  the table read from top to bottom, on purpose in one piece
    """One case's answer."""
    zone = case["interview"]["timezone"]
    gentle = case["rules"] == "gentle"
    now = seconds(datetime.fromisoformat(case["now"]))
    end = datetime.fromisoformat(case["interview"]["ended_at"])

    def local_date(text_or_datetime):
        when = text_or_datetime
        if isinstance(when, str):
            when = datetime.fromisoformat(when)
        return when.astimezone(ZoneInfo(zone)).date()

    def at(fact):
        return seconds(datetime.fromisoformat(fact["at"]))

    def works(day):
        return day.isoweekday() <= 5 and day not in free_days(case["country"], day.year)

    def next_(day):
        return day if works(day) else next_(day + timedelta(days=1))

    def plus(day, n):
        ahead = [day + timedelta(days=k) for k in range(1, 60)]
        return [one for one in ahead if works(one)][n - 1]

    def later(day, n):
        return day + timedelta(days=n)

    # "The anchor is E or, if later, the latest word that left things open (an update or a request)."
    anchor, anchor_day = seconds(end), local_date(end)
    for word in case["heard"]:
        if word["what"] in ("update", "request") and at(word) > anchor:
            anchor, anchor_day = at(word), local_date(word["at"])

    # "reply_by is the date that the employer named most recently, in a word or else at the interview;
    # one before the anchor's date is spent: it no longer counts, and no older one takes its place."
    promise, named_at = case["interview"]["reply_by"], None
    for word in case["heard"]:
        if word["reply_by"] is not None and (named_at is None or at(word) >= named_at):
            promise, named_at = word["reply_by"], at(word)
    promise = None if promise is None else date.fromisoformat(promise)
    if promise is not None and promise < anchor_day:
        promise = None

    # "Check-ins and last messages count when sent at the anchor or later; where there are several, the latest counts."
    def counting(kind):
        ours = sorted((note for note in case["sent"] if note["kind"] == kind and at(note) >= anchor), key=at)
        return local_date(ours[-1]["at"]) if ours else None

    checked, last = counting("check_in"), counting("last_message")

    def heard(*whats):
        return any(word["what"] in whats for word in case["heard"])

    def decided(*whats):
        return any(one["what"] in whats for one in case["decided"])

    def sent(kind, since):
        return any(note["kind"] == kind and at(note) >= since for note in case["sent"])

    def sent_to(kind, name):
        return sorted((note for note in case["sent"] if note["kind"] == kind and note["to"] == name), key=at)

    any_decision = bool(case["decided"])
    any_final = heard(*FINAL)
    steps = []

    def state(opens, due, closes, done, off):
        if done:
            return "done"
        if off:
            return "off"
        if now < seconds(opens):
            return "upcoming"
        if due is not None:
            if now <= seconds(due):
                return "open"
            return "late" if closes is None or now <= seconds(closes) else "missed"
        return "open" if closes is None or now <= seconds(closes) else "missed"

    def add(step, person, opens, due, closes, done, off):
        def show(when):
            return None if when is None else when.astimezone(ZoneInfo(zone)).isoformat()

        steps.append(
            {
                "step": step,
                "person": person,
                "opens": show(opens),
                "due": show(due),
                "closes": show(closes),
                "state": state(opens, due, closes, done, off),
                "advice": ADVICE[step].split(),
            }
        )

    def add_dates(step, person, opens, due, closes, done, off):
        add(
            step,
            person,
            midnight(zone, opens),
            None if due is None else last_second(zone, due),
            None if closes is None else last_second(zone, closes),
            done,
            off,
        )

    utc_end = end.astimezone(UTC)
    hour = timedelta(hours=1)

    add("reflect", None, utc_end, utc_end + 24 * hour, None, case["reflected_at"] is not None, False)

    # "per interviewer (one unnamed if none known)"; "A note sent to nobody by name counts for the unnamed one alone."
    for name in [person["name"] for person in case["people"]] or [None]:
        add(
            "thank_you",
            name,
            utc_end,
            utc_end + 24 * hour,
            utc_end + 7 * 24 * hour,
            bool(sent_to("thank_you", name)),
            heard("rejected") or any_decision,
        )

    for word in case["heard"]:
        if word["what"] == "request":
            day = local_date(word["at"])
            done = sent("send_material", at(word))
            add_dates("send_material", None, day, plus(day, 1), None, done, any_final or any_decision)

    opens = next_(later(anchor_day, 14 if gentle else 7)) if promise is None else plus(promise, 1)
    add_dates("check_in", None, opens, plus(opens, 2), later(opens, 14), checked is not None, any_final or any_decision)

    last_closes = None
    if not gentle and checked is not None:
        choices = [later(anchor_day, 14), plus(checked, 5)] + ([] if promise is None else [later(promise, 7)])
        opens = next_(max(choices))
        last_closes = later(opens, 14)
        off = any_final or any_decision
        add_dates("last_message", None, opens, plus(opens, 2), last_closes, last is not None, off)

    if last is not None:
        opens = plus(last, 10)
    elif checked is not None:
        opens = plus(checked, 10) if gentle else later(last_closes, 1)
    else:
        opens = max([later(anchor_day, 28)] + ([] if promise is None else [later(promise, 21)]))
    off = any_final or decided("accepted", "declined", "withdrew")
    add_dates("let_go", None, opens, None, None, decided("let_go"), off)

    rejections = [word for word in case["heard"] if word["what"] == "rejected"]
    for word in rejections:
        day = local_date(word["at"])
        done = sent("rejection_reply", at(word))
        add_dates("rejection_reply", None, day, later(day, 2), later(day, 14), done, False)
    for word in rejections:
        if not gentle or case["good_rapport"]:
            day = local_date(word["at"])
            done = sent("feedback_request", at(word))
            add_dates("feedback_request", None, day, later(day, 7), later(day, 30), done, False)

    for person in case["people"]:
        if gentle and not person["recruiter"]:
            continue
        thanks = sent_to("thank_you", person["name"])
        opens = local_date(thanks[0]["at"]) if thanks else local_date(utc_end + 24 * hour)
        done = bool(sent_to("connect", person["name"]))
        add_dates("connect", person["name"], opens, later(opens, 7), later(opens, 30), done, False)

    for word in case["heard"]:
        if word["what"] == "offer":
            day = local_date(word["at"])
            done = sent("offer_reply", at(word)) or decided("accepted", "declined")
            off = decided("withdrew", "let_go") or any(at(no) > at(word) for no in rejections)
            add_dates("offer_reply", None, day, plus(day, 1), None, done, off)

    # "status is whichever of decision and final answer came last (the decision on a tie), else waiting."
    status, best = "waiting", None
    for word in case["heard"]:
        if word["what"] in FINAL and (best is None or at(word) >= best):
            status, best = word["what"], at(word)
    for one in sorted(case["decided"], key=at):
        if best is None or at(one) >= best:
            status, best = one["what"], at(one)
    return {"status": status, "steps": steps}
