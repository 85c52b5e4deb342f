"""What is true of a synthetic data set, kept so that models can be graded against it.

Expected demand is a product of factors (pair x visit x cadence x product-week x season),
so it is stored as factors and multiplied out only for the weeks, shops and products that
are asked for.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from smartreco.dataset.world.expectation import Over, Positions, expected_pieces
from smartreco.dataset.world.randomness import Ints
from smartreco.dataset.world.shelves import shelf_categories
from smartreco.dataset.world.timeline import EPOCH, Mask, Timeline
from smartreco.errors import InputError

ARRAYS = "truth.npz"
Array = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Truth:
    """Everything that the orders were drawn from.

    Weeks are those of `timeline`: the known past, then the horizon; retailers and
    products are positions in `retailers` and `products`.

    Attributes
    ----------
    seed
        Seed of the world.
    timeline
        The weekly grid.
    retailers, products, vendors
        Entities with their hidden attributes: segment, size, growth, weekday, interval;
        elasticity, trend, appeal, need (products of one need come into one order).
    pairs
        Rate and size of what each shop buys, see `world.tastes.Tastes`.
    retailer_tastes, product_tastes
        Latent tastes: entities x factors.
    cadence_days
        Days from one order of a category to the next: retailers x `CATEGORIES`.
    visit
        Chance of an order in the week, 0 while a shop has not joined or has left:
        retailers x weeks.
    due
        How much a category is due, mean one: retailers x categories x weeks.
    growth
        Multiplier by the shop's own trend: retailers x weeks.
    on_sale, level
        How known a product is (0 before launch and after exit); multiplier by price,
        promotion and trend: products x weeks.
    list_price, depth
        Rupees a piece; share that a promotion takes off: products x weeks.
    in_stock
        Whether the vendor had the product: products x weeks.
    season
        Multiplier by season and festivals: regions x sub-categories x weeks.
    year_profile
        The season without festivals: sub-categories x weeks.
    festival_strength, festival_approach
        Log of demand at a festival's peak: festivals x regions x sub-categories, and how
        near it is: festivals x weeks. Their product is the festivals' part of `season`.
    """

    seed: int
    timeline: Timeline
    retailers: pd.DataFrame
    products: pd.DataFrame
    vendors: pd.DataFrame
    pairs: pd.DataFrame
    retailer_tastes: Array
    product_tastes: Array
    cadence_days: Ints
    visit: Array
    due: Array
    growth: Array
    on_sale: Array
    level: Array
    list_price: Array
    depth: Array
    in_stock: Mask
    season: Array
    year_profile: Array
    festival_strength: Array
    festival_approach: Array

    @property
    def elasticities(self) -> pd.Series:
        """Own-price elasticity of each product."""
        return self.products["elasticity"]

    @property
    def stock_outs(self) -> Mask:
        """Where a product was sold but could not be had: products x weeks."""
        return np.asarray(~self.in_stock & (self.on_sale > 0))

    def category_codes(self) -> Ints:
        """Category of each product, a position in `CATEGORIES`."""
        return np.asarray(shelf_categories()[self.products["shelf"].to_numpy()])

    def expected_demand(
        self,
        weeks: Iterable[int] | None = None,
        retailers: Positions = None,
        products: Positions = None,
        over: Over | None = None,
        censored: bool = False,
    ) -> Array:
        """Expected pieces ordered a week, given everything above.

        Parameters
        ----------
        weeks
            Weeks of the timeline; None: the known past.
        retailers, products
            Positions to keep, in this order; None: all.
        over
            "retailers" or "products" sums over them; None keeps both.
        censored
            Whether weeks without stock count as zero; False: as if all could be had.

        Returns
        -------
        float32 array
            retailers x products x weeks, or products x weeks, or retailers x weeks.
        """
        return expected_pieces(self, weeks, retailers, products, over, censored)

    def save(self, folder: Path) -> None:
        """Write the truth into a folder, which is made where it is missing.

        Arrays go into one npz file, frames into Parquet; nothing is pickled.
        """
        folder.mkdir(parents=True, exist_ok=True)
        start = (self.timeline.start - EPOCH).days
        arrays: dict[str, Any] = {
            "seed": np.array(self.seed),
            "timeline": np.array([start, self.timeline.weeks, self.timeline.horizon]),
        }
        for part in fields(self):
            value = getattr(self, part.name)
            if isinstance(value, pd.DataFrame):
                value.to_parquet(folder / f"{part.name}.parquet", index=False)
            elif isinstance(value, np.ndarray):
                arrays[part.name] = value
        np.savez(folder / ARRAYS, **arrays)

    @classmethod
    def load(cls, folder: Path) -> Truth:
        """Read what `save` wrote.

        Raises
        ------
        InputError
            The folder holds no truth.
        """
        if not (folder / ARRAYS).is_file():
            raise InputError(
                f"the truth of synthetic data lies in a folder with {ARRAYS}", str(folder),
                "make the demo data again",
            )  # fmt: skip
        with np.load(folder / ARRAYS, allow_pickle=False) as stored:
            parts: dict[str, Any] = {name: stored[name] for name in stored.files}
        start, weeks, horizon = (int(number) for number in parts["timeline"])
        parts["timeline"] = Timeline(EPOCH + timedelta(days=start), weeks, horizon)
        parts["seed"] = int(parts["seed"])
        for part in fields(cls):
            if part.name not in parts:
                parts[part.name] = pd.read_parquet(folder / f"{part.name}.parquet")
        return cls(**parts)
