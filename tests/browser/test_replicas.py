"""deploy/nginx.conf in front of two replicas on one PostgreSQL: signing in, deep links, and a replica that dies."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.server import ROOT, Server, await_answer, free_port
from tests.browser.signing_in import as_a_centre, provider, sign_in
from tests.postgresql import Cluster
from tests.walls import walled_database

AROUND = """\
daemon off; pid {folder}/pid; error_log {folder}/error.log; worker_processes 1; {user}
events {{}}
http {{
    log_format replicas "$cookie_debrief_seat|$upstream_addr|$request_uri";
    access_log {folder}/access.log replicas;
    client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder};
    uwsgi_temp_path {folder}; scgi_temp_path {folder};
    include {folder}/debrief.conf;
}}
"""


@dataclass(frozen=True)
class Visit:
    """One request as nginx noted it once it was answered."""

    seat: str
    """What the visitor's cookie said; "-" for none."""
    replica: str
    """Who answered, by address, after whoever was tried before."""
    path: str


@dataclass(frozen=True)
class Centre:
    """Two replicas and the address in front of them."""

    url: str
    replicas: Sequence[Server]
    log: Path

    def visits(self) -> list[Visit]:
        """All requests so far; a websocket's is noted when it ends."""
        lines = [line.split("|") for line in self.log.read_text(encoding="utf-8").splitlines()]
        return [Visit(seat, tried.rpartition(", ")[2], path) for seat, tried, path in lines]

    def serving(self) -> Server:
        """The replica that the last page talks to."""
        address = next(visit.replica for visit in reversed(self.visits()) if visit.path.startswith("/_stcore/h"))
        return next(replica for replica in self.replicas if address.endswith(f":{replica.port}"))


@pytest.fixture
def centre(postgresql: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Centre]:
    """A centre as docs/centre.md sets it up, but for TLS."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with provider() as accounts, walled_database(postgresql, monkeypatch) as database:
        one, two = (
            as_a_centre(Server(tmp_path / name / "data", DEBRIEF_DATABASE_URL=database), accounts, url)
            for name in ("one", "two")
        )
        with one, two, nginx(tmp_path / "nginx", port, (one, two)) as log:
            yield Centre(url, (one, two), log)


@contextmanager
def nginx(folder: Path, port: int, replicas: Sequence[Server]) -> Generator[Path]:
    """nginx with the file that is shipped, its two servers and its port changed; gives the access log."""
    program = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/bin")
    if program is None:
        pytest.skip("nginx is not here: install it (Debian: `apt-get install nginx-light`)")
    folder.mkdir()
    shipped = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    addresses = iter(f"server 127.0.0.1:{replica.port} " for replica in replicas)
    changed, servers = re.subn(r"server app\d:8501 ", lambda _: next(addresses), shipped)
    changed, ports = re.subn(r"(?m)^    listen 8080;", f"    listen 127.0.0.1:{port};", changed)
    assert (servers, ports) == (len(replicas), 1)
    (folder / "debrief.conf").write_text(changed, encoding="utf-8")
    root = Path("/root").exists() and Path("/root").owner() == Path(folder).owner()
    around = AROUND.format(folder=folder, user="user root;" if root else "")
    (folder / "nginx.conf").write_text(around, encoding="utf-8")
    command = [program, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "log")]
    process = subprocess.Popen(command)
    try:
        assert await_answer(f"http://127.0.0.1:{port}/_stcore/health", process)
        yield folder / "access.log"
    finally:
        process.terminate()
        process.wait()


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
        own = [visit for visit in centre.visits() if visit.seat != "-"]
        assert len({visit.seat for visit in own}) == 1, own
        assert {"/applications", "/your_data", "/_stcore/health"} <= {visit.path for visit in own}
        assert len({visit.replica for visit in own}) == 1, own
    finally:
        context.close()
