"""Debrief's own server as a process of its own, that a test can kill and start again."""

from __future__ import annotations

import os
import re
import signal
import socket
import ssl
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from types import TracebackType

ROOT = Path(__file__).resolve().parents[2]
READY_TRIES = 600


class Server:
    """A server on a free port of this machine, with a record in `data`."""

    arguments: tuple[str, ...] = ()
    """What the app itself is told on the command line."""

    script = "app.py"
    """What `streamlit run` starts."""

    def __init__(self, data: Path, **environment: str) -> None:
        self.data = data
        self._held = HeldPort()
        self.port = self._held.number
        self.environment = environment
        self._process: subprocess.Popen[bytes] | None = None
        self.log_file = data.with_suffix(".log")

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> str:
        """What it printed."""
        return self.log_file.read_text(encoding="utf-8", errors="replace")

    @property
    def process_id(self) -> int:
        """The server's process, while it runs."""
        assert self._process is not None
        return self._process.pid

    def start(self) -> None:
        """Starts it and comes back once it answers."""
        self.data.parent.mkdir(parents=True, exist_ok=True)
        self._process = self.spawn()
        if not await_answer(f"{self.url}/_stcore/health", self._process):
            raise AssertionError(f"the server did not start:\n{self.log}")

    def spawn(self) -> subprocess.Popen[bytes]:
        """The server's process, just begun."""
        command = [sys.executable, "-m", "streamlit", "run", self.script]
        options = ["--server.port", str(self.port), "--server.headless", "true", "--server.fileWatcherType", "none"]
        with self.log_file.open("ab") as log:
            return subprocess.Popen(
                [*command, *options, "--", *self.arguments],
                cwd=ROOT,
                env=self._environment(),
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def kill(self) -> None:
        """Ends it at once, as a crash would (SIGKILL)."""
        if self._process is not None:
            self._process.send_signal(signal.SIGKILL if os.name == "posix" else signal.SIGTERM)
            self._process.wait()
            self._process = None

    def restart(self) -> None:
        """Kills it and starts it again at the same address."""
        self.kill()
        self.start()

    def command(self, *arguments: str) -> str:
        """Runs `python -m debrief …` on the same record and gives what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", "debrief", *arguments],
            cwd=ROOT,
            env=self._environment(),
            capture_output=True,
            text=True,
            check=True,
            encoding="utf-8",
        )
        return done.stdout

    def processor_seconds(self) -> float:
        """The processor time that the server has used so far (Linux): it says the same on a busy machine."""
        fields = Path(f"/proc/{self.process_id}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def resident_megabytes(self) -> float:
        """The memory that the server holds (Linux)."""
        assert self._process is not None
        status = Path(f"/proc/{self._process.pid}/status").read_text(encoding="ascii")
        found = re.search(r"VmRSS:\s+(\d+) kB", status)
        assert found is not None
        return int(found[1]) / 1024

    def __enter__(self) -> Server:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()

    def _environment(self) -> dict[str, str]:
        return {**os.environ, "DEBRIEF_DATA_FOLDER": str(self.data), **self.environment}


class WorkshopServer(Server):
    """The server as a facilitator starts it, but for this machine alone."""

    arguments = ("--workshop",)

    def told(self, label: str) -> str:
        """What the terminal says behind a label: "Room code", "Secret"."""
        found = re.search(rf"{label}\s+(\S+)", self.log)
        assert found is not None, self.log
        return found[1]


class HeldPort:
    """A port of this machine that nothing listens at, and on Linux nobody else is given while this is kept.

    It is bound, and not listened at: a server may do so there all the same, since it sets SO_REUSEADDR as we do.
    """

    def __init__(self) -> None:
        self._bound = socket.socket()
        self._bound.bind(("127.0.0.1", 0))
        self.number = int(self._bound.getsockname()[1])
        if sys.platform == "linux":
            self._bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        else:
            self._bound.close()

    def __del__(self) -> None:
        self._bound.close()


def await_answer(address: str, process: subprocess.Popen[bytes], trusted: Path | None = None) -> bool:
    """Waits until an address of this process answers; False where it ends, whoever answers then, or takes too long.

    `trusted` is the certificate of an address with TLS.
    """
    tls = ssl.create_default_context(cafile=trusted) if trusted else None
    for _ in range(READY_TRIES):
        try:
            with urllib.request.urlopen(address, timeout=1, context=tls) as answer:
                if answer.status == 200:
                    return process.poll() is None
        except urllib.error.HTTPError as not_yet:
            not_yet.close()
        except (urllib.error.URLError, OSError):
            pass
        if process.poll() is not None:
            return False
        _wait_a_moment(process)
    return False


def _wait_a_moment(process: subprocess.Popen[bytes]) -> None:
    """Waits a tenth of a second, or until the process ends."""
    try:
        process.wait(timeout=0.1)
    except subprocess.TimeoutExpired:
        return
