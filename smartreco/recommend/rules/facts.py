"""What rules need to know of each product, as arrays: no rule asks a database."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import scipy.sparse as sp

from smartreco.columns import CATEGORY, PRODUCT_ID, SUBCATEGORY, UNIT_COST, UNIT_PRICE, VENDOR_ID
from smartreco.columns import VENDOR as VENDOR_NAME
from smartreco.recommend.attributes import WORD, Attributes

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
ALIKE_BY: Final = (CATEGORY, SUBCATEGORY, VENDOR_NAME, WORD)


@dataclass(frozen=True)
class ProductFacts:
    """Products in the order of their positions in the model.

    Attributes
    ----------
    product_ids
        Ids by position.
    category, vendor
        Place in ``categories`` and ``vendors``; -1 where unknown.
    categories, vendors
        Names of categories and ids of vendors.
    price, cost
        In the currency of the data set, for one piece; NaN where unknown.
    features
        Products x attributes (category, subcategory, vendor, words of the name), each
        row of length 1, so that a product of two rows is their likeness 0..1.
    """

    product_ids: tuple[str, ...]
    category: Ints
    categories: tuple[str, ...]
    vendor: Ints
    vendors: tuple[str, ...]
    price: Floats
    cost: Floats
    features: sp.csr_array

    @classmethod
    def of_products(cls, products: pd.DataFrame, attributes: Attributes) -> ProductFacts:
        """Read ``product_id, category, vendor_id, unit_price, unit_cost``, a row a position.

        ``attributes`` are those of the same products (`Market.attributes`).
        """
        category, categories = products[CATEGORY].factorize(sort=True)
        vendor, vendors = products[VENDOR_ID].factorize(sort=True)
        return cls(
            product_ids=tuple(map(str, products[PRODUCT_ID])),
            category=category.astype(np.int64),
            categories=tuple(map(str, categories)),
            vendor=vendor.astype(np.int64),
            vendors=tuple(map(str, vendors)),
            price=products[UNIT_PRICE].to_numpy(dtype=np.float64, na_value=np.nan),
            cost=products[UNIT_COST].to_numpy(dtype=np.float64, na_value=np.nan),
            features=alike_by(attributes),
        )

    def __len__(self) -> int:
        return len(self.product_ids)

    @cached_property
    def margin(self) -> Floats:
        """(price - cost) / price; NaN where either is unknown or the price is not above 0."""
        price = np.where(self.price > 0, self.price, np.nan)
        return np.asarray((price - self.cost) / price)

    @cached_property
    def position(self) -> dict[str, int]:
        """Position of each product id."""
        return {key: at for at, key in enumerate(self.product_ids)}

    def in_category(self, name: str) -> npt.NDArray[np.bool_]:
        """Products of a category; none where nothing is known of it."""
        return np.asarray(self.category == _place(self.categories, name))

    def of_vendor(self, vendor_id: str) -> npt.NDArray[np.bool_]:
        """Products of a vendor; none where nothing is known of him."""
        return np.asarray(self.vendor == _place(self.vendors, vendor_id))

    def vendor_at(self, vendor_id: str) -> int | None:
        """Place of a vendor; None where nothing is known of him."""
        return self.vendors.index(vendor_id) if vendor_id in self.vendors else None


def alike_by(attributes: Attributes) -> sp.csr_array:
    """`ProductFacts.features` of some products."""
    return _of_length_one(attributes.only(*ALIKE_BY))


def _place(names: tuple[str, ...], name: str) -> int:
    return names.index(name) if name in names else -2  # -1 stands for products without one


def _of_length_one(matrix: sp.csr_array) -> sp.csr_array:
    length = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    scale = sp.dia_array(
        (np.where(length > 0, 1 / np.maximum(length, 1e-12), 0.0)[None, :], [0]),
        shape=(len(length), len(length)),
    )
    return sp.csr_array(scale @ matrix)
