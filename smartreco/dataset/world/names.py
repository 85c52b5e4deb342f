"""Names that shops and vendors could bear: surnames of the region, given names, lucky words.

Given names come from Faker's Indian locale; surnames and lucky words lie in `names.toml`
by region, so that a Chatterjee keeps shop in Kolkata more often than in Kochi.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from faker.providers.person.en_IN import Provider
from faker.providers.person.en_US import Provider as English

from smartreco.dataset.world.randomness import Floats, Ints, Randomness
from smartreco.dataset.world.shelves import CATEGORIES

_TRIES = 12
Words = np.ndarray[Any, np.dtype[Any]]


@cache
def words() -> Mapping[str, Mapping[str, Sequence[str]]]:
    """The file of names."""
    return tomllib.loads((Path(__file__).parent / "names.toml").read_text(encoding="utf-8"))


@cache
def given_names() -> tuple[str, ...]:
    """Given names of Faker's Indian locale, without English ones and a few odd ones."""
    english = {*English.first_names_female, *English.first_names_male, *words()["given"]["not"]}
    names = dict.fromkeys((*Provider.first_names_female, *Provider.first_names_male))
    return tuple(name for name in names if name not in english)


def shop_names(random: Randomness, titles: Sequence[Sequence[str]], regions: Words) -> list[str]:
    """A name for each shop, none twice; `titles` holds the patterns of each shop's kind."""
    return _unique(random, "shop name", titles, regions)


def vendor_names(random: Randomness, trades: Ints, regions: Words) -> list[str]:
    """A name for each vendor, none twice."""
    patterns = [words()["vendors"][CATEGORIES[trade]] for trade in trades]
    return _unique(random, "vendor name", patterns, regions)


def _unique(
    random: Randomness, stream: str, titles: Sequence[Sequence[str]], regions: Words
) -> list[str]:
    """Fill patterns; who finds a name taken tries again, then adds where the shop is.

    A name depends only on those before it, so that growing a world renames nobody.
    """
    shop, attempt, part = np.arange(len(titles)), np.arange(_TRIES), np.arange(5)
    draws = random.uniform(stream, shop[:, None, None], attempt[:, None], part)
    taken: set[str] = set()
    names = []
    for at, (patterns, region) in enumerate(zip(titles, regions, strict=True)):
        name = _free(draws[at], patterns, region, taken)
        taken.add(name)
        names.append(name)
    return names


def _free(draws: Floats, patterns: Sequence[str], region: str, taken: set[str]) -> str:
    """The first name that nobody bears."""
    pick: Callable[[Sequence[str], float], str] = lambda some, u: some[int(u * len(some))]  # noqa: E731
    name = ""
    for attempt, (title, surname, lucky, given, where) in enumerate(draws):
        name = pick(patterns, title).format(
            surname=pick(words()["surnames"][region], surname),
            lucky=pick(words()["lucky"][region], lucky),
            given=pick(given_names(), given),
        )
        if attempt >= _TRIES // 2:
            name += ", " + pick(words()["localities"]["names"], where)
        if name not in taken:
            return name
    return f"{name} No. {len(taken) + 1}"
