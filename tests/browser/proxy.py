"""nginx with the file that is shipped, in front of replicas on this machine."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.browser.server import ROOT, Server, await_answer

SHIPPED = ROOT / "deploy" / "nginx.conf"
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
NO_NGINX = "nginx is not here: install it (Debian: `apt-get install nginx-light`)"


@dataclass(frozen=True)
class Certificate:
    """A certificate and its key, as files."""

    public: Path
    key: Path


@dataclass(frozen=True)
class Visit:
    """One request as nginx noted it once it was answered."""

    seat: str
    """What the visitor's cookie said; "-" for none."""
    replica: str
    """Who answered, by address, after whoever was tried before."""
    path: str


@dataclass(frozen=True)
class Proxy:
    """A running nginx."""

    port: int
    log: Path

    def visits(self) -> list[Visit]:
        """All requests so far; a websocket's is noted when it ends."""
        lines = [line.split("|") for line in self.log.read_text(encoding="utf-8").splitlines()]
        return [Visit(seat, tried.rpartition(", ")[2], path) for seat, tried, path in lines]


def nginx_program() -> str | None:
    """Where nginx is; None where it is not installed."""
    return shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/bin")


@contextmanager
def nginx(folder: Path, port: int, replicas: Sequence[Server], tls: Certificate | None = None) -> Generator[Proxy]:
    """nginx at a port, by TLS where there is a certificate; addresses and paths in the file are changed, no more."""
    configured(folder, port, replicas, tls)
    process = subprocess.Popen(nginx_command(folder))
    try:
        scheme = "https" if tls else "http"
        assert await_answer(f"{scheme}://127.0.0.1:{port}/_stcore/health", process, tls.public if tls else None)
        yield Proxy(port, folder / "access.log")
    finally:
        process.terminate()
        process.wait()


def nginx_command(folder: Path, *options: str) -> list[str]:
    """The command line of nginx with the configuration in a folder."""
    program = nginx_program()
    assert program is not None, NO_NGINX
    return [program, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "log"), *options]


def configured(folder: Path, port: int, replicas: Sequence[Server], tls: Certificate | None = None) -> None:
    """Writes a configuration around the shipped file into a new folder."""
    folder.mkdir()
    addresses = iter(f"server 127.0.0.1:{replica.port} " for replica in replicas)
    changed = _replaced(r"server app\d:8501 ", lambda _: next(addresses), SHIPPED.read_text("utf-8"), len(replicas))
    listen = f"    listen 127.0.0.1:{port};"
    if tls is not None:
        listen = ""
        changed = _replaced(r"(?m)^    # (listen) 443 (ssl;)", rf"    \1 127.0.0.1:{port} \2", changed)
        changed = _replaced(r"(?m)^    # (ssl_certificate +)\S+;", rf"    \1{tls.public};", changed)
        changed = _replaced(r"(?m)^    # (ssl_certificate_key +)\S+;", rf"    \1{tls.key};", changed)
    changed = _replaced(r"(?m)^    listen 8080;", listen, changed)
    (folder / "debrief.conf").write_text(changed, encoding="utf-8")
    root = Path("/root").exists() and Path("/root").owner() == folder.owner()
    around = AROUND.format(folder=folder, user="user root;" if root else "")
    (folder / "nginx.conf").write_text(around, encoding="utf-8")


def _replaced(pattern: str, by: object, text: str, times: int = 1) -> str:
    """The text with a pattern replaced, which must stand in it so many times: the shipped file is what is tried."""
    changed, found = re.subn(pattern, by, text)  # pyright: ignore[reportArgumentType, reportCallIssue]
    assert found == times, f"{pattern}: {found} times in {SHIPPED.name}"
    return changed
