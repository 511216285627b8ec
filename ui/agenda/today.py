"""The parts of the Today page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import streamlit as st

from debrief.domain.agenda import Agenda, Due, Silence, Urgency
from debrief.domain.checklist import DontItem, Situation, Standing, donts
from debrief.domain.courses import Course
from debrief.domain.facts import (
    Application,
    Decision,
    Heard,
    Interview,
    Meeting,
    Message,
    Person,
    Reflection,
    Snooze,
    Tick,
)
from debrief.domain.moves import step_called
from debrief.domain.rules import HouseRules, StepName
from debrief.domain.wording import counted, day_in_words, in_words, moment_in_words, opens_in_words
from debrief.usecases.agenda import courses_going_on, rules_in_force, todays_agenda
from ui.agenda.answers import answer_menu, decision_menu
from ui.agenda.cards import due_card
from ui.kit import session
from ui.kit.navigation import APPLICATIONS, LOG, go_to, link_to
from ui.kit.notices import doing
from ui.kit.paging import page_of
from ui.kit.plain import plain
from ui.kit.sources import said_by
from ui.kit.steps import FACES, does

MANY = 12
"""From here on a list of dues can be narrowed."""
CARDS_A_PAGE = 8
ROWS_A_PAGE = 10
FEW = 4
NEAREST = 3
_RESTS_ON = (Application, Interview, Person, Meeting, Reflection, Message, Heard, Decision, Tick, Snooze)
"""The facts that the agenda is made of. Answers of reflections, saved with every pause in typing, are none of them."""
HEADINGS = {
    Urgency.OFFER: "An offer is waiting",
    Urgency.LATE: "Late, still worth doing",
    Urgency.OPEN: "Open now",
    Urgency.WHENEVER: "When you feel like it",
}


def agenda_now() -> Agenda:
    """The agenda, worked out anew each minute and whenever something that it rests on has changed."""
    actor, now = session.actor(), session.now()
    rules = rules_in_force(actor, session.store(), now, session.content().rules)
    with session.reading() as unit:
        versions = unit.data_versions()
    key = (actor.owner, repr(rules), *(versions[kind.__name__] for kind in _RESTS_ON))
    return _agenda((*key, now.replace(second=0, microsecond=0)), rules, _courses((*key, now.date()), rules))


def nothing_logged() -> bool:
    """Whether there is no application at all yet."""
    with session.reading() as unit:
        return not unit.latest(Application, 1)


def draw_welcome() -> None:
    """What somebody sees who has logged nothing yet."""
    st.title("Just out of an interview?")
    st.write(
        "Take a breath. Debrief walks you through the next hours and weeks: look back while it is fresh, "
        "thank the people you met, know when to ask and when to wait."
    )
    with st.container(horizontal=True):
        if st.button("Log an interview", type="primary", icon=":material/edit_calendar:"):
            go_to(LOG)
        st.button("Look around with sample data", icon=":material/explore:", on_click=_load_sample)
    st.caption(
        "The sample is a made-up history of 40 interviews. It goes away in one click, under Your data, "
        "and never mixes with what is yours."
    )
    columns = st.columns(3)
    for column, (icon, title, text) in zip(columns, _PROMISES, strict=True):
        with column.container(border=True, height="stretch"):
            st.markdown(f"{icon} **{title}**")
            st.caption(text)


def draw_dues(agenda: Agenda) -> None:
    """What can be done now, most urgent first; a long list can be searched and narrowed to a kind of step."""
    if not agenda.now:
        st.success("Nothing is due right now. Enjoy the quiet, or prepare the next one.", icon=":material/spa:")
        return
    wanted = _narrowed(agenda.now) if len(agenda.now) > MANY else agenda.now
    counts = Counter(due.urgency for due in wanted)
    shown, draw_pager = page_of(wanted, CARDS_A_PAGE, key="dues")
    before: Due | None = None
    for due in shown:
        if before is None or due.urgency is not before.urgency:
            several = f": {counts[due.urgency]}" if counts[due.urgency] > 1 else ""
            st.subheader(f"{HEADINGS[due.urgency]}{several}")
        due_card(due, primary=due is wanted[0], after=before)
        before = due
    draw_pager()


def draw_donts(agenda: Agenda) -> None:
    """What not to do right now: the don'ts of all open applications, each once, with the employers they concern."""
    concerned: dict[str, tuple[DontItem, list[str]]] = {}
    for course in agenda.courses:
        for item in _donts_now(agenda, course):
            concerned.setdefault(item.id, (item, []))[1].append(course.application.employer)
    if not concerned:
        return
    with st.expander(f"Leave alone for now: {counted(len(concerned), 'thing')}", icon=":material/do_not_disturb_on:"):
        for item, employers in concerned.values():
            few = employers if len(employers) <= FEW else [*employers[:FEW], f"{len(employers) - FEW} more"]
            st.markdown(f"**{plain(item.title)}**  \n:gray[{plain(in_words(few))}]")
            st.caption(f"{plain(item.why)} ({plain(said_by(source.key for source in item.sources))})")


def draw_planned(agenda: Agenda) -> None:
    """Rounds still to come, and those whose time has passed and that want finishing."""
    now = session.now()
    for course, one in agenda.to_finish:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(
                f"**{plain(course.application.employer)} · {plain(one.interview.round)}** was planned for "
                f"{plain(moment_in_words(one.interview.ended_local, now))}. How did it go?",
                width="stretch",
            )
            link_to(LOG, "Finish logging it", interview=one.interview.id)
    _to_come(agenda)


