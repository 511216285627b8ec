"""A PostgreSQL server for the length of a test run."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psycopg
from psycopg import sql
from sqlalchemy import URL, make_url


@dataclass(frozen=True)
class Cluster:
    """A server, by the address of a database that is there already."""

    address: URL

    @contextmanager
    def database(self, template: str = "template0") -> Iterator[str]:
        """The address of a new database, empty or like another one, which is gone afterwards."""
        name = f"debrief_test_{uuid4().hex}"
        names = map(sql.Identifier, (name, template))
        self._run(sql.SQL("CREATE DATABASE {} TEMPLATE {} ENCODING 'UTF8'").format(*names))
        try:
            yield self.address.set(database=name).render_as_string(hide_password=False)
        finally:
            self._run(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def _run(self, statement: sql.Composed) -> None:
        plain = self.address.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(plain, autocommit=True) as connection:
            connection.execute(statement)


@contextmanager
def temporary_cluster(folder: Path, named: str | None) -> Iterator[Cluster | None]:
    """The server that is named, else one of its own in this folder; None where there is no PostgreSQL."""
    programs = _programs()
    if named:
        yield Cluster(make_url(named))
    elif programs is None:
        yield None
    else:
        with _started(programs, folder) as cluster:
            yield cluster


@contextmanager
def _started(programs: Path, folder: Path) -> Iterator[Cluster]:
    """A server that listens on a socket in its own folder alone. It refuses to run as root: then it is postgres'."""
    user = "postgres" if os.geteuid() == 0 else None
    home = Path("/tmp") / f"debrief-pg-{uuid4().hex[:8]}"  # a socket's path must be short
    home.mkdir(mode=0o700)
    if user:
        os.chown(home, pwd.getpwnam(user).pw_uid, pwd.getpwnam(user).pw_gid)
    data = home / "data"
    options = f"-c listen_addresses='' -c unix_socket_directories='{home}' -c fsync=off -c full_page_writes=off"

    def run(program: str, *arguments: str) -> None:
        command = [str(programs / program), *arguments]
        log = folder / f"{program}.log"
        with log.open("ab") as out:
            subprocess.run(command, check=True, user=user, stdout=out, stderr=out, cwd=home)

    try:
        run("initdb", "-D", str(data), "-U", "debrief", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        run("pg_ctl", "-D", str(data), "-w", "-l", str(home / "log"), "-o", options, "start")
        try:
            yield Cluster(URL.create("postgresql", username="debrief", database="postgres", query={"host": str(home)}))
        finally:
            run("pg_ctl", "-D", str(data), "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _programs() -> Path | None:
    """The folder of initdb: on the path, else where Debian keeps it."""
    found = shutil.which("initdb")
    places = [Path(found).parent] if found else sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((place for place in places if (place / "initdb").exists()), None)
