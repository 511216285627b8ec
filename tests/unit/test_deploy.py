"""What deploy/ and docs/centre.md tell an administrator to write is what the app reads: names, files, options."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from streamlit.config import get_config_options

from debrief.content.centre import load_admission
from debrief.domain.centre import Role

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
CENTRE_PAGE = (ROOT / "docs" / "centre.md").read_text(encoding="utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
CONTAINER = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
APPS = ("app1", "app2")


def in_fences(language: str) -> list[str]:
    """The code blocks of the administrator's page in a language."""
    return re.findall(rf"```{language}\n(.*?)```", CENTRE_PAGE, re.DOTALL)


def exported() -> dict[str, str]:
    """The environment that the page has an administrator set."""
    return dict(re.findall(r"(?m)^export (\w+)='?([^'\n]*)'?$", "\n".join(in_fences("sh"))))


def is_read(name: str) -> bool:
    """Whether the app, or Streamlit for it, reads a variable of the environment."""
    if name.startswith("STREAMLIT_"):
        return name in {option.env_var for option in get_config_options().values()}
    sources = [ROOT / "app.py", *(file for folder in ("debrief", "ui") for file in (ROOT / folder).rglob("*.py"))]
    return any(f'"{name}"' in file.read_text(encoding="utf-8") for file in sources)


def flags() -> Iterator[str]:
    """The options of Streamlit's command line that the page and the container use."""
    for text in (CENTRE_PAGE, CONTAINER):
        yield from re.findall(r"--((?:server|browser)\.\w+)", text)


@pytest.mark.parametrize("name", sorted({*exported(), *COMPOSE["services"]["app1"]["environment"]}))
def test_the_app_reads_what_the_environment_is_to_say(name: str) -> None:
    assert is_read(name)


def test_a_name_that_nobody_reads_would_be_found() -> None:
    assert not is_read("DEBRIEF_DATABSE_URL")
    assert not is_read("STREAMLIT_SERVER_ADRESS")


def test_the_page_and_the_compose_file_set_the_same() -> None:
    for app in APPS:
        assert set(COMPOSE["services"][app]["environment"]) == set(exported())


def test_names_of_hosts_are_told_apart_as_streamlit_tells_them_apart() -> None:
    for told in (exported(), COMPOSE["services"]["app1"]["environment"]):
        names = told["STREAMLIT_SERVER_ALLOWED_HOSTS"]
        assert "," not in names  # a list with commas would be one name, under which nobody asks
        assert len(names.split()) == 2


def test_every_option_on_the_command_line_is_one_of_streamlits() -> None:
    assert set(flags()) <= set(get_config_options())


def test_what_the_compose_file_leaves_open_is_told_on_the_page() -> None:
    open_ = set(re.findall(r"\$\{(\w+)\}", (DEPLOY / "compose.yaml").read_text(encoding="utf-8")))

    assert open_ == {"DEBRIEF_HOST", "KEEPER_PASSWORD", "APP_PASSWORD"}
    assert all(name in CENTRE_PAGE for name in open_)


def test_the_files_that_containers_are_given_are_there_or_told() -> None:
    given = {volume.split(":")[0] for one in COMPOSE["services"].values() for volume in one.get("volumes", ())}
    for name in given - set(COMPOSE["volumes"]):
        assert (DEPLOY / name).exists() or name == "./secrets.toml", name
    for source in re.findall(r"(?m)^COPY (.+) \S+$", CONTAINER):
        assert all((ROOT / part).exists() for part in source.split()), source


def test_nginx_knows_the_replicas_by_their_names_and_port() -> None:
    served = re.findall(r"(?m)^    server (\w+):(\d+) ", (DEPLOY / "nginx.conf").read_text(encoding="utf-8"))

    assert served == [(app, "8501") for app in APPS]
    assert set(APPS) <= set(COMPOSE["services"])
    assert "EXPOSE 8501" in CONTAINER


def test_the_list_of_people_is_read_as_it_is_shipped() -> None:
    listed = load_admission(DEPLOY / "centre.yaml")

    assert Role.ADMINISTRATOR in listed.roles.values()


def test_the_secrets_have_the_keys_that_signing_in_needs() -> None:
    secrets = tomllib.loads((DEPLOY / "secrets.example.toml").read_text(encoding="utf-8"))

    assert set(secrets["auth"]) == {
        "redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url",
    }  # fmt: skip
    assert secrets["auth"]["redirect_uri"].endswith("/oauth2callback")


def test_the_notes_for_kubernetes_parse_and_probe_by_a_name_that_is_allowed() -> None:
    annotations, probe = (yaml.safe_load(block) for block in in_fences("yaml"))

    assert annotations["nginx.ingress.kubernetes.io/affinity"] == "cookie"
    asked = probe["readinessProbe"]["httpGet"]
    assert (asked["path"], asked["port"]) == ("/_stcore/health", 8501)
    assert {"name": "Host", "value": exported()["STREAMLIT_SERVER_ALLOWED_HOSTS"].split()[0]} in asked["httpHeaders"]