def draw_silent(agenda: Agenda) -> None:
    """Who has not answered, for how long, and what comes next."""
    if not agenda.silent:
        return
    st.subheader(f"Waiting for an answer: {len(agenda.silent)}")
    shown, draw_pager = page_of(agenda.silent, ROWS_A_PAGE, key="silent")
    for silence in shown:
        _silent_row(silence)
    draw_pager()


def draw_soon(agenda: Agenda) -> None:
    """What opens later, by day."""
    if not agenda.soon:
        return
    with st.expander(f"Coming up: {counted(len(agenda.soon), 'step')}", icon=":material/event_upcoming:"):
        shown, draw_pager = page_of(agenda.soon, 2 * ROWS_A_PAGE, key="soon")
        last = ""
        for due in shown:
            today = session.now().astimezone(due.round.interview.zone).date()
            day = day_in_words(due.step.opens.date(), today)
            if day != last:
                st.markdown(f"**{day[0].upper()}{day[1:]}**")
                last = day
            employer = due.course.application.employer
            about = "" if employer in does(due) else f" · {plain(employer)}"
            st.markdown(f"{FACES[due.step.name].icon} {plain(does(due))}{about}")
        draw_pager()


def _to_come(agenda: Agenda) -> None:
    """The nearest rounds still to come, and how many there are beyond them."""
    if not agenda.to_come:
        return
    lines = [
        f"Coming up: {plain(course.application.employer)}, {plain(one.interview.round)}, "
        f"ends {plain(moment_in_words(one.interview.ended_local, session.now()))} ({one.interview.timezone})"
        for course, one in agenda.to_come[:NEAREST]
    ]
    if len(agenda.to_come) > NEAREST:
        lines.append(f"and {len(agenda.to_come) - NEAREST} more after that")
    st.info("  \n".join(lines), icon=":material/event:")


def _narrowed(dues: Sequence[Due]) -> Sequence[Due]:
    """Those that the search and the chosen kinds of step leave."""
    kinds = [name for name in StepName if any(due.step.name is name for due in dues)]
    left, right = st.columns([1, 2], vertical_alignment="bottom")
    wanted = left.text_input(
        "Search", key="dues.search", type="search", live=True, placeholder="Employer, role or person"
    )
    chosen = right.multiselect(
        "Kinds of step", kinds, format_func=_kind_name, key="dues.kinds", placeholder="All kinds"
    )
    found = [due for due in dues if due.speaks_of(wanted or "") and (not chosen or due.step.name in chosen)]
    if not found:
        st.info(
            "Nothing that is due matches. Search for something shorter, or take a kind off.",
            icon=":material/search_off:",
        )
    return found


def _kind_name(name: StepName) -> str:
    called = step_called(name)
    return f"{called[0].upper()}{called[1:]}"


def _donts_now(agenda: Agenda, course: Course) -> Iterator[DontItem]:
    """The don'ts of an open application that are about its situation now."""
    latest = course.latest
    if latest is None or not course.status.is_open:
        return
    standing = Standing(course, latest, agenda.steps.get(latest.interview.id, ()), session.now())
    for dont in donts(session.content().checklist, standing):
        if dont.because not in (None, Situation.ALWAYS):
            yield dont.item


def _silent_row(silence: Silence) -> None:
    application = silence.course.application
    interview = silence.round.interview
    with st.container(border=True, key=f"silent.{interview.id}"):
        words, menus = st.columns([3, 2.2], vertical_alignment="center")
        with words:
            link_to(
                APPLICATIONS, f"{plain(application.employer)} · {plain(application.role)}", application=application.id
            )
            since = f"silent for {counted(silence.days, 'day')}" if silence.days else "since today"
            st.caption(f"{plain(interview.round)}, {since}{_next_words(silence)}")
        with menus.container(horizontal=True, horizontal_alignment="right"):
            answer_menu(silence.round, key=f"heard.{interview.id}")
            decision_menu(silence.round, key=f"decided.{interview.id}")


def _next_words(silence: Silence) -> str:
    step = silence.next_step
    if step is None:
        return ""
    name = step_called(step.name)
    if step.state.is_actionable:
        return " · time to let go" if step.name is StepName.LET_GO else f" · {name} can go out now"
    return f" · {name} {opens_in_words(step.opens, session.now())}"


@st.cache_resource(show_spinner="Looking through your applications …", max_entries=20)
def _courses(key: tuple[object, ...], _rules: HouseRules) -> tuple[Course, ...]:
    """What the agenda is worked out from: read anew each day and whenever it has changed."""
    del key
    return courses_going_on(session.actor(), session.store(), session.now(), _rules)


@st.cache_resource(show_spinner=False, max_entries=20)
def _agenda(key: tuple[object, ...], _rules: HouseRules, _courses: tuple[Course, ...]) -> Agenda:
    """Kept, since every press and every letter of a search draws the page again."""
    del key
    return todays_agenda(session.actor(), session.store(), session.now(), _rules, courses=_courses)


def _load_sample() -> None:
    from debrief.usecases.sample import load_sample  # noqa: PLC0415 - pressed once at most

    doing(lambda: load_sample(session.actor(), session.store(), session.now()))


_PROMISES = (
    (":material/lock:", "Stays with you", "Everything is kept on this machine. No account, no network, no chatbot."),
    (
        ":material/menu_book:",
        "Says who says so",
        "Each piece of advice names the guide it comes from, and where guides differ.",
    ),
    (":material/query_stats:", "Counts honestly", "Employers who never answered count too, so the figures are right."),
)
