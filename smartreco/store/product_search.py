"""Finding products as people type: words in any order, beginnings, a slip of the finger.

A text is read in four ways, from the strictest to the loosest, and the first that finds
anything is the answer: all words begin a word of the product; all stand somewhere inside;
misspelt ones taken for what they resemble; at least some of them. The answer says which it was.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from smartreco.store.connection import Cursor
from smartreco.store.search_words import INDEX, MOST_WORDS, WORDS, SearchIndex, clean, meant

LIKED: Final = "search_liked"
EPOCH: Final = date(1970, 1, 1)
TELLING: Final = 3  # letters of a word that may stand for a whole text


class Sort(StrEnum):
    """What stands first."""

    RELEVANCE = "relevance"  # the closest match, then what similar shops order
    POPULAR = "popular"  # what similar shops order, then what most shops do
    PRICE_UP = "price-up"
    PRICE_DOWN = "price-down"
    NAME = "name"
    NEWEST = "newest"


class Match(StrEnum):
    """How a text was read."""

    WORDS = "words"  # as it was typed
    INSIDE = "inside"  # in the midst of words
    CLOSEST = "closest"  # misspelt words taken for the nearest of the catalogue
    SOME = "some"  # only some of its words
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader looks for. Empty means everything; prices are for one piece.

    ``mine``: True what the shop has ordered, False what it never did, None both.
    """

    text: str = ""
    categories: tuple[str, ...] = ()
    vendors: tuple[str, ...] = ()
    price_low: float | None = None
    price_high: float | None = None
    in_stock: bool = False
    mine: bool | None = None
    sort: Sort = Sort.RELEVANCE
    limit: int = 24
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Hit:
    """One product: its row in the catalogue, and the shop's orders of it."""

    at: int
    orders: int
    last_on: date | None


@dataclass(frozen=True, slots=True)
class Hits:
    """A page of what was found.

    ``total`` : with all filters; ``unfiltered`` : by the text alone. A facet counts what
    its choice would leave under the other filters. ``read_as`` : the words searched with.
    """

    hits: tuple[Hit, ...]
    total: int
    unfiltered: int
    categories: Mapping[str, int]
    vendors: Mapping[str, int]
    match: Match
    read_as: str


_FOUND: Final = f"""
    WITH own AS (
        SELECT product_key, count(DISTINCT order_key) AS orders, max(ordered_on) AS last_on
        FROM order_lines
        WHERE retailer_key = (SELECT retailer_key FROM retailers WHERE retailer_id = $retailer)
          AND order_key NOT IN (SELECT order_key FROM orders WHERE status = 'cancelled')
        GROUP BY product_key
    ), found AS (
        SELECT i.slot, i.name, i.category_at, i.vendor_at, i.unit_price, i.since, i.shops,
               l.liked, coalesce(own.orders, 0) AS orders, own.last_on, {{place}} AS place,
               {{category}} AS in_category, {{vendor}} AS in_vendor
        FROM {INDEX} i LEFT JOIN own USING (product_key) LEFT JOIN {LIKED} l USING (slot)
        WHERE {{text}} AND {{rest}}
    )
"""
_ORDERED: Final = """
    SELECT slot, orders, coalesce(last_on - DATE '1970-01-01', -1) AS last_day,
           category_at, vendor_at, in_category, in_vendor
    FROM found ORDER BY {order}, slot
"""
_ORDER: Final[Mapping[Sort, str]] = {
    Sort.RELEVANCE: "place, liked DESC NULLS LAST, shops DESC, name",
    Sort.POPULAR: "liked DESC NULLS LAST, shops DESC, name",
    Sort.PRICE_UP: "unit_price NULLS LAST, place, name",
    Sort.PRICE_DOWN: "unit_price DESC NULLS LAST, place, name",
    Sort.NAME: "lower(name), place",
    Sort.NEWEST: "since DESC NULLS LAST, place, liked DESC NULLS LAST",
}


@dataclass(frozen=True)
class _Reading:
    """A text as SQL: what it lets through, what stands first, and the values of both."""

    match: Match
    text: str = "true"
    place: str = "0"
    read_as: str = ""
    values: Mapping[str, object] = field(default_factory=dict)


def search(
    cursor: Cursor, index: SearchIndex, wanted: Wanted, retailer_id: str,
    liked: npt.NDArray[np.floating],
) -> Hits:  # fmt: skip
    """One page of what a shop looks for.

    Parameters
    ----------
    liked
        How much shops like this one order each product of the catalogue: decides among
        products that match alike.
    """
    rows = pa.table({"slot": np.arange(len(liked)), "liked": liked})
    cursor.register(INDEX, index.products).register(WORDS, index.words).register(LIKED, rows)
    try:
        reading, unfiltered = _read(cursor, wanted.text)
        return _answer(cursor, index, wanted, retailer_id, reading, unfiltered)
    finally:
        for name in (INDEX, WORDS, LIKED):
            cursor.unregister(name)


