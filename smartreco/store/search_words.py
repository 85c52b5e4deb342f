"""Words of the catalogue as a search reads them, and what a misspelt one may have meant.

Built once for a state of the catalogue and lent to each search as Arrow tables: a search
then scans a few thousand short texts instead of joining five tables.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import pandas as pd
import pyarrow as pa

from smartreco.store.connection import Cursor
from smartreco.store.registered import registered

POPULAR_WEEKS: Final = 13  # a product is popular with the shops that ordered it this lately
MOST_WORDS: Final = 8  # of a query that are read
ONE_TYPO_FROM, TWO_TYPOS_FROM = 4, 8  # letters of a word: shorter ones are taken as they stand
MEANT: Final = 6  # words that a misspelt one is taken for, at most
INDEX, WORDS = "search_index", "search_words"
_DROPPED: Final = re.compile("[\u0300-\u036f'’`]")  # accents, and signs inside a word
_BETWEEN: Final = re.compile(r"(?:(?![\u0900-\u0dff])[\W_])+")  # Indic vowel signs belong to words
_UNIT: Final = re.compile(r"(\d)([^\W\d_])")

_INDEX: Final = f"""
    WITH popular AS (
        SELECT product_key, count(DISTINCT retailer_key) AS shops FROM weekly_sales
        WHERE week > (SELECT max(week) FROM weekly_sales) - {7 * POPULAR_WEEKS}
        GROUP BY product_key
    ), first AS (
        SELECT product_key, min(week) AS week FROM weekly_sales GROUP BY product_key
    )
    SELECT k.slot, p.product_key, lower(k.product_id) AS low_id, k.name, k.category, k.vendor,
           k.category_at, k.vendor_at, k.unit_price::DOUBLE AS unit_price,
           coalesce(k.on_hand > 0, true) AS in_stock, k.name_words, k.words,
           coalesce(p.launched_on, first.week) AS since, coalesce(popular.shops, 0) AS shops
    FROM known k JOIN products p USING (product_id)
    LEFT JOIN popular USING (product_key) LEFT JOIN first USING (product_key)
    WHERE k.active ORDER BY k.slot
"""
_WORDS: Final = r"""
    SELECT word, count(*) AS products, regexp_matches(word, '\d') AS number
    FROM (SELECT DISTINCT slot, unnest(string_split(trim(words), ' ')) AS word FROM built)
    WHERE word <> '' GROUP BY word
"""
# One slip, two neighbours swapped as well, leaves one of three pieces as it was: a word
# without any of them needs no distance. Numbers are not misspelt words.
_NEAR: Final = f"""
    WITH alike AS MATERIALIZED (
        SELECT word, products FROM {WORDS}
        WHERE NOT number AND length(word) >= length($word) - $slips
          AND (contains(word, $first) OR contains(word, $middle) OR contains(word, $last))
    ), near AS MATERIALIZED (
        SELECT word, products, least(
            damerau_levenshtein($word, word),
            CASE WHEN length(word) > length($word)
                 THEN damerau_levenshtein($word, left(word, length($word))) ELSE 99 END
        ) AS slips
        FROM alike
    )
    SELECT word FROM near
    WHERE slips <= $slips AND slips = (SELECT min(slips) FROM near)
    ORDER BY products DESC, word LIMIT {MEANT}
"""


@dataclass(frozen=True)
class SearchIndex:
    """Products that can be ordered, and the words they are known by.

    Attributes
    ----------
    products
        A row a product, in the order of the catalogue: slot (its row there), product_key,
        low_id, name, category, vendor, category_at, vendor_at, unit_price, in_stock,
        name_words, words, since, shops (that ordered it in the last `POPULAR_WEEKS` weeks).
    words
        word, products (that carry it), number (has a digit).
    categories, vendors
        Names by category_at and vendor_at; a product without a vendor has -1.
    """

    products: pa.Table
    words: pa.Table
    categories: tuple[str, ...]
    vendors: tuple[str, ...]


def build(cursor: Cursor, catalogue: pd.DataFrame) -> SearchIndex:
    """Read the index of a catalogue (`smartreco.store.catalogue.products`)."""
    columns = ["product_id", "name", "category", "subcategory", "vendor", "unit_price", "active",
               "on_hand"]  # fmt: skip
    known = catalogue[columns].reset_index(drop=True).rename_axis("slot").reset_index()
    said = known[["name", "product_id", "category", "subcategory", "vendor"]].fillna("")
    known["category_at"], categories = known["category"].factorize(sort=True)
    known["vendor_at"], vendors = known["vendor"].factorize(sort=True)
    known["words"] = [f" {clean(' '.join(row))}" for row in said.itertuples(index=False)]
    known["name_words"] = [f" {clean(name)}" for name in known["name"]]
    with registered(cursor, known=known):
        built = cursor.execute(_INDEX).df()
    with registered(cursor, built=built):
        words = cursor.execute(_WORDS).df()
    return SearchIndex(_arrow(built), _arrow(words), tuple(categories), tuple(vendors))


def clean(text: str) -> str:
    """Words in small letters without accents and signs; a number stands apart from its unit.

    >>> clean("Rosé d'Anjou, 750ml")
    'rose danjou 750 ml'
    """
    plain = _DROPPED.sub("", unicodedata.normalize("NFKD", text).lower())
    return _BETWEEN.sub(" ", _UNIT.sub(r"\1 \2", plain)).strip()


def meant(cursor: Cursor, word: str) -> list[str]:
    """Words of the catalogue that a misspelt one stands for, the commonest first."""
    if len(word) < ONE_TYPO_FROM:
        return []
    cuts = [round(part * len(word) / 3) for part in range(4)]
    first, middle, last = (word[start:stop] for start, stop in pairwise(cuts))
    rows = cursor.execute(
        _NEAR,
        {
            "word": word, "slips": 2 if len(word) >= TWO_TYPOS_FROM else 1,
            "first": first, "middle": middle, "last": last,
        },
    ).fetchall()  # fmt: skip
    return [str(found) for (found,) in rows]


def _arrow(frame: pd.DataFrame) -> pa.Table:
    return pa.Table.from_pandas(frame, preserve_index=False)
