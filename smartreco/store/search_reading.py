"""A text that is typed into a search, read as a question to the catalogue.

It is read in four ways, from the strictest to the loosest, and the first that finds
anything is the answer: all words begin a word of the product; all stand somewhere inside;
misspelt ones taken for what they resemble; at least some of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from smartreco.store.connection import Cursor
from smartreco.store.search_words import INDEX, MOST_WORDS, WORDS, clean, meant

TELLING: Final = 3  # letters of a word that may stand for a whole text


class Match(StrEnum):
    """How a text was read."""

    WORDS = "words"  # as it was typed
    INSIDE = "inside"  # in the midst of words
    CLOSEST = "closest"  # misspelt words taken for the nearest of the catalogue
    SOME = "some"  # only some of its words
    NOTHING = "nothing"


@dataclass(frozen=True)
class Reading:
    """A text as SQL: what it lets through, what stands first, and the values of both."""

    match: Match
    text: str = "true"
    place: str = "0"
    read_as: str = ""
    values: Mapping[str, object] = field(default_factory=dict)


def read(cursor: Cursor, text: str) -> tuple[Reading, int]:
    """The strictest reading that finds anything, and how much."""
    for reading in _readings(cursor, text):
        row = cursor.execute(
            f"SELECT count(*) FROM {INDEX} i WHERE {reading.text}",
            {name: one for name, one in reading.values.items() if f"${name}" in reading.text},
        ).fetchone()
        if row is not None and row[0]:
            return reading, int(row[0])
    return Reading(Match.NOTHING, "false", read_as=text), 0


def _readings(cursor: Cursor, text: str) -> Iterator[Reading]:
    words = clean(text).split()[:MOST_WORDS]
    if not text.strip():
        yield Reading(Match.WORDS)
    if not words:
        return
    plain = {"typed": text.strip().lower(), "begins": f" {' '.join(words)}"}
    starts = {f"word{at}": f" {word}" for at, word in enumerate(words)}
    yield Reading(
        Match.WORDS, f"(i.low_id = $typed OR {_all(starts)})",
        _place(starts), text.strip(), plain | starts,
    )  # fmt: skip
    inside = {name: word.strip() for name, word in starts.items()}
    yield Reading(Match.INSIDE, _all(inside), "0", text.strip(), inside)
    choices = [_choices(cursor, word) for word in words]
    yield _closest(choices)
    if len(words) > 1:
        telling = zip(words, choices, strict=True)
        yield _some([one for word, one in telling if len(word) >= TELLING and one])


def _place(starts: Mapping[str, object]) -> str:
    """The id itself, then an id or a name that begins so, then all words in the name."""
    in_name = " AND ".join(f"contains(i.name_words, ${name})" for name in starts)
    return f"""CASE WHEN i.low_id = $typed THEN 0 WHEN starts_with(i.low_id, $typed) THEN 1
        WHEN i.name_words = $begins THEN 1 WHEN starts_with(i.name_words, $begins) THEN 2
        WHEN {in_name} THEN 3 ELSE 4 END"""


def _choices(cursor: Cursor, word: str) -> list[str]:
    """The word itself where the catalogue has one that begins so, else what it may have meant."""
    row = cursor.execute(
        f"SELECT 1 FROM {WORDS} WHERE starts_with(word, ?) LIMIT 1", [word]
    ).fetchone()
    return [word] if row else meant(cursor, word)


def _closest(choices: Sequence[Sequence[str]]) -> Reading:
    if not all(choices):
        return Reading(Match.NOTHING, "false")
    tests, values = _tests(choices)
    return Reading(
        Match.CLOSEST, " AND ".join(tests), "0", " ".join(one[0] for one in choices), values
    )


def _some(choices: Sequence[Sequence[str]]) -> Reading:
    if not choices:
        return Reading(Match.NOTHING, "false")
    tests, values = _tests(choices)
    place = "-(" + " + ".join(f"{test}::INTEGER" for test in tests) + ")"
    words = " ".join(one[0] for one in choices)
    return Reading(Match.SOME, f"({' OR '.join(tests)})", place, words, values)


def _tests(choices: Sequence[Sequence[str]]) -> tuple[list[str], dict[str, object]]:
    values: dict[str, object] = {}
    tests = []
    for at, words in enumerate(choices):
        names = {f"word{at}_{number}": f" {word}" for number, word in enumerate(words)}
        values |= names
        tests.append("(" + " OR ".join(f"contains(i.words, ${name})" for name in names) + ")")
    return tests, values


def _all(names: Mapping[str, object]) -> str:
    return "(" + " AND ".join(f"contains(i.words, ${name})" for name in names) + ")"
