"""A centre's server with a real OpenID provider beside it, both on this machine."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from datetime import timedelta

from playwright.sync_api import Page, expect

from tests.browser.screen import Screen
from tests.browser.server import HeldPort, Server, await_answer

CENTRE = """\
name: Harbour College Careers
domains: [college.example]
roles:
  advisor: [cato@college.example]
  administrator: [dora@college.example]
"""
COOKIE_SECRET = "a secret of the tests, long enough to be one"
SECRETS = """\
[auth]
redirect_uri = "{address}/oauth2callback"
cookie_secret = "{secret}"
client_id = "debrief"
client_secret = "another secret of the tests"
server_metadata_url = "{provider}/.well-known/openid-configuration"
"""
PEOPLE = ("amina", "bela", "cato", "dora")


@contextmanager
def provider(lasts: timedelta = timedelta(hours=1)) -> Generator[str]:
    """The address of a provider, a process of its own, that knows the centre's people; sign-ins last so long."""
    port = HeldPort()
    people = [
        {"sub": name, "name": name.title(), "email": f"{name}@college.example", "email_verified": True}
        for name in PEOPLE
    ]
    known = [part for person in people for part in ("--user-claims", json.dumps(person))]
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port.number)]
    process = subprocess.Popen(
        [*command, "--token-max-age", str(int(lasts.total_seconds())), *known],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        address = f"http://127.0.0.1:{port.number}"
        assert await_answer(f"{address}/.well-known/openid-configuration", process), "the provider did not start"
        yield address
    finally:
        process.terminate()
        process.wait()


def as_a_centre(server: Server, provider: str, address: str | None = None) -> Server:
    """The server, set up for a centre with this provider; `address` is where people reach it, if not directly."""
    folder = server.data.parent
    folder.mkdir(parents=True, exist_ok=True)
    centre, secrets = folder / "centre.yaml", folder / f"secrets-{server.port}.toml"
    centre.write_text(CENTRE, encoding="utf-8")
    secrets.write_text(
        SECRETS.format(address=address or server.url, provider=provider, secret=COOKIE_SECRET), encoding="utf-8"
    )
    server.environment |= {
        "DEBRIEF_MODE": "server",
        "DEBRIEF_CENTRE": str(centre),
        "STREAMLIT_SECRETS_FILES": str(secrets),
    }
    return server


def sign_in(page: Page, url: str, name: str, path: str = "") -> Screen:
    """Goes to a page, signs in with the provider and waits until the app greets."""
    screen = through_the_provider(page, url, name, path)
    expect(page.get_by_text(f"Signed in as {name.title()}")).to_be_visible()
    screen.settled()
    return screen


def through_the_provider(page: Page, url: str, name: str, path: str = "") -> Screen:
    """Goes to a page, signs in with the provider and is on the way back."""
    screen = Screen(page, url)
    screen.open(path)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name=name, exact=True).click()
    return screen


def is_out(screen: Screen, sentence: str) -> None:
    """Expects the sign-in screen, and nothing of the app."""
    screen.sees(sentence)
    expect(screen.page.get_by_role("button", name="Sign in")).to_be_visible()
    expect(screen.page.get_by_text("Signed in as")).to_have_count(0)
