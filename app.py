"""What the server mounts: the router as an ASGI application. `streamlit run app.py` starts it.

The main script is ui/router.py, so that no pages/ folder lies beside it: a
cold deep link would otherwise run a page without the router.
"""

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

from ui.doors.discreet_log import keep_the_log_discreet
from ui.doors.feed import feed_route
from ui.doors.media_gate import media_gate
from ui.doors.screens import unexpected
from ui.doors.start_token import start_token_middleware
from ui.doors.way_back import way_back
from ui.kit.hosts import allowed_hosts
from ui.kit.mode import Mode, mode
from ui.workshop.start import workshop

keep_the_log_discreet()

IN_A_ROOM = mode() is Mode.WORKSHOP

app = st.App(
    "ui/router.py",
    routes=[] if IN_A_ROOM else [feed_route()],
    lifespan=workshop if IN_A_ROOM else None,
    middleware=[
        Middleware(TrustedHostMiddleware, allowed_hosts=allowed_hosts()),
        *start_token_middleware(),
        *media_gate(),
        *way_back(),
    ],
    on_script_error=unexpected,
)
