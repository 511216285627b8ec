"""What the terminal says when a workshop starts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import streamlit as st

from debrief.usecases.workshop.host import Host
from ui.workshop.host import join_address
from ui.workshop.start import start_text

Options = Callable[..., None]


@pytest.fixture
def options(monkeypatch: pytest.MonkeyPatch) -> Options:
    """Sets the server's options for one test."""
    chosen: dict[str, object] = {"server.port": 8501, "server.address": "0.0.0.0"}
    monkeypatch.setattr(st, "get_option", chosen.get)

    def choose(**given: object) -> None:
        chosen.update({name.replace("_", ".", 1): value for name, value in given.items()})

    return choose


def test_the_terminal_says_who_can_reach_it_where_and_with_what(options: Options) -> None:
    options(browser_serverAddress="seminar.example")
    host = Host()

    told = start_text(host)

    assert "Whoever is in the same network" in told
    assert "http://seminar.example:8501/" in told
    assert host.code in told
    assert host.secret in told
    assert "kept in memory alone" in told
    assert told.count("█") > 100, "the QR code"


def test_bound_to_this_machine_alone_it_says_how_to_let_a_room_in(options: Options) -> None:
    options(server_address="127.0.0.1")

    told = start_text(Host())

    assert "Only this machine can reach it" in told
    assert "--server.address 0.0.0.0 -- --workshop" in told
    assert "http://localhost:8501/" in told


def test_the_join_address_carries_the_code_and_the_folder_of_a_proxy(options: Options) -> None:
    options(server_baseUrlPath="/debrief/", server_address="10.1.2.3")

    assert join_address("ACDEF") == "http://10.1.2.3:8501/debrief/?code=ACDEF"


def test_with_a_certificate_it_is_https(options: Options) -> None:
    options(server_sslCertFile="cert.pem", server_address="10.1.2.3")

    assert join_address() == "https://10.1.2.3:8501/"


def test_bound_to_every_network_it_names_an_address_of_this_machine(options: Options) -> None:
    del options

    assert join_address() not in ("http://0.0.0.0:8501/", "http://:8501/")
