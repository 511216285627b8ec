"""Statuses as badges: a colour, an icon and a word each, so that colour is never the only signal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

import streamlit as st

from debrief.domain.courses import Status

Color: TypeAlias = Literal["red", "orange", "gray", "green", "blue"]
"""The colours of badges, as the theme sets them."""

BADGES: Mapping[Status, tuple[str, str, Color]] = {
    Status.WAITING: ("Waiting", ":material/hourglass_top:", "orange"),
    Status.REJECTED: ("Rejected", ":material/close:", "gray"),
    Status.OFFER: ("Offer", ":material/celebration:", "green"),
    Status.ADVANCED: ("Next round", ":material/arrow_forward:", "green"),
    Status.ACCEPTED: ("Accepted", ":material/handshake:", "green"),
    Status.DECLINED: ("Declined", ":material/thumb_down:", "gray"),
    Status.WITHDREW: ("Withdrawn", ":material/logout:", "gray"),
    Status.LET_GO: ("Let go", ":material/air:", "gray"),
    Status.SCHEDULED: ("To come", ":material/event:", "blue"),
    Status.CANCELLED: ("Cancelled", ":material/event_busy:", "gray"),
    Status.NO_SHOW: ("Nobody came", ":material/person_off:", "gray"),
}


def status_name(status: Status) -> str:
    """The status in words."""
    return BADGES[status][0]


def status_badge(status: Status) -> None:
    """Draws the status."""
    name, icon, color = BADGES[status]
    st.badge(name, icon=icon, color=color)
