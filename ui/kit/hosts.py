"""The host names under which this server answers; anything else is refused (DNS rebinding)."""

from __future__ import annotations

import streamlit as st

LOOPBACK = ["127.0.0.1", "localhost"]


def allowed_hosts() -> list[str]:
    """Names for the trusted-host check in front of pages, websocket and added routes alike.

    Bound to this machine alone, the server answers under this machine's names.
    Bound to a network, it answers under those that `server.allowedHosts` lists,
    or under any where it lists none: who can reach it is then the network's matter.
    """
    named = [str(host) for host in st.get_option("server.allowedHosts") or []]
    if named:
        return named
    return LOOPBACK if st.get_option("server.address") in (*LOOPBACK, "::1") else ["*"]
