"""What shops buy beside a vendor's products: from others, of his own, of other categories.

Whether a shop buys from others is not a vendor's to know. So shops are counted in pools in
which both his buyers and the others are none or `partition.FEWEST` and more, made from the
cells of the one partition by merging, never by a filter.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from smartreco.vendors.partition import FEWEST

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

FEWEST_TOGETHER: Final = 5  # shops that buy both, below which two products are not paired
MOST_TOGETHER: Final = 50  # pairs of products that are told
CAREFUL: Final = 5.0  # shops added to what was found and to what chance gives, to rank by
LEFT_OUT: Final = -1

BUYER_COLUMNS: Final = ("mine_only", "both", "others_only", "nobody", "universe", "left_out")


def pools(cell: Ints, region: Ints, mine: Mask) -> Ints:
    """Pool of each shop, `LEFT_OUT` where it is in none.

    A cell is a pool where his buyers and the other shops are none or `FEWEST` and more each;
    the other cells of a region are merged, and if that is not enough, those of all regions.

    Parameters
    ----------
    cell
        Of each shop, in the partition.
    region
        Of each shop's cell.
    mine
        Whether the shop buys from the vendor.
    """
    found = np.full(len(cell), LEFT_OUT, dtype=np.int64)
    number = 0
    for merged in (cell, region, np.zeros_like(cell)):
        waiting = found == LEFT_OUT
        many = int(merged.max(initial=-1)) + 1
        buyers = np.bincount(merged[waiting], mine[waiting], minlength=many)
        others = np.bincount(merged[waiting], ~mine[waiting], minlength=many)
        enough = (_none_or_enough(buyers) & _none_or_enough(others))[merged] & waiting
        found[enough] = number + merged[enough]
        number += many
    return found


def whole(pool: Ints, inside: Mask) -> Mask:
    """Shops of pools that lie wholly inside a choice of shops."""
    split = np.unique(pool[~inside])
    return np.asarray(inside & (pool != LEFT_OUT) & ~np.isin(pool, split))


def buyers(mine: Mask, others: Mask, shown: Mask, inside: Mask) -> dict[str, int]:
    """Shops of one category by whom they buy from: `BUYER_COLUMNS`.

    Parameters
    ----------
    mine, others
        Whether each shop buys it from the vendor, from others.
    shown
        Shops of whole pools inside the choice.
    inside
        Shops inside the choice.
    """
    return {
        "mine_only": int((mine & ~others & shown).sum()),
        "both": int((mine & others & shown).sum()),
        "others_only": int((~mine & others & shown).sum()),
        "nobody": int((~mine & ~others & shown).sum()),
        "universe": int(shown.sum()),
        "left_out": int((inside & ~shown).sum()),
    }


def together(shop: Ints, product: Ints, products: int, focus: int | None = None) -> pd.DataFrame:
    """Products that the same shops buy more often than chance would have it.

    Parameters
    ----------
    shop, product
        A row a shop and product it bought, numbered from 0.
    focus
        Only pairs with this product first; None: the more bought one first.

    Returns
    -------
    pandas.DataFrame
        Columns product, other, shops, other_shops, both, buyers, support, lift, confidence;
        pairs with `FEWEST_TOGETHER` shops or more that are bought together more often than by
        chance, at most `MOST_TOGETHER`. The most telling first: lift with `CAREFUL` shops
        added to both sides, so that a handful of shops does not lead.
    """
    many = int(shop.max(initial=-1)) + 1
    cells = np.zeros((many, products), dtype=np.float32)
    cells[shop, product] = 1.0
    count = cells.sum(axis=0).astype(np.float64)
    total = max(int((cells.sum(axis=1) > 0).sum()), 1)
    both = (cells.T @ cells).astype(np.float64)
    chance = np.outer(count, count) / total
    wanted = (both >= FEWEST_TOGETHER) & (both > chance)
    if focus is not None:
        wanted[np.arange(products) != focus] = False
        wanted[:, focus] = False
    else:
        more = (count[:, None] > count) | (
            (count[:, None] == count) & (np.arange(products)[:, None] < np.arange(products))
        )
        wanted &= more
    first, second = np.nonzero(wanted)
    rank = (both + CAREFUL)[first, second] / (chance + CAREFUL)[first, second]
    best = np.argsort(-rank, kind="stable")[:MOST_TOGETHER]
    first, second = first[best], second[best]
    pair = both[first, second]
    return pd.DataFrame(
        {
            "product": first, "other": second, "shops": count[first].astype(np.int64),
            "other_shops": count[second].astype(np.int64), "both": pair.astype(np.int64),
            "buyers": total, "support": pair / total, "lift": pair / chance[first, second],
            "confidence": pair / count[first],
        }
    )  # fmt: skip


def _none_or_enough(shops: npt.NDArray[np.number]) -> Mask:
    return np.asarray((shops == 0) | (shops >= FEWEST))
