"""What the server mounts: the router as an ASGI application. `streamlit run app.py` starts it.

The main script is ui/router.py, so that no pages/ folder lies beside it: a
cold deep link would otherwise run a page without the router. Little else is
imported here: the sooner the server answers, the sooner the browser has what
it draws with, and the rest is loaded meanwhile (`ui/doors/ahead.py`).
"""

import streamlit as st

from ui.doors.discreet_log import keep_the_log_discreet
from ui.doors.feed import feed_route
from ui.doors.gates import gates
from ui.doors.unexpected import unexpected
from ui.kit.first_page import rest_until_the_first_page
from ui.kit.mode import Mode, mode

keep_the_log_discreet()

IN_A_ROOM = mode() is Mode.WORKSHOP
if IN_A_ROOM:
    from ui.workshop.start import workshop as lifespan
else:
    from ui.doors.ahead import loading_ahead as lifespan

    rest_until_the_first_page()

app = st.App(
    "ui/router.py",
    routes=[] if IN_A_ROOM else [feed_route()],
    lifespan=lifespan,
    middleware=gates(),
    on_script_error=unexpected,
)
