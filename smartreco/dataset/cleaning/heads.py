"""Coarse categories read off product names, where a data set has none.

In a trade name the thing itself stands towards the end ("Red Retrospot Lunch
Bag"), after words for colour, size and pattern. A word is taken as the name of
a category if it ends names often, both by number and by the share of its
appearances; words are added as long as each gathers enough products that no
other has. What is left is "Other", not a guess.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Final

import pandas as pd

OTHER: Final = "Other"
UNCATEGORISED: Final = "Uncategorised"

MOST: Final = 29  # categories beside "Other": what a filter can list
HEADS: Final = 24  # of them by words that end names; the rest by words found anywhere
SMALLEST_SHARE: Final = 0.008  # of the products, for a word to become a category
SMALLEST: Final = 5  # products
ENDING_SHARE: Final = 0.35  # of a word's appearances in which it ends the name

#: English words that describe rather than name: sizes, colours, matter, count, style.
DESCRIBING: Final = frozenset(
    {
        "a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "per", "the", "to",
        "with", "without", "no", "set", "sets", "pack", "packs", "pair", "pairs", "piece",
        "pieces", "pcs", "assorted", "asst", "asstd", "assortment", "design", "designs", "style",
        "type", "range", "collection", "new", "mini", "small", "medium", "large", "big", "jumbo",
        "giant", "tall", "long", "short", "round", "square", "oval", "single", "double", "triple",
        "light", "dark", "red", "blue", "green", "yellow", "pink", "white", "black", "purple",
        "orange", "brown", "grey", "gray", "silver", "gold", "golden", "ivory", "cream",
        "turquoise", "lilac", "beige", "multi", "multicolour", "colour", "color", "coloured",
        "colours", "metal", "wood", "wooden", "plastic", "paper", "glass", "ceramic", "zinc",
        "enamel", "cotton", "felt", "wool", "steel", "iron", "leather", "crystal", "vintage",
        "retro", "antique", "classic", "modern", "traditional", "painted", "hanging",
    }
)  # fmt: skip


def categories_from_names(names: pd.Series) -> pd.Series:
    """A category for each product name.

    Returns
    -------
    Series
        Same index; "Uncategorised" throughout where names share too few words.
    """
    words = [_telling(name) for name in names.fillna("")]
    singular = _singulars(Counter(word for told in words for word in set(told)))
    told = [[singular.get(word, word) for word in row] for row in words]
    chosen = _choose(told)
    if not chosen:
        return pd.Series(UNCATEGORISED, index=names.index, dtype="str")
    shown = {word: _shown(word, singular, share) for word, share in chosen.items()}
    picked = [
        max((w for w in row if w in chosen), key=chosen.__getitem__, default="") for row in told
    ]
    return pd.Series([shown.get(word, OTHER) for word in picked], index=names.index, dtype="str")


def _telling(name: str) -> list[str]:
    words = re.findall(r"[^\W\d_]{3,}", name.casefold())
    return [word for word in words if word not in DESCRIBING]


def _singulars(words: Mapping[str, int]) -> dict[str, str]:
    """Plurals whose singular is a word of the names too."""
    found = {}
    for word in words:
        if not word.endswith("s") or word.endswith("ss"):
            continue
        shorter = [word[:-3] + "y"] if word.endswith("ies") else []
        shorter += [word[:-1], word[:-2]] if word.endswith("es") else [word[:-1]]
        stem = next((stem for stem in shorter if stem in words), None)
        if stem is not None:
            found[word] = stem
    return found


def _choose(told: list[list[str]]) -> dict[str, float]:
    """Words that become categories, each with the share of names it ends."""
    holders: dict[str, set[int]] = {}
    for at, row in enumerate(told):
        for word in row:
            holders.setdefault(word, set()).add(at)
    ends = Counter(row[-1] for row in told if row)
    share = {word: ends[word] / len(held) for word, held in holders.items()}
    floor = max(SMALLEST, SMALLEST_SHARE * len(told))
    large = {word: held for word, held in holders.items() if len(held) >= floor}
    heads = [word for word in large if share[word] >= ENDING_SHARE]
    chosen: dict[str, float] = {}
    free = set(range(len(told)))
    for candidates, most in ((heads, HEADS), (list(large), MOST)):
        while len(chosen) < most:
            best = max(
                (word for word in candidates if word not in chosen),
                key=lambda word: (len(large[word] & free), word), default=None,
            )  # fmt: skip
            if best is None or len(large[best] & free) < floor:
                break
            chosen[best] = share[best]
            free -= large[best]
    return chosen


def _shown(word: str, singular: Mapping[str, str], share: float) -> str:
    """A thing in the plural, a theme (a word that rarely ends names) as it is."""
    many = next((many for many, one in sorted(singular.items()) if one == word), None)
    if many is None and (share < ENDING_SHARE or word.endswith("s")):
        return word.capitalize()
    if many is None:
        many = word + ("es" if word.endswith(("x", "ch", "sh")) else "s")
    return many.capitalize()
