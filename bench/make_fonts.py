"""Makes data/fonts/noto anew: the fonts of PDF files, without hints and without what names and notes never hold.

Not part of any run. It needs fontTools, in an environment of its own, and the fonts as published:

    python3 -m venv /tmp/fonts && /tmp/fonts/bin/pip install fonttools
    cd /tmp/fonts && apt-get download fonts-noto-core fonts-noto-cjk && npm pack @expo-google-fonts/noto-emoji
    for package in *.deb; do dpkg-deb -x $package published; done && tar -xf *.tgz -C published
    /tmp/fonts/bin/python -m bench.make_fonts /tmp/fonts/published
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from fontTools.subset import Options, Subsetter, load_font, save_font
from fontTools.ttLib import TTFont

FOLDER = Path(__file__).resolve().parent.parent / "data" / "fonts" / "noto"
SCRIPTS = (
    "Adlam", "Arabic", "Armenian", "Bengali", "CanadianAboriginal", "Cherokee", "Devanagari", "Ethiopic", "Georgian",
    "Gujarati", "Gurmukhi", "Hebrew", "Javanese", "Kannada", "Khmer", "Lao", "Malayalam", "Math", "Mongolian",
    "Myanmar", "NKo", "OlChiki", "Oriya", "Sinhala", "Symbols", "Symbols2", "Syriac", "Tamil", "Telugu", "Thaana",
    "Thai", "Tifinagh", "Vai", "Yi",
)  # fmt: skip
"""Scripts that people write in today, and signs. Latin, Greek and Cyrillic have the one bold font."""
FILES = ("NotoSans-Regular", "NotoSans-Bold", *(f"NotoSans{script}-Regular" for script in SCRIPTS))
CJK = "NotoSansCJK-Regular.ttc"
SIMPLIFIED_CHINESE = 2
"""Which of the fonts in the collection: the one whose other forms go by the language of the text."""
CJK_FEATURES = ["locl", "ccmp", "ljmo", "vjmo", "tjmo"]
"""Japanese and Korean forms of the same characters, and syllables put together from letters."""
ELSEWHERE = range(0x2500)
"""Latin letters and most signs of the Chinese font are not taken, but for the Korean letters."""
KOREAN_LETTERS = range(0x1100, 0x1200)


def make_fonts(published: Path) -> None:
    """Writes the fonts, the list of the characters that they hold together, and their checksums."""
    for old in FOLDER.glob("Noto*.?tf"):
        old.unlink()
    held: set[int] = set()
    for name in FILES:
        held |= _slimmed(_one(published, f"{name}.ttf"), FOLDER / f"{name}.ttf", _options(["*"]))
    held |= _slimmed(_one(published, "NotoEmoji_400Regular.ttf"), FOLDER / "NotoEmoji-Regular.ttf", _options(["*"]))
    held |= _slimmed(_one(published, CJK), FOLDER / "NotoSansCJK-Regular.otf", _cjk_options())
    (FOLDER / "characters.txt").write_text("\n".join(_ranges(held)) + "\n", encoding="ascii")
    made = sorted([*FOLDER.glob("Noto*.?tf"), FOLDER / "characters.txt"])
    sums = (f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}" for file in made)
    (FOLDER / "SHA256SUMS").write_text("\n".join(sums) + "\n", encoding="ascii")


def _one(published: Path, name: str) -> Path:
    found = sorted(published.rglob(name))
    if len(found) != 1:
        raise SystemExit(f"{name} is wanted once under {published} and is there {len(found)} times.")
    return found[0]


def _options(features: list[str]) -> Options:
    options = Options()
    options.hinting = False
    options.layout_features = features
    options.notdef_outline = True
    options.name_IDs = ["*"]
    return options


def _cjk_options() -> Options:
    """Lines run from left to right here: what vertical ones need is left out."""
    options = _options(CJK_FEATURES)
    options.font_number = SIMPLIFIED_CHINESE
    options.drop_tables += ["vhea", "vmtx", "VORG"]
    return options


def _slimmed(source: Path, target: Path, options: Options) -> set[int]:
    """Writes the font with what is wanted of it; gives back the characters that it holds."""
    font = load_font(source, options, dontLoadGlyphNames=True)
    wanted = set(font.getBestCmap())
    if source.name == CJK:
        wanted = {code for code in wanted if code not in ELSEWHERE or code in KOREAN_LETTERS}
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=wanted)
    subsetter.subset(font)
    save_font(font, target, options)
    with TTFont(target) as made:
        return set(made.getBestCmap())


def _ranges(codes: Iterable[int]) -> Iterator[str]:
    """The characters as ranges, in hexadecimal: "0020-007E"."""
    for _, run in groupby(enumerate(sorted(codes)), key=lambda pair: pair[1] - pair[0]):
        numbers = [code for _, code in run]
        yield f"{numbers[0]:04X}-{numbers[-1]:04X}"


if __name__ == "__main__":
    make_fonts(Path(sys.argv[1]))
