"""Today as a simulation starts from it: what will be asked for, at which prices, how surely.

Made once a state of the data (`smartreco.scenario.learning`) and never changed, so that
every scenario is held against the same day.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from smartreco.forecast.arrays import Days, Floats, Texts
from smartreco.forecast.panel import Panel
from smartreco.scenario.market_parts import Goods, Response, Shelves, Together
from smartreco.scenario.substitution import Substitution


@dataclass(frozen=True)
class Market:
    """Today, for so many weeks ahead.

    Attributes
    ----------
    goods
        Products, in the order of every array here.
    starts
        First day of each week ahead.
    mean, quantiles
        Pieces asked for: products x weeks, and x 5 (`quantiles.PROBABILITIES`).
    price
        Currency for one piece without promotion, as it is paid: of each product.
    depth
        Share that planned promotions take off: products x weeks.
    response, together, substitution
        What is believed of prices, of errors, and of substitution.
    out
        Chance that a product cannot be had in a week; zeros where the data hold no stock.
    stock_known
        Whether the data tell of empty shelves.
    regions, segments
        Names; regions in the order of ``goods.places``.
    shops
        Columns retailer_id, region, segment, units (pieces a week lately), first_week (weeks
        since the panel began; below 1: there from the beginning).
    buyers
        Columns product_id, retailer_id, units: who bought what lately.
    shelves
        None where the data hold no stock of vendors.
    panel
        The past of all products, for what is learned from it when a lever asks.
    whole_panel
        The past of all levels; None where festivals cannot be moved.
    """

    goods: Goods
    starts: Days
    mean: Floats
    quantiles: Floats
    price: Floats
    depth: Floats
    response: Response
    together: Together
    substitution: Substitution
    out: Floats
    stock_known: bool
    regions: Texts
    segments: Texts
    shops: pd.DataFrame
    buyers: pd.DataFrame
    shelves: Shelves | None
    panel: Panel
    whole_panel: Panel | None = None

    def __len__(self) -> int:
        return len(self.goods)

    @property
    def weeks(self) -> int:
        """Weeks ahead."""
        return int(self.mean.shape[1])

    @cached_property
    def categories(self) -> Texts:
        """All categories, sorted."""
        return np.unique(self.goods.category)

    @cached_property
    def vendors(self) -> Texts:
        """All vendors, sorted."""
        return np.unique(self.goods.vendor)

    @cached_property
    def position(self) -> dict[str, int]:
        """Row of each product id."""
        return {str(one): row for row, one in enumerate(self.goods.ids)}

    def until(self, weeks: int) -> Market:
        """Fewer weeks ahead."""
        return replace(
            self, starts=self.starts[:weeks], mean=self.mean[:, :weeks],
            quantiles=self.quantiles[:, :weeks], depth=self.depth[:, :weeks],
        )  # fmt: skip
