"""Which form of EASE to fit: the cheapest exact one while it fits, else low rank."""

from __future__ import annotations

from typing import Final

import scipy.sparse as sp

from smartreco.recommend.ease.lowrank import LowRankEase
from smartreco.recommend.ease.product import ProductEase
from smartreco.recommend.ease.shop import ShopEase

Ease = ProductEase | ShopEase | LowRankEase

MOST_WORK: Final = 2e12
"""Multiplications in single precision that an exact form may take.

products³ reaches it at 12,600 products. Beyond it the low rank takes over, whose
time grows with the filled cells; `benchmarks/README.md` has what it costs.
"""

MOST_BYTES: Final = 2e9
"""Memory of the result of an exact form; fitting takes about as much again.

4 bytes a cell of products², or 16 a cell of shops x products.
"""


def fit_ease(purchases: sp.csr_array, attributes: sp.csr_array, ridge: float) -> Ease:
    """Fit in the cheaper of the two exact forms, or in low rank where neither fits.

    Parameters
    ----------
    purchases
        Shops x products.
    attributes
        Products x attributes, times their weight a; no columns leaves them out.
    ridge
        λ, above 0.
    """
    shops, products = purchases.shape
    return form_for(shops, products, attributes.shape[1]).fit(purchases, attributes, ridge)


def form_for(shops: int, products: int, attributes: int) -> type[Ease]:
    """The form that `fit_ease` takes."""
    exact: type[Ease] = ProductEase
    work, held = products_work(products), 4.0 * products**2
    if shops_are_cheaper(shops, products, attributes):
        exact = ShopEase
        work, held = shops_work(shops, products, attributes), 16.0 * shops * products
    return exact if work <= MOST_WORK and held <= MOST_BYTES else LowRankEase


def shops_are_cheaper(shops: int, products: int, attributes: int) -> bool:
    """Compare the multiplications of both exact forms."""
    return shops_work(shops, products, attributes) < products_work(products)


def products_work(products: int) -> float:
    """Factor and inverse of a products x products matrix in single precision."""
    return float(products) ** 3


def shops_work(shops: int, products: int, attributes: int) -> float:
    """The same measure for the side of the shops, in double precision: each counts twice.

    A kernel and its inverse, one product with all purchases, one with all
    attributes, and the attributes' own inverse.
    """
    kernel = 2.0 * shops**2 * products + 2.0 * shops**3
    return kernel + 2.0 * shops * products * attributes + 2.0 * attributes**3
