"""What the parts of an import share: what was found in a file is kept while it is being looked at."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import TypeVar, cast

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from debrief.errors import DebriefError
from ui.kit.plain import plain_error

KeptT = TypeVar("KeptT")
_KEPT = "import.kept"
_FILES = "import.files"


def uploader_key() -> str:
    """The uploader's key: a new one after each import, so that it is empty again."""
    return f"import.file.{st.session_state.get(_FILES, 0)}"


def kept_for(chosen: UploadedFile, what: str, found: Callable[[], KeptT]) -> KeptT:
    """What `found` finds in this file, looked for once; what was kept of another file goes."""
    kept = st.session_state.setdefault(_KEPT, {})
    if kept.get("file") != chosen.file_id:
        kept.clear()
        kept["file"] = chosen.file_id
    place, _, version = what.partition(":")
    if place not in kept or kept[place][0] != version:
        kept[place] = (version, found())
    return cast("KeptT", kept[place][1])


def finish(what: str) -> None:
    """Tells what came in, and is ready for the next file."""
    st.session_state.pop(_KEPT, None)
    st.session_state[_FILES] = st.session_state.get(_FILES, 0) + 1
    st.session_state["import.done"] = f"{what} came in. If it is not what you wanted, Undo takes all of it back."
    st.rerun()


@contextmanager
def refusal_told() -> Generator[None]:
    """A refusal becomes a sentence right here, its list of rows and reasons below it."""
    try:
        yield
    except DebriefError as error:
        st.error(plain_error(error), icon=":material/error:")
