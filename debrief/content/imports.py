"""Reads content/<language>/imports/: the words by which columns and statuses are known, and the ready mappings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from pydantic import Field

from debrief.content.reader import Identifier, Location, Reading, Shape, Text, read
from debrief.domain.facts import Format
from debrief.domain.importing import Column, ImportWords, Meaning, ReadyMapping, Target, header_words
from debrief.errors import Problem


class ColumnShape(Shape):
    """Where a column can go."""

    label: Text
    headers: tuple[Text, ...] = Field(min_length=1)


class ColumnsShape(Shape):
    """The whole of columns.yaml."""

    columns: dict[Target, ColumnShape]


class MeaningShape(Shape):
    """What some status words say."""

    label: Text
    words: tuple[Text, ...] = Field(min_length=1)


class WordsShape(Shape):
    """The whole of words.yaml."""

    meanings: dict[Meaning, MeaningShape]
    formats: dict[Format, tuple[Text, ...]]
    blanks: tuple[Text, ...]
    events: tuple[Text, ...] = Field(min_length=1)


class ReadyShape(Shape):
    """One file of ready/."""

    id: Identifier
    name: Text
    signature: tuple[tuple[Text, ...], ...] = Field(min_length=1)
    columns: dict[str, Target] = Field(min_length=1)
    note: str = ""


def load(folder: Path, language: str = "en") -> tuple[ImportWords | None, tuple[Problem, ...]]:
    """The words of imports from `folder` (content/), or None with the problems that stand in the way."""
    place = folder / language / "imports"
    columns = read(place / "columns.yaml", ColumnsShape, relative_to=folder)
    words = read(place / "words.yaml", WordsShape, relative_to=folder)
    ready = [read(path, ReadyShape, relative_to=folder) for path in sorted((place / "ready").glob("*.yaml"))]
    problems = [problem for reading in (columns, words, *ready) for problem in reading.problems]
    if columns.value is None or words.value is None or problems:
        return None, tuple(problems)
    problems += [*_missing(columns, columns.value), *_unclear(words, words.value), *_doubled(ready)]
    if problems:
        return None, tuple(problems)
    return _words(columns.value, words.value, [reading.value for reading in ready if reading.value]), ()


def _missing(reading: Reading[ColumnsShape], shape: ColumnsShape) -> Iterator[Problem]:
    for target in Target:
        if target not in shape.columns:
            yield reading.problem(("columns",), f"the key {target.value} is expected: every place needs its words")


def _unclear(reading: Reading[WordsShape], shape: WordsShape) -> Iterator[Problem]:
    """A word with two meanings would be read by chance, and a meaning without a label cannot be chosen."""
    seen: dict[str, Meaning] = {}
    for meaning, one in shape.meanings.items():
        for index, word in enumerate(one.words):
            other = seen.setdefault(header_words(word), meaning)
            if other is not meaning:
                at: Location = ("meanings", meaning.value, "words", index)
                yield reading.problem(at, f"“{word}” stands under {other.value} already, and can mean one thing only")
    for meaning in Meaning:
        if meaning not in shape.meanings:
            yield reading.problem(("meanings",), f"the key {meaning.value} is expected: every meaning needs its words")


def _doubled(ready: Iterable[Reading[ReadyShape]]) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for reading in ready:
        shape = reading.value
        if shape is None:
            continue
        if shape.id in seen:
            yield reading.problem(("id",), f"an id of its own is expected; {seen[shape.id]} has this one")
        seen.setdefault(shape.id, reading.file)
        known = {header_words(header) for header in shape.columns}
        if not any(known & {header_words(name) for name in some} for some in shape.signature):
            yield reading.problem(("signature",), "headers that columns: sends somewhere are expected among these")


def _words(columns: ColumnsShape, words: WordsShape, ready: Iterable[ReadyShape]) -> ImportWords:
    return ImportWords(
        columns={
            target: Column(columns.columns[target].label, _normalised(columns.columns[target].headers))
            for target in Target
        },
        meanings={header_words(word): meaning for meaning, one in words.meanings.items() for word in one.words},
        meaning_labels={meaning: one.label for meaning, one in words.meanings.items()},
        formats={header_words(word): form for form, some in words.formats.items() for word in some},
        blanks=frozenset(word.casefold() for word in words.blanks),
        event_words=tuple(word.casefold() for word in words.events),
        ready=tuple(_ready(shape) for shape in ready),
    )


def _ready(shape: ReadyShape) -> ReadyMapping:
    return ReadyMapping(
        id=shape.id,
        name=shape.name,
        signature=tuple(frozenset(_normalised(some)) for some in shape.signature),
        columns={header_words(header): target for header, target in shape.columns.items()},
        note=shape.note,
    )


def _normalised(headers: Iterable[str]) -> tuple[str, ...]:
    return tuple(header_words(header) for header in headers)
