"""deploy/nginx.conf in front of two replicas on one PostgreSQL: sign-in, deep links, TLS, and a replica that dies."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.proxy import NO_NGINX, Certificate, configured, nginx_command, nginx_program
from tests.browser.replicas import Centre, replicated
from tests.browser.server import HeldPort, Server
from tests.browser.signing_in import sign_in
from tests.postgresql import Cluster
from tests.walls import walled_database

pytestmark = pytest.mark.skipif(nginx_program() is None, reason=NO_NGINX)


@pytest.fixture
def centre(postgresql: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Centre]:
    """A centre as docs/centre.md sets it up, but for TLS."""
    with walled_database(postgresql, monkeypatch) as database, replicated(tmp_path, database) as started:
        yield started


@pytest.fixture
def certificate(tmp_path: Path) -> Certificate:
    """One that this machine signed itself."""
    made = Certificate(tmp_path / "coach.pem", tmp_path / "coach.key")
    whose = ["-days", "2", "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    files = ["-out", str(made.public), "-keyout", str(made.key)]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", *whose, *files]
    subprocess.run(command, check=True, capture_output=True)
    return made


def test_people_sign_in_follow_links_and_go_on_when_their_replica_dies(centre: Centre, chromium: Browser) -> None:
    context = chromium.new_context()
    try:
        amina = sign_in(context.new_page(), centre.url, "amina")
        amina.press("Look around with sample data")
        amina.open("your_data", "Your data")
        amina.pick("Settings")
        amina.write("Your name, as you sign notes", "Amina Nkemelu")
        assert "debrief_seat" in {cookie.get("name") for cookie in context.cookies()}

        gone = centre.serving()
        gone.kill()

        amina.page.get_by_role("textbox", name="Your name, as you sign notes").wait_for()
        expect(amina.page.get_by_role("radio", name="Hand over")).to_be_visible()
        amina.open("your_data", "Your data")
        assert centre.serving() is not gone
        expect(amina.page.get_by_text("Signed in as Amina, student")).to_be_visible()
        amina.pick("Settings")
        amina.reads("Your name, as you sign notes", "Amina Nkemelu")
        amina.write("Your name, as you sign notes", "Amina N.")
        amina.open("applications", "Applications")

        gone.start()
        amina.open("your_data", "Your data")
        amina.pick("Settings")
        amina.reads("Your name, as you sign notes", "Amina N.")
    finally:
        context.close()


def test_a_visitor_stays_at_one_replica(centre: Centre, chromium: Browser) -> None:
    context = chromium.new_context()
    try:
        amina = sign_in(context.new_page(), centre.url, "amina")
        amina.open("applications", "Applications")
        amina.open("your_data", "Your data")
        own = [visit for visit in centre.proxy.visits() if visit.seat != "-"]
        assert len({visit.seat for visit in own}) == 1, own
        assert {"/applications", "/your_data", "/_stcore/health"} <= {visit.path for visit in own}
        assert len({visit.replica for visit in own}) == 1, own
    finally:
        context.close()


def test_over_tls_the_page_works_and_no_cookie_travels_without_it(
    tmp_path: Path, certificate: Certificate, chromium: Browser
) -> None:
    context = chromium.new_context(ignore_https_errors=True)
    record = f"sqlite:///{tmp_path / 'debrief.db'}"
    try:
        with replicated(tmp_path, record, certificate) as centre:
            amina = sign_in(context.new_page(), centre.url, "amina", "your_data")
            amina.sees_heading("Your data")  # drawn by a websocket over TLS
            kept = {cookie.get("name"): cookie.get("secure") for cookie in context.cookies(centre.url)}
            assert {"debrief_seat", "_streamlit_user"} <= set(kept)
            assert all(kept.values()), kept
            answer = context.request.get(f"{centre.url}/_stcore/health")
            assert "max-age" in answer.headers["strict-transport-security"]
    finally:
        context.close()


@pytest.mark.parametrize("by_tls", [False, True])
def test_nginx_takes_the_shipped_file(tmp_path: Path, certificate: Certificate, by_tls: bool) -> None:
    replicas = (Server(tmp_path / "one"), Server(tmp_path / "two"))
    configured(tmp_path / "nginx", HeldPort().number, replicas, certificate if by_tls else None)

    tried = subprocess.run(nginx_command(tmp_path / "nginx", "-t"), capture_output=True, text=True, check=False)

    assert tried.returncode == 0, tried.stderr
    assert "[warn]" not in tried.stderr