def _read(cursor: Cursor, text: str) -> tuple[_Reading, int]:
    """The strictest reading that finds anything, and how much."""
    for reading in _readings(cursor, text):
        row = cursor.execute(
            f"SELECT count(*) FROM {INDEX} i WHERE {reading.text}",
            {name: one for name, one in reading.values.items() if f"${name}" in reading.text},
        ).fetchone()
        if row is not None and row[0]:
            return reading, int(row[0])
    return _Reading(Match.NOTHING, "false", read_as=text), 0


def _readings(cursor: Cursor, text: str) -> Iterator[_Reading]:
    words = clean(text).split()[:MOST_WORDS]
    if not text.strip():
        yield _Reading(Match.WORDS)
    if not words:
        return
    plain = {"typed": text.strip().lower(), "begins": f" {' '.join(words)}"}
    starts = {f"word{at}": f" {word}" for at, word in enumerate(words)}
    yield _Reading(
        Match.WORDS, f"(i.low_id = $typed OR {_all(starts)})",
        _place(starts), text.strip(), plain | starts,
    )  # fmt: skip
    inside = {name: word.strip() for name, word in starts.items()}
    yield _Reading(Match.INSIDE, _all(inside), "0", text.strip(), inside)
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


def _closest(choices: Sequence[Sequence[str]]) -> _Reading:
    if not all(choices):
        return _Reading(Match.NOTHING, "false")
    tests, values = _tests(choices)
    return _Reading(
        Match.CLOSEST, " AND ".join(tests), "0", " ".join(one[0] for one in choices), values
    )


def _some(choices: Sequence[Sequence[str]]) -> _Reading:
    if not choices:
        return _Reading(Match.NOTHING, "false")
    tests, values = _tests(choices)
    place = "-(" + " + ".join(f"{test}::INTEGER" for test in tests) + ")"
    words = " ".join(one[0] for one in choices)
    return _Reading(Match.SOME, f"({' OR '.join(tests)})", place, words, values)


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


def _answer(
    cursor: Cursor, index: SearchIndex, wanted: Wanted, retailer_id: str, reading: _Reading,
    unfiltered: int,
) -> Hits:  # fmt: skip
    rest, values = _rest(wanted)
    values |= {"retailer": retailer_id, **reading.values}
    category, vendor = "true", "true"
    if wanted.categories:
        category, values["categories"] = "i.category IN (SELECT unnest($categories))", list(
            wanted.categories
        )  # fmt: skip
    if wanted.vendors:
        vendor = "coalesce(i.vendor IN (SELECT unnest($vendors)), false)"
        values["vendors"] = list(wanted.vendors)
    found = _FOUND.format(
        place=reading.place, category=category, vendor=vendor, text=reading.text, rest=rest
    )
    made = cursor.execute(found + _ORDERED.format(order=_ORDER[wanted.sort]), values).fetchnumpy()
    rows = {name: np.asarray(column) for name, column in made.items()}
    kept = np.flatnonzero(rows["in_category"] & rows["in_vendor"])
    shown = kept[wanted.offset : wanted.offset + wanted.limit]
    columns = (rows[name][shown].tolist() for name in ("slot", "orders", "last_day"))
    return Hits(
        tuple(_hit(*one) for one in zip(*columns, strict=True)), len(kept), unfiltered,
        _counted(rows["category_at"][rows["in_vendor"]], index.categories),
        _counted(rows["vendor_at"][rows["in_category"]], index.vendors),
        reading.match, reading.read_as,
    )  # fmt: skip


def _hit(slot: int, orders: int, last_day: int) -> Hit:
    return Hit(slot, orders, EPOCH + timedelta(days=last_day) if last_day >= 0 else None)


def _counted(codes: npt.NDArray[np.integer], names: Sequence[str]) -> dict[str, int]:
    counts = np.bincount(codes[codes >= 0], minlength=len(names))
    return {name: int(n) for name, n in zip(names, counts, strict=True) if n}


def _rest(wanted: Wanted) -> tuple[str, dict[str, object]]:
    """The filters that no facet counts."""
    tests, values = ["true"], dict[str, object]()
    if wanted.price_low is not None:
        tests.append("i.unit_price >= $price_low")
        values["price_low"] = wanted.price_low
    if wanted.price_high is not None:
        tests.append("i.unit_price <= $price_high")
        values["price_high"] = wanted.price_high
    if wanted.in_stock:
        tests.append("i.in_stock")
    if wanted.mine is not None:
        tests.append(f"own.orders IS {'NOT ' if wanted.mine else ''}NULL")
    return " AND ".join(tests), values
