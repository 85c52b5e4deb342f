"""What shops buy beside a vendor's products, put together from counts of whole pools."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from smartreco.columns import CATEGORY, NAME, PRODUCT_ID
from smartreco.errors import NotFoundError
from smartreco.language import Message
from smartreco.vendors.overlap import BUYER_COLUMNS, FEWEST_TOGETHER, buyers, pools, together, whole
from smartreco.vendors.partition import FEWEST
from smartreco.vendors.periods import Periods
from smartreco.vendors.sums import SHOP
from smartreco.workspace.vendor.reach_reading import Mask, Universe, View
from smartreco.workspace.vendor.reach_views import Overlap, Sentence

WEEKS: Final = 52  # up to the last known, of what shops buy of categories

FIXED: Final = Message(
    "Categories are told over the last {weeks} weeks, and of all your products in them, whatever "
    "time and product are chosen: so that no single shop can be told apart"
)
POOLED: Final = Message(
    "Shops are counted where your buyers and the other shops are {fewest} or more each, or none"
)
TOGETHER: Final = Message(
    "Bought together: by the same shop in the period; lift is how often against chance, of pairs "
    "that {fewest} shops or more buy"
)
BUYERS: Final = (CATEGORY, *BUYER_COLUMNS)
CATEGORIES: Final = (CATEGORY, "shops", "share", "share_all", "lift")


def read_overlap(
    view: View, selling: list[str], buying: pd.DataFrame, product_id: str | None
) -> Overlap:
    """Put the view together.

    Parameters
    ----------
    selling
        Categories of all the vendor's products.
    buying
        As `smartreco.store.vendor_reach.buying`.

    Raises
    ------
    NotFoundError
        The product is not one of the view.
    """
    categories, focus = view.categories, None
    if product_id is not None:
        focus = int(pd.Index(view.goods[PRODUCT_ID]).get_indexer(pd.Index([product_id]))[0])
        if focus < 0:
            raise NotFoundError(
                "a product is one of yours in this view", repr(product_id), "choose another"
            )
        categories = [str(view.goods[CATEGORY].iloc[focus])]
    flags = _Flags(view.universe, buying)
    others, counted = _other_categories(view, flags, selling)
    said: tuple[Sentence, ...] = (
        (FIXED, {"weeks": WEEKS}), (POOLED, {"fewest": FEWEST}),
        (TOGETHER, {"fewest": FEWEST_TOGETHER}),
    )  # fmt: skip
    return Overlap(
        view.periods, _buyers(view, flags, categories), _together(view, focus), others, counted,
        _weeks(view.periods), said,
    )  # fmt: skip


def _weeks(when: Periods) -> int:
    return min(WEEKS, when.known.weeks)


class _Flags:
    """Shops x categories: who buys what from the vendor, and from others."""

    def __init__(self, universe: Universe, buying: pd.DataFrame) -> None:
        self.universe = universe
        self.names = universe.categories
        code = buying[CATEGORY].to_numpy(dtype=np.int64)
        shop = universe.position(buying[SHOP])
        shape = len(universe.shops), len(self.names)
        self.mine, self.others = np.zeros(shape, dtype=bool), np.zeros(shape, dtype=bool)
        known = shop >= 0
        at = shop[known], code[known]
        self.mine[at] = buying["mine"].to_numpy(dtype=bool)[known]
        self.others[at] = buying["others"].to_numpy(dtype=bool)[known]
        region = universe.partition.cells["region"].astype("object")
        self._region = pd.factorize(region.where(region.notna(), ""))[0][universe.cell]

    def of(self, category: str) -> tuple[Mask, Mask]:
        """Who buys a category, from the vendor and from others."""
        at = self.names.index(category)
        return self.mine[:, at], self.others[:, at]

    def shown(self, mine: Mask, inside: Mask) -> Mask:
        """Shops of whole pools inside a choice."""
        return whole(pools(self.universe.cell, self._region.astype(np.int64), mine), inside)


def _buyers(view: View, flags: _Flags, categories: list[str]) -> pd.DataFrame:
    rows = []
    for category in categories:
        mine, others = flags.of(category)
        rows.append(
            {CATEGORY: category}
            | buyers(mine, others, flags.shown(mine, view.shown), view.shown)
        )  # fmt: skip
    return pd.DataFrame(rows, columns=list(BUYERS))


def _together(view: View, focus: int | None) -> pd.DataFrame:
    """Of his own products, at shops that he knows by name."""
    rows = view.bought[view.bought["quantity"] > 0]
    shop = pd.factorize(rows["shop"])[0].astype(np.int64)
    found = together(shop, rows["product"].to_numpy(dtype=np.int64), len(view.goods), focus)
    names = view.goods[[PRODUCT_ID, NAME]]
    first = names.iloc[found["product"]].reset_index(drop=True)
    second = names.iloc[found["other"]].reset_index(drop=True)
    second = second.set_axis(["other_id", "other"], axis=1)
    measures = found.drop(columns=["product", "other"])
    return pd.concat([first, second, measures], axis=1)


def _other_categories(view: View, flags: _Flags, selling: list[str]) -> tuple[pd.DataFrame, int]:
    """What his buyers buy of categories that he does not sell: counts in whole pools."""
    own: Mask = np.asarray(flags.mine.any(axis=1))
    shown = flags.shown(own, view.shown)
    count = int((own & shown).sum())
    sold = np.isin(flags.names, selling)  # a category of his own says what a shop buys elsewhere
    if not count:
        return pd.DataFrame(columns=list(CATEGORIES)), 0
    shops = flags.others[own & shown].sum(axis=0)
    everybody = flags.others[shown].sum(axis=0) / shown.sum()
    found = pd.DataFrame(
        {CATEGORY: flags.names, "shops": shops, "share": shops / count,
         "share_all": everybody}
    )  # fmt: skip
    found["lift"] = found["share"] / found["share_all"].where(found["share_all"] > 0)
    found = found[~sold & (found["share_all"] > 0)]
    found = found.sort_values(["shops", CATEGORY], ascending=[False, True], ignore_index=True)
    return found, count
