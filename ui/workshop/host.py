"""The workshop that this process holds: one room, in memory, for all its pages."""

from __future__ import annotations

import socket
from contextlib import closing
from functools import cache

import streamlit as st

from debrief.usecases.workshop.host import Host
from ui.kit.hosts import LOOPBACK


@cache
def host() -> Host:
    """The one host of this process; its room lives and dies with it.

    Not among Streamlit's cached resources: any visitor's browser may ask the
    server to clear those, and a room must not go with them.
    """
    return Host()


def is_local_only() -> bool:
    """Whether nobody but this machine can reach the server."""
    return st.get_option("server.address") in (*LOOPBACK, "::1")


def join_address(code: str = "") -> str:
    """Where participants find this server, with the room's code where it is given: "http://192.168.1.20:8501/?code=…"."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    scheme = "https" if st.get_option("server.sslCertFile") else "http"
    place = f"{scheme}://{_reached_as()}:{st.get_option('server.port')}/{base + '/' if base else ''}"
    return f"{place}?code={code}" if code else place


def _reached_as() -> str:
    """The name or number under which others reach this machine."""
    named = str(st.get_option("browser.serverAddress") or "")
    bound = str(st.get_option("server.address") or "")
    if named and named != "localhost":
        return named
    if is_local_only():
        return "localhost"
    if bound not in ("", "0.0.0.0", "::"):  # noqa: S104  compared, not bound
        return bound
    return _network_address()


def _network_address() -> str:
    """This machine's address on the network that it would send through. Nothing is sent to find it out."""
    with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # a documentation address: nobody has it, and UDP sends nothing to connect
            return str(probe.getsockname()[0])
        except OSError:
            return socket.gethostname()
