"""How prices work: the elasticity of every product, for those who set prices."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import pandas as pd

from smartreco.columns import CATEGORY, DEPTH, PRODUCT_ID, SUBCATEGORY
from smartreco.entities import Principal, Role
from smartreco.errors import NotEnoughDataError, NotFoundError
from smartreco.forecast.elasticity import BASIS, CATEGORY_BASIS, elasticities
from smartreco.forecast.price_breaks import UNITS, WEEK, like_for_like
from smartreco.forecast.price_panel import STOCKED_OUT
from smartreco.store import dataset as dataset_store
from smartreco.store import price_weeks
from smartreco.store.connection import Cursor
from smartreco.workspace.core import Core, permits


class Pricing:
    """Use cases on prices."""

    def __init__(self, core: Core) -> None:
        self.core = core
        self._working = threading.Lock()
        self._version = -1
        self._found = pd.DataFrame()

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
        found = self._all()
        if product_ids is None:
            return found.copy()
        row = pd.Index(found[PRODUCT_ID]).get_indexer(pd.Index(product_ids))
        missing = [name for name, at in zip(product_ids, row, strict=True) if at < 0]
        if missing:
            raise NotFoundError(
                "an elasticity is of a product that was sold", repr(missing[0]), "check the id"
            )
        picked: pd.DataFrame = found.take(row).reset_index(drop=True)
        return picked

    def _all(self) -> pd.DataFrame:
        """Every product's, measured once a state of the imported data, by whoever asks first."""
        with self._working, self.core.store.cursor() as cursor:
            version = dataset_store.imported_version(cursor)
            if version != self._version:
                self._found, self._version = elasticities(read_weeks(cursor)), version
            return self._found


def borrowing(found: pd.DataFrame) -> tuple[str, ...]:
    """How many elasticities are those of their category, in a sentence; none: no sentence."""
    borrowed = int((found[BASIS] == CATEGORY_BASIS).sum())
    if not borrowed:
        return ()
    return (
        f"{borrowed:,} of {len(found):,} products have too few prices or weeks, or prices that "
        "hardly move: these show their category's value",
    )


def read_weeks(cursor: Cursor) -> pd.DataFrame:
    """Product x week with one price each, promotions and stock-outs beside it.

    Raises
    ------
    NotEnoughDataError
        There are no orders with a price.
    """
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
    shelf = sold.drop_duplicates(PRODUCT_ID).set_index(PRODUCT_ID)
    for name in (CATEGORY, SUBCATEGORY):  # weeks without a sale have none of their own yet
        weeks[name] = weeks[PRODUCT_ID].map(shelf[name])
    weeks = weeks.fillna({UNITS: 0.0, DEPTH: 0.0})
    return weeks.assign(**{STOCKED_OUT: weeks[STOCKED_OUT].eq(True)})
