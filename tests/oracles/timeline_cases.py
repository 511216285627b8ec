"""Random cases for the timeline, in the command line's form, crowded round its corners.

Instants come from a small pool, so that facts often fall on one and the same
instant; the pool holds ends of days, skipped and repeated hours and moments
before the interview.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

Case = dict[str, Any]

ZONES = (
    "America/New_York",
    "America/Sao_Paulo",
    "America/Havana",
    "America/Santiago",
    "America/Asuncion",
    "America/St_Johns",
    "America/Nuuk",
    "Africa/Cairo",
    "Africa/Casablanca",
    "Asia/Amman",
    "Asia/Beirut",
    "Asia/Gaza",
    "Asia/Kathmandu",
    "Asia/Kuala_Lumpur",
    "Asia/Tehran",
    "Atlantic/Azores",
    "Australia/Lord_Howe",
    "Europe/Lisbon",
    "Europe/London",
    "Pacific/Apia",
    "Pacific/Chatham",
    "Pacific/Kiritimati",
    "UTC",
)
COUNTRIES = (None, "US", "MY", "BR", "EG", "LB", "CU", "AU", "WS", "NP", "GB", "CN", "JP", "IR", "IL", "DE", "TR", "SA")
KINDS = ("thank_you", "check_in", "last_message", "send_material", "rejection_reply", "feedback_request", "connect")
KINDS += ("offer_reply", "check_in", "last_message", "thank_you")
WORDS = ("update", "update", "request", "request", "advanced", "rejected", "offer")
VERDICTS = ("accepted", "declined", "withdrew", "let_go")
PEOPLE = ("Dana Whitfield", "Amir Haddad", "Li Na Okafor")


def turns(zone: str, year: int) -> list[datetime]:
    """The instants of a year, to the hour, at which the zone's clock is turned."""
    place = ZoneInfo(zone)
    days = [datetime(year, 1, 1, tzinfo=UTC) + timedelta(days=day) for day in range(366)]
    turned = [day for day in days if place.utcoffset(day) != place.utcoffset(day + timedelta(days=1))]
    return [
        day + timedelta(hours=hour)
        for day in turned
        for hour in range(24)
        if place.utcoffset(day + timedelta(hours=hour)) != place.utcoffset(day + timedelta(hours=hour + 1))
    ]


@st.composite
def ends(draw: st.DrawFn, zone: str) -> datetime:
    """An interview's end, every other time some days before the clocks change."""
    year = draw(st.integers(2007, 2032))
    near = turns(zone, year)
    if near and draw(st.booleans()):
        moment = draw(st.sampled_from(near)) - timedelta(days=draw(st.sampled_from((0, 1, 2, 5, 6, 7, 8, 14, 15, 28))))
        return moment + timedelta(minutes=draw(st.integers(-180, 180)))
    return datetime(year, 1, 1, tzinfo=UTC) + timedelta(seconds=draw(st.integers(0, 365 * 86400)))


@st.composite
def pools(draw: st.DrawFn, zone: str, end: datetime) -> list[datetime]:
    """A few instants, most of them in the ten weeks after the end."""
    pool = [end]
    for _ in range(draw(st.integers(1, 7))):
        moment = end + timedelta(days=draw(st.integers(-3, 70)), seconds=draw(st.integers(0, 86400)))
        local = moment.astimezone(ZoneInfo(zone))
        edge = draw(st.sampled_from(("none", "none", "start", "end", "working")))
        if edge == "start":
            local = local.replace(hour=0, minute=0, second=0, microsecond=0)
        elif edge == "end":
            local = local.replace(hour=23, minute=59, second=59, fold=draw(st.integers(0, 1)))
        pool.append(local.astimezone(UTC))
    return pool


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """One case whose `now` is its latest fact; `at_a_corner` moves it on."""
    zone = draw(st.sampled_from(ZONES))
    end = draw(ends(zone))
    pool = st.sampled_from(draw(pools(zone, end)))

    def written(moment: datetime) -> str:
        place = draw(st.sampled_from((UTC, ZoneInfo(zone))))
        return moment.astimezone(place).isoformat()

    def promise() -> str | None:
        if draw(st.booleans()):
            return None
        return (draw(pool).astimezone(ZoneInfo(zone)).date() + timedelta(days=draw(st.integers(-3, 12)))).isoformat()

    names = draw(st.lists(st.sampled_from(PEOPLE), unique=True))
    size = st.integers(0, 5)
    sent = [
        (draw(st.sampled_from(KINDS)), draw(st.sampled_from((None, *names))), draw(pool)) for _ in range(draw(size))
    ]
    heard = [(draw(st.sampled_from(WORDS)), draw(pool), promise()) for _ in range(draw(size))]
    decided = [(draw(st.sampled_from(VERDICTS)), draw(pool)) for _ in range(draw(st.sampled_from((0, 0, 0, 1, 2))))]
    reflected = draw(st.none() | pool)
    now = max(
        [end, *(one[2] for one in sent), *(one[1] for one in heard + decided), *([reflected] if reflected else [])]
    )
    return {
        "rules": draw(st.sampled_from(("standard", "gentle"))),
        "now": written(now),
        "country": draw(st.sampled_from(COUNTRIES)),
        "good_rapport": draw(st.booleans()),
        "interview": {"ended_at": written(end), "timezone": zone, "reply_by": promise()},
        "people": [{"name": name, "recruiter": draw(st.booleans())} for name in names],
        "reflected_at": written(reflected) if reflected else None,
        "sent": [{"kind": kind, "to": to, "at": written(at)} for kind, to, at in sent],
        "heard": [{"what": what, "at": written(at), "reply_by": reply_by} for what, at, reply_by in heard],
        "decided": [{"what": what, "at": written(at)} for what, at in decided],
    }


NUDGES = (timedelta(), timedelta(seconds=1), timedelta(microseconds=1), timedelta(seconds=-1), timedelta(hours=1))


@st.composite
def at_a_corner(draw: st.DrawFn, case: Case, answer: dict[str, Any]) -> Case:
    """The case seen at, just before or just after an instant at which one of its steps changes its state."""
    facts_end = datetime.fromisoformat(case["now"])
    corners = [
        datetime.fromisoformat(step[edge]) + draw(st.sampled_from(NUDGES))
        for step in answer["steps"]
        for edge in ("opens", "due", "closes")
        if step[edge]
    ]
    moment = draw(st.sampled_from([facts_end, *(corner for corner in corners if corner >= facts_end)]))
    return case | {"now": moment.isoformat()}
