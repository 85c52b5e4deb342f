"""EASE of low rank where both sides are large: run by `scale`, in a process of its own."""

from __future__ import annotations

import sys

import numpy as np
import scipy.sparse as sp

from smartreco.recommend.ease import LowRankEase

SHOPS = PRODUCTS = 20_000
EACH = 300  # products a shop
TASTES = 60


def purchases(rng: np.random.Generator) -> sp.csr_array:
    """Shops of many tastes, with popular and rare products."""
    popular = (np.arange(PRODUCTS) + 50.0) ** -0.8
    rows = []
    for taste in range(TASTES):
        chance = popular * rng.gamma(0.5, size=PRODUCTS)
        shops = SHOPS // TASTES + (taste < SHOPS % TASTES)
        rows.append(rng.choice(PRODUCTS, (shops, EACH), p=chance / chance.sum()))
    bought = np.sort(np.concatenate(rows), axis=1)
    start = np.arange(0, SHOPS * EACH + 1, EACH)
    matrix = sp.csr_array((np.ones(bought.size), bought.ravel(), start), shape=(SHOPS, PRODUCTS))
    matrix.sum_duplicates()
    return matrix


def main() -> None:
    """Fit once and answer for one shop, so that nothing is left undone."""
    rng = np.random.default_rng(0)
    matrix = purchases(rng)
    words = sp.random_array((PRODUCTS, 1_000), density=0.004, rng=rng, format="csr")
    ease = LowRankEase.fit(matrix, sp.csr_array(words), 200.0, int(sys.argv[1]))
    print(ease.score(sp.csr_array(matrix[:1])).max())


if __name__ == "__main__":
    main()
