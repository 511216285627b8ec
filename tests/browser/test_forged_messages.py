"""What no browser of ours sends: forged widgets, ids, pages, uploads and bytes, sent to a real centre's server."""

from __future__ import annotations

import asyncio
import http.client
import random
from collections.abc import Iterator

import pytest
from streamlit.web.server.starlette.starlette_app_utils import generate_xsrf_token_string
from streamlit.web.server.starlette.starlette_server_config import XSRF_COOKIE_NAME

from bench.forged_messages import FORGER, Forgery, Place, a_place, forged, tab_of
from bench.sessions import cookie

MESSAGES = 32
"""The same forgeries for minutes: `python -m bench.forged_messages`."""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A centre's server with one student's record, and another student who forges."""
    with a_place(tmp_path_factory.mktemp("forged")) as made:
        yield made


def test_forged_messages_show_throw_change_and_stop_nothing(place: Place) -> None:
    seen, finds = asyncio.run(forged(place, Forgery(place, random.Random(20261122)), lambda sent: sent < MESSAGES))

    assert finds == []
    assert {"bytes_alone", "anything", "values", "ids", "elsewhere"} <= set(seen)


def test_a_file_is_taken_for_ones_own_session_alone(place: Place) -> None:
    token = generate_xsrf_token_string()
    assert _uploaded(place, "somebody-elses-session", token) == 400
    assert _uploaded(place, "../../etc", token) in (400, 403, 404)
    assert _uploaded(place, "somebody-elses-session", "forged") == 403


def test_a_page_for_others_is_not_opened_by_naming_it(place: Place) -> None:
    async def headings() -> list[str]:
        async with tab_of(place.server, FORGER, "centre") as tab:
            for page in ("shared", "facilitate"):  # an advisor's and a workshop's; the first was an administrator's
                seen.extend(one.heading.body for one in tab.shown("heading"))
                await tab.visit(page)
            seen.extend(one.heading.body for one in tab.shown("heading"))
        return seen

    seen: list[str] = []
    assert "Today" in asyncio.run(headings())
    assert not {"Your centre", "Shared with you", "Lead the workshop"} & set(seen)


def _uploaded(place: Place, session: str, token: str) -> int:
    """What the server answers to a file sent for a session."""
    connection = http.client.HTTPConnection("127.0.0.1", place.server.port, timeout=60)
    body = b'--x\r\nContent-Disposition: form-data; name="f"; filename="../../x"\r\n\r\nhello\r\n--x--\r\n'
    cookies = f"{XSRF_COOKIE_NAME}={token}; {cookie(FORGER, place.server.url)}"
    headers = {"Content-Type": "multipart/form-data; boundary=x", "Cookie": cookies, "X-Xsrftoken": token}
    connection.request("PUT", f"/_stcore/upload_file/{session}/a-file", body, headers)
    status = connection.getresponse().status
    connection.close()
    return status
