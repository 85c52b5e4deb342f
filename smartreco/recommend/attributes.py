"""What is known of a product without any sale: category, vendor, price, words of its name.

One sparse products x attributes matrix serves two scorers: content compares it
with what a shop buys, and the collaborative scorer takes each attribute for a
shop that ordered everything carrying it, so that a new product has neighbours.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import scipy.sparse as sp

from smartreco.columns import CATEGORY, LIST_PRICE, NAME, SUBCATEGORY, VENDOR

WORD: Final = "word"
PRICE: Final = "price"
PRICE_BANDS = 5
MOST_WORDS = 1000  # of the words that most products share: bounds the solve in `ease`


@dataclass(frozen=True)
class Attributes:
    """Products x attributes, and what each attribute is.

    Attributes
    ----------
    matrix
        1 where a product has a category, subcategory, vendor or price band; words of
        the name weigh by rarity (TF-IDF) and have length 1 together.
    kind
        category | subcategory | vendor | price | word, one an attribute.
    label
        The category's or vendor's name, the word, or the band's number from 1 (cheapest).
    """

    matrix: sp.csr_array
    kind: npt.NDArray[np.str_]
    label: npt.NDArray[np.str_]

    @classmethod
    def of_products(cls, products: pd.DataFrame) -> Attributes:
        """Read the product columns of `History.products`."""
        blocks = [
            _one_hot(products[column], column)
            for column in (CATEGORY, SUBCATEGORY, VENDOR)
            if column in products
        ]
        blocks += [_price_bands(products[LIST_PRICE]), _words(products[NAME])]
        return cls(
            matrix=sp.csr_array(sp.hstack([block.matrix for block in blocks], format="csr")),
            kind=np.concatenate([block.kind for block in blocks]),
            label=np.concatenate([block.label for block in blocks]),
        )

    def only(self, *kinds: str) -> sp.csr_array:
        """Columns of some kinds."""
        return sp.csr_array(self.matrix[:, np.isin(self.kind, kinds)])

    @cached_property
    def ids(self) -> npt.NDArray[np.str_]:
        """``kind:label`` of each attribute."""
        return np.char.add(np.char.add(self.kind, ":"), self.label)

    @property
    def rarity(self) -> npt.NDArray[np.float64]:
        """log(products / products carrying the attribute): what all carry says nothing."""
        products, attributes = self.matrix.shape
        carriers = np.bincount(self.matrix.indices, minlength=attributes)
        return np.asarray(np.log(max(products, 1) / np.maximum(carriers, 1)))


def _one_hot(values: pd.Series[str], kind: str) -> Attributes:
    code, names = values.factorize(sort=True)
    has = np.flatnonzero(code >= 0)
    return _block(
        has, code[has], np.ones(len(has)), len(values), [str(name) for name in names], kind
    )


def _price_bands(prices: pd.Series[float]) -> Attributes:
    price = prices.to_numpy(dtype=np.float64, na_value=np.nan)
    known = np.flatnonzero(np.isfinite(price))
    if not len(known):
        return _block(known, known, np.ones(0), len(price), [], PRICE)
    edges = np.quantile(price[known], np.arange(1, PRICE_BANDS) / PRICE_BANDS)
    band = np.searchsorted(edges, price[known], side="right")
    labels = [str(number + 1) for number in range(PRICE_BANDS)]
    return _block(known, band, np.ones(len(known)), len(price), labels, PRICE)


def _words(names: pd.Series[str]) -> Attributes:
    """Words of two or more letters that at least two names share, weighted by TF-IDF."""
    found = names.reset_index(drop=True).astype(str).str.lower().str.findall(r"[^\W\d_][\w']+")
    words = found.explode().dropna()
    pairs = pd.DataFrame({"product": words.index, "word": words.to_numpy()}).drop_duplicates()
    share = pairs["word"].value_counts()
    chosen = share[share >= 2].head(MOST_WORDS).index.sort_values()
    at = chosen.get_indexer(pd.Index(pairs["word"]))
    product, at = pairs["product"].to_numpy()[at >= 0], at[at >= 0]
    weight = 1 + np.log((1 + len(names)) / (1 + share[chosen].to_numpy(dtype=np.float64)))
    square = np.bincount(product, weight[at] ** 2, minlength=len(names))
    value = weight[at] / np.sqrt(square[product])
    return _block(product, at, value, len(names), [str(word) for word in chosen], WORD)


def _block(
    product: npt.NDArray[np.integer],
    attribute: npt.NDArray[np.integer],
    value: npt.NDArray[np.float64],
    products: int,
    labels: list[str],
    kind: str,
) -> Attributes:
    matrix = sp.csr_array((value, (product, attribute)), shape=(products, len(labels)))
    return Attributes(
        matrix, np.full(len(labels), kind, dtype="U11"), np.array(labels, dtype=np.str_)
    )
