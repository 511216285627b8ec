"""The command line where DEBRIEF_MODE is server: whose record must be said, and only administrators may."""

from __future__ import annotations

import getpass
import os
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import click
from click.core import ParameterSource

from debrief.errors import Refused
from debrief.mode import Mode, mode_said
from debrief.usecases.actor import Actor


def caller() -> Actor | None:
    """The administrator who runs this command on a server; None elsewhere. Raises Refused for anybody else."""
    if mode_said([], os.environ) is not Mode.SERVER:
        return None
    from debrief.content.centre import load_admission, named_file  # noqa: PLC0415
    from debrief.usecases.centre.command_line import administrator  # noqa: PLC0415

    return administrator(load_admission(named_file(os.environ)), _system_user())


def allowed_owner(ctx: click.Context, param: click.Parameter, owner: str) -> str:
    """The owner that a command names. On a server it must be named, and the caller an administrator."""
    if caller() is not None and ctx.get_parameter_source(str(param.name)) is ParameterSource.DEFAULT:
        raise click.UsageError("On a server many records are kept. Say whose with --owner.", ctx)
    return owner


def note(store: Any, now: datetime, owner: str) -> None:
    """Writes into a server's log which command worked on whose record."""
    administrator = caller()
    if administrator is None:
        return
    from debrief.usecases.centre.command_line import note_command  # noqa: PLC0415

    command = click.get_current_context().info_name or "debrief"
    note_command(administrator, store, now, command, owner)


def _system_user() -> str:
    """The system's own word for who runs this, where it has one: the environment can be set to anything."""
    try:
        import pwd  # noqa: PLC0415
    except ImportError:
        return getpass.getuser()
    return pwd.getpwuid(os.geteuid()).pw_name


def erase_overdue(database: str | None, now: datetime, *, dry_run: bool) -> Iterator[str]:
    """Erases the members whose time is up, and gives a receipt of each; a dry run names them. Raises Refused."""
    administrator = caller()
    if administrator is None:
        raise Refused("Only a server has members. Set DEBRIEF_MODE=server, and DEBRIEF_CENTRE to the centre's list.")
    from debrief.content.centre import load_admission, named_file  # noqa: PLC0415
    from debrief.store import open_store  # noqa: PLC0415
    from debrief.usecases.centre.administration import keep_retention, overdue  # noqa: PLC0415

    days = load_admission(named_file(os.environ)).retention_days
    if days is None:
        raise Refused("The centre's list sets no retention_days, so nobody is overdue.")
    store = open_store(database)
    click.get_current_context().call_on_close(store.close)
    if dry_run:
        for member in overdue(administrator, store, now, days):
            yield f"{member.owner} {member.name}, last here {member.seen_at:%Y-%m-%d}"
    else:
        yield from (receipt.text for receipt in keep_retention(administrator, store, now, days))
