"""What every request passes before anything of ours answers it."""

from __future__ import annotations

from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

from ui.doors.start_token import start_token_middleware
from ui.kit.hosts import allowed_hosts
from ui.kit.mode import Mode, mode


def gates() -> list[Middleware]:
    """The gates of this process's mode, the outermost first."""
    return [
        Middleware(TrustedHostMiddleware, allowed_hosts=allowed_hosts()),
        *start_token_middleware(),
        *(_where_people_sign_in() if mode() is Mode.SERVER else ()),
    ]


def _where_people_sign_in() -> list[Middleware]:
    """Loaded there alone: they know the record."""
    from ui.doors.media_gate import media_gate  # noqa: PLC0415
    from ui.doors.way_back import way_back  # noqa: PLC0415

    return [*media_gate(), *way_back()]
