"""A centre's own content in a folder beside the app: its files stand in for the shipped ones of the same name.

The folder has the shape of content/ and holds only what differs: house rules,
a questionnaire, templates. The shipped files stay as they are and can be
updated.
"""

from __future__ import annotations

import atexit
import shutil
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from tempfile import mkdtemp
from typing import TypeAlias

from debrief.errors import Problem, Refused

CONTENT_VARIABLE = "DEBRIEF_CONTENT"
"""Names the folder."""
_OPEN_FOLDERS = ("rules", "critique", "templates", "scenarios")
"""Folders in which every file is read, whatever its name."""

Edited: TypeAlias = tuple[tuple[str, int], ...]
"""Files with the moment of their last edit."""


def own_folder(environment: Mapping[str, str]) -> Path | None:
    """The centre's folder, where there is one. Raises Refused where it is named and not there."""
    named = environment.get(CONTENT_VARIABLE, "").strip()
    if not named:
        return None
    folder = Path(named).absolute()
    if not folder.is_dir():
        raise Refused(f"{CONTENT_VARIABLE} names no folder: {folder}. Make it, or leave the setting out.")
    return folder


def overlaid(shipped: Path, own: Path | None) -> Path:
    """The folder to read: the shipped one, or a copy of it with the centre's own files put over it."""
    return shipped if own is None else _copy(shipped, own, edited(shipped), edited(own))


def edited(folder: Path) -> Edited:
    """What tells that files of a folder have changed."""
    return tuple((path.as_posix(), path.stat().st_mtime_ns) for path in sorted(folder.rglob("*.yaml")))


def strays(shipped: Path, own: Path | None) -> tuple[Problem, ...]:
    """Files of the centre's folder that nothing reads, so that a slip in a name does not pass unseen."""
    if own is None:
        return ()
    names = [path.relative_to(own) for path in sorted(own.rglob("*")) if path.is_file()]
    return tuple(
        Problem(name.as_posix(), 1, "file", "no file of this name is read: name it like the shipped one it stands for")
        for name in names
        if not (shipped / name).is_file() and not _is_read(name)
    )


def _is_read(name: Path) -> bool:
    return name.suffix == ".yaml" and name.parent.name in _OPEN_FOLDERS


@lru_cache(maxsize=2)
def _copy(shipped: Path, own: Path, *versions: Edited) -> Path:
    """The two folders as one, gone when the process ends."""
    del versions
    merged = Path(mkdtemp(prefix="debrief-content-"))
    atexit.register(shutil.rmtree, merged, ignore_errors=True)
    for source in (shipped, own):
        shutil.copytree(source, merged, dirs_exist_ok=True)
    return merged
