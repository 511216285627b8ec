"""The main script: opens the record and the content, draws the navigation, runs the page asked for."""

import logging
import sys
from pathlib import Path

import streamlit as st

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:  # the server puts only this script's folder there
    sys.path.insert(0, str(ROOT))

from ui.kit.first_page import end_first_page, loaded_for_the_first_page  # noqa: E402
from ui.kit.turns import TURNS  # noqa: E402

loaded_for_the_first_page.wait()  # two threads that import the same at once could trip each other up

from debrief.domain.centre import Member  # noqa: E402
from debrief.errors import ContentBroken, DebriefError, SignInNeeded, StoreBroken, StoreDamaged  # noqa: E402
from ui.agenda.named_date import ask_for_date  # noqa: E402
from ui.doors.damaged import draw_damaged  # noqa: E402
from ui.doors.screens import content_broken, sentence, sidebar, store_broken  # noqa: E402
from ui.doors.sign_in import draw_sign_in  # noqa: E402
from ui.kit import identity, session  # noqa: E402
from ui.kit.announced import draw_announced  # noqa: E402
from ui.kit.autosave import save_as_typed  # noqa: E402
from ui.kit.guard import routed  # noqa: E402
from ui.kit.look import draw_look  # noqa: E402
from ui.kit.mode import Mode, mode  # noqa: E402
from ui.kit.navigation import navigation_pages  # noqa: E402
from ui.kit.notices import draw_refusal, draw_undo  # noqa: E402
from ui.kit.settled import settle_what_stays  # noqa: E402

log = logging.getLogger("debrief")


def main() -> None:
    """One run of the app."""
    settle_what_stays()
    icon = (ROOT / "ui/static/icon.svg").as_posix()
    st.set_page_config(page_title="Debrief", page_icon=icon, layout="wide")
    st.logo((ROOT / "ui/static/wordmark.svg").as_posix(), icon_image=icon)
    entrance = session.door()
    in_a_room = mode() is Mode.WORKSHOP
    shown = "hidden" if entrance.refusal or in_a_room else "sidebar"
    page = st.navigation(navigation_pages(entrance.role), expanded=True, position=shown)
    draw_look()
    try:
        with identity.inside(entrance), session.content_of_one_run():
            if not in_a_room:
                _open_record(entrance.member)
            draw_refusal()
            try:
                with routed():
                    page.run()
            finally:
                draw_announced()
    except SignInNeeded as error:
        draw_sign_in(error)
    except ContentBroken as error:
        content_broken(error)
    except StoreDamaged as error:
        log.error("the record is damaged: %s", error)
        draw_damaged(error)
    except StoreBroken as error:
        log.error("the record cannot be used: %s", error)
        store_broken(error)
    except DebriefError as error:
        log.warning("refused on page %s: %s", page.url_path, type(error).__name__)
        sentence(error)


def _open_record(member: Member | None) -> None:
    """The record, and what the pages that work with it have around them."""
    with st.sidebar:
        save_as_typed()
    session.store()
    session.back_up_daily()
    sidebar(member)
    draw_undo()
    ask_for_date()


with TURNS.running():
    try:
        main()
    finally:
        end_first_page()
