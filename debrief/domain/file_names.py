"""What files are called: names that every system takes, in any script."""

from __future__ import annotations

import re
import unicodedata

LONGEST_FILE_NAME = 140
"""Characters, the ending included: room for a day and two names."""
LONGEST_PART = 60
"""Characters of one name in a file's name."""
_MOST_BYTES = 255
"""What most file systems take, whatever the script."""

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]+')
_RESERVED_ON_WINDOWS = re.compile(r"(?i)(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]) *(?:\.|$)")


def file_name(title: str, ending: str, *, otherwise: str = "note") -> str:
    """`title` without what is forbidden on any system, Windows too, and `.ending`.

    `otherwise` is the name of what has none, and comes before one that Windows keeps for itself.
    """
    name = unicodedata.normalize("NFC", title.encode("utf-8", "replace").decode("utf-8"))
    name = " ".join(_FORBIDDEN.sub(" ", name).split()).strip(" .")
    if not name or _RESERVED_ON_WINDOWS.match(name):
        name = f"{otherwise} {name}".strip()
    room = len(f".{ending}")
    name = name[: LONGEST_FILE_NAME - room].encode()[: _MOST_BYTES - room].decode(errors="ignore")
    return f"{name.strip(' .')}.{ending}"


def name_part(name: str) -> str:
    """One name among others in a file's name: letters, digits and what joins them alone; "interview" without any."""
    letters = (letter if unicodedata.category(letter)[0] in "LNM" or letter in "-'&" else " " for letter in name)
    return " ".join("".join(letters).split())[:LONGEST_PART].strip() or "interview"
