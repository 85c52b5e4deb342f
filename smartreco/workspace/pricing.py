"""How prices work: the elasticity of every product, for those who set prices."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from smartreco.columns import PRODUCT_ID
from smartreco.entities import Principal, Role
from smartreco.errors import NotEnoughDataError, NotFoundError
from smartreco.forecast.elasticity import elasticities
from smartreco.forecast.price_breaks import WEEK, like_for_like
from smartreco.forecast.price_panel import STOCKED_OUT
from smartreco.store import dataset as dataset_store
from smartreco.store import price_weeks
from smartreco.store.connection import Cursor
from smartreco.workspace.core import Core, permits


class Pricing:
    """Use cases on prices."""

    def __init__(self, core: Core) -> None:
        self.core = core
        self._kept: tuple[int, pd.DataFrame] | None = None

    @permits(Role.PRODUCT_MANAGER, Role.ANALYST, Role.ADMIN)
    def elasticity(
        self, principal: Principal, product_ids: Sequence[str] | None = None
    ) -> pd.DataFrame:
        """Own-price elasticities with 90 % intervals.

        Parameters
        ----------
        product_ids
            In this order; None: all products that were ever sold.

        Returns
        -------
        pandas.DataFrame
            Columns `smartreco.forecast.elasticity.COLUMNS`.

        Raises
        ------
        NotFoundError
            A product that was never sold.
        NotEnoughDataError
            There are no orders with a price.
        """
        with self.core.store.cursor() as cursor:
            version = dataset_store.data_version(cursor)
            if self._kept is None or self._kept[0] != version:
                self._kept = version, elasticities(_weeks(cursor))
        found = self._kept[1]
        if product_ids is None:
            return found.copy()
        missing = [one for one in product_ids if one not in set(found[PRODUCT_ID])]
        if missing:
            raise NotFoundError(
                "an elasticity is of a product that was sold", repr(missing[0]), "check the id"
            )
        return found.set_index(PRODUCT_ID).loc[list(product_ids)].reset_index()


def _weeks(cursor: Cursor) -> pd.DataFrame:
    """Product x week with one price each, promotions and stock-outs beside it."""
    sold = like_for_like(price_weeks.lines(cursor))
    if sold.empty:
        raise NotEnoughDataError(
            "price response needs orders with a price", "none", "import orders with a unit_price"
        )
    keys = [PRODUCT_ID, WEEK]
    out = price_weeks.stock_outs(cursor).assign(**{STOCKED_OUT: True})
    both = price_weeks.depths(cursor).merge(out, on=keys, how="outer")
    both = both[both[PRODUCT_ID].isin(sold[PRODUCT_ID])]
    weeks = sold.merge(both, on=keys, how="outer")
    stable = ["category", "subcategory"]
    weeks[stable] = weeks[keys[:1]].merge(
        sold.drop_duplicates(PRODUCT_ID)[[PRODUCT_ID, *stable]], on=PRODUCT_ID, how="left"
    )[stable]
    return weeks.fillna({"units": 0.0, "depth": 0.0}).assign(
        **{STOCKED_OUT: weeks[STOCKED_OUT].eq(True)}
    )
