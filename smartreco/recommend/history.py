"""What the recommender knows: who bought what on which day.

Retailers and products are *positions* (row numbers of their frames), so that
matrices need no lookup; ids appear only at the border.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from smartreco.columns import PRODUCT, PRODUCT_ID, QUANTITY, RETAILER, RETAILER_ID

DAY = "day"
EPOCH = date(1970, 1, 1)


@dataclass(frozen=True)
class History:
    """Purchases until ``as_of``, with what is known of retailers and products.

    Attributes
    ----------
    retailers
        Row number = position. Columns retailer_id, name : str; city, region,
        segment : str, may be missing.
    products
        Row number = position. Columns product_id, name, category : str;
        subcategory, vendor : str, may be missing; list_price : float currency a
        piece, may be missing; case_size : int pieces; active : bool.
    purchases
        One row per retailer x product x day, sorted in that order. Columns
        retailer, product : int32 positions; day : int32 days since 1970-01-01;
        quantity : float32 pieces. 16 bytes a row.
    as_of
        First day that is not known.
    """

    retailers: pd.DataFrame
    products: pd.DataFrame
    purchases: pd.DataFrame
    as_of: date

    @cached_property
    def retailer_positions(self) -> dict[str, int]:
        """Position of each retailer id."""
        return {key: at for at, key in enumerate(self.retailers[RETAILER_ID])}

    @cached_property
    def product_positions(self) -> dict[str, int]:
        """Position of each product id."""
        return {key: at for at, key in enumerate(self.products[PRODUCT_ID])}

    @property
    def shape(self) -> tuple[int, int]:
        """Number of retailers and of products."""
        return len(self.retailers), len(self.products)

    @property
    def as_of_day(self) -> int:
        """``as_of`` in days since 1970-01-01."""
        return day_number(self.as_of)

    def before(self, as_of: date) -> History:
        """The same shops and products, knowing only purchases before `as_of`."""
        known = np.flatnonzero(self.purchases[DAY].to_numpy() < day_number(as_of))
        columns = {name: self.purchases[name].to_numpy()[known] for name in self.purchases}
        return replace(self, purchases=pd.DataFrame(columns, copy=False), as_of=as_of)

    def arrays(self) -> tuple[npt.NDArray[np.int32], ...]:
        """Retailer, product and day of each purchase as plain arrays."""
        return tuple(self.purchases[column].to_numpy() for column in (RETAILER, PRODUCT, DAY))

    @property
    def quantities(self) -> npt.NDArray[np.float32]:
        """Pieces of each purchase."""
        return self.purchases[QUANTITY].to_numpy()


def day_number(day: date) -> int:
    """Days since 1970-01-01."""
    return (day - EPOCH).days


def day_of(number: int) -> date:
    """The date that many days after 1970-01-01."""
    return EPOCH + timedelta(days=number)
