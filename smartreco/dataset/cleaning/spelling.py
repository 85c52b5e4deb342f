"""One spelling a name: case, spaces, signs, misspellings and synonyms.

Used for categories and vendors, of which a data set has few, each on many rows.
A misspelling is taken for one only if it is rare, the usual name is not, every
word is close to its counterpart, and the odd word is not one that products
carry in their own names (a shop may well sell two skirts among fifty shirts).
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

import pandas as pd

from smartreco.dataset.cleaning.texts import mend

RARE: Final = 2  # rows; a name on more is no slip of the pen,
RARE_SHARE: Final = 0.02  # unless the usual name has fifty times as many
USUAL: Final = 3  # rows that the usual name must have,
TIMES: Final = 3  # and times as many as the odd one

#: Other words for the categories of wholesale; each counts only where the data use its target.
SYNONYMS: Final[Mapping[str, str]] = {
    "clothing": "apparel", "clothes": "apparel", "garments": "apparel", "fashion": "apparel",
    "electronic goods": "electronics", "electronic": "electronics", "electricals": "electronics",
    "consumer durables": "durables", "durable goods": "durables", "white goods": "durables",
    "fast moving consumer goods": "fmcg", "consumer goods": "fmcg", "grocery": "fmcg",
    "essential goods": "essentials", "staples": "essentials", "necessities": "essentials",
}  # fmt: skip


@dataclass(frozen=True)
class Spellings:
    """For each distinct text as it came: the name to use, and why it differs."""

    name: Mapping[str, str]
    misspelled: frozenset[str]  # texts whose name is another one's
    synonym: frozenset[str]


def key(text: str) -> str:
    """Letters and digits of a name, small, words parted by one space, "&" as "and"."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("&", " and ")
    return " ".join("".join(s if s.isalnum() else " " for s in folded).split())


def spellings(texts: pd.Series, known_words: Collection[str] = ()) -> Spellings:
    """Choose one name for the texts that mean the same.

    Parameters
    ----------
    texts
        One text a row, missing ones left out.
    known_words
        Small words that are real because products carry them in their names.
    """
    rows = {str(text): int(n) for text, n in texts.value_counts().items()}
    keys = {text: key(mend(text)) for text in rows}
    size: Counter[str] = Counter()
    shown: dict[str, Counter[str]] = {}
    for text, n in rows.items():
        size[keys[text]] += n
        shown.setdefault(keys[text], Counter())[mend(text)] += n
    usual = {folded: _usual(counts) for folded, counts in shown.items()}
    synonym = {k: SYNONYMS[k] for k in size if _is_synonym(k, size)}
    slips = _slips({k: n for k, n in size.items() if k not in synonym}, frozenset(known_words))
    target = synonym | slips
    name = {text: usual[_end(folded, target)] for text, folded in keys.items()}
    return Spellings(
        name,
        frozenset(t for t, k in keys.items() if k not in synonym and name[t] != mend(t)),
        frozenset(t for t, k in keys.items() if k in synonym),
    )


def one_case(texts: pd.Series) -> dict[str, str]:
    """For each distinct text the usual spelling among those that differ in capitals only."""
    shown: dict[str, Counter[str]] = {}
    for text, n in texts.value_counts().items():
        shown.setdefault(str(text).casefold(), Counter())[str(text)] += int(n)
    usual = {folded: _usual(counts) for folded, counts in shown.items()}
    return {text: usual[folded] for folded, counts in shown.items() for text in counts}


def _usual(counts: Counter[str]) -> str:
    """The spelling on most rows; among equals one that is neither all capitals nor all small."""
    return min(counts, key=lambda t: (-counts[t], t in (t.upper(), t.lower()), t))


def _is_synonym(folded: str, size: Mapping[str, int]) -> bool:
    target = SYNONYMS.get(folded)
    return target is not None and size.get(target, 0) > size[folded]


def _end(folded: str, target: Mapping[str, str]) -> str:
    while folded in target:
        folded = target[folded]
    return folded


def _slips(size: Mapping[str, int], known: frozenset[str]) -> dict[str, str]:
    """Rare names and the usual name each is a misspelling of."""
    slips: dict[str, str] = {}
    usual = sorted((k for k, n in size.items() if n >= USUAL), key=lambda k: (-size[k], k))
    for odd in sorted(size, key=lambda k: (size[k], k)):
        for name in usual:
            if size[name] < TIMES * size[odd] or name == odd:
                break
            if size[odd] <= max(RARE, RARE_SHARE * size[name]) and _is_slip(odd, name, known):
                slips[odd] = name
                break
    return slips


def _is_slip(odd: str, name: str, known: frozenset[str]) -> bool:
    if odd.replace(" ", "") == name.replace(" ", ""):
        return True
    words, meant = odd.split(), name.split()
    if len(words) != len(meant):
        return False
    pairs = [(a, b) for a, b in zip(words, meant, strict=True) if a != b]
    return all(_plural(a, b) or (_near(a, b) and a not in known) for a, b in pairs)


def _plural(word: str, meant: str) -> bool:
    return min(len(word), len(meant)) > 2 and (word + "s" == meant or meant + "s" == word)


def _near(word: str, meant: str) -> bool:
    if any(sign.isdigit() for sign in word + meant) or len(meant) < 4:
        return False
    allowed = 1 if len(meant) < 8 else 2
    return abs(len(word) - len(meant)) <= allowed and distance(word, meant) <= allowed


def distance(a: str, b: str) -> int:
    """Signs to insert, delete, replace or swap with their neighbour to turn one into the other.

    The restricted Damerau-Levenshtein distance (optimal string alignment).

    >>> distance("electroncis", "electronics"), distance("candel", "candle")
    (1, 1)
    """
    before, row = [0] * (len(b) + 1), list(range(len(b) + 1))
    for i, x in enumerate(a, start=1):
        last, before, row = before, row, [i] + [0] * len(b)
        for j, y in enumerate(b, start=1):
            row[j] = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                row[j] = min(row[j], last[j - 2] + 1)
    return row[-1]
