"""A centre with two replicas behind nginx, as docs/centre.md sets it up."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.browser.proxy import Certificate, Proxy, nginx
from tests.browser.server import HeldPort, Server
from tests.browser.signing_in import as_a_centre, provider


@dataclass(frozen=True)
class Centre:
    """Two replicas and the address in front of them."""

    url: str
    replicas: Sequence[Server]
    proxy: Proxy

    def serving(self) -> Server:
        """The replica that the last page talks to."""
        visits = reversed(self.proxy.visits())
        address = next(visit.replica for visit in visits if visit.path.startswith("/_stcore/h"))
        return next(replica for replica in self.replicas if address.endswith(f":{replica.port}"))


@contextmanager
def replicated(folder: Path, database: str, tls: Certificate | None = None) -> Generator[Centre]:
    """Two replicas behind nginx, and a provider."""
    front = HeldPort()
    url = f"{'https' if tls else 'http'}://127.0.0.1:{front.number}"
    with provider() as accounts:
        one, two = (
            as_a_centre(Server(folder / name / "data", DEBRIEF_DATABASE_URL=database), accounts, url)
            for name in ("one", "two")
        )
        with one, two, nginx(folder / "nginx", front.number, (one, two), tls) as proxy:
            yield Centre(url, (one, two), proxy)
