"""How much of the demand met stock, and where what was missed would have been sold.

Lost sales are those of `smartreco.vendors.assortment.Weeks`; here they are added up by
time, product and region.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from smartreco.vendors.assortment import Floats, Mask, Weeks

SOLD, WANTED, LOST_PIECES, LOST_VALUE, LEVEL, OUT_WEEKS = (
    "sold", "wanted", "lost_pieces", "lost_value", "level", "out_weeks",
)  # fmt: skip
MEASURES = (SOLD, WANTED, LOST_PIECES, LOST_VALUE, LEVEL)


@dataclass(frozen=True, slots=True)
class Served:
    """What became of demand, of some products together.

    ``level`` : share of the pieces wanted that were sold, NaN where none were wanted;
    ``lost_pieces``, ``lost_value`` in currency; ``out_weeks`` : product-weeks without stock.
    Each is one number a week, or of all weeks as one.
    """

    level: Floats
    lost_pieces: Floats
    lost_value: Floats
    out_weeks: Floats

    @property
    def figures(self) -> tuple[Floats, Floats, Floats, Floats]:
        """In the order of the fields."""
        return self.level, self.lost_pieces, self.lost_value, self.out_weeks


def recorded(counted: Mask, here: int, elsewhere: int) -> Mask:
    """Products whose stock is recorded over some weeks.

    Some data hold every count, others only those that found nothing. So a week without a
    count is a week with stock, provided that counts were written down in more than one week.

    Parameters
    ----------
    counted
        Of each product: whether it was ever counted.
    here, elsewhere
        Weeks with a count of any of the vendor's products, and with one that an import
        brought, whoever's.
    """
    return counted & (here > 1 or elsewhere > 1)


def served(weeks: Weeks, price: Floats, products: Mask, *, by_week: bool) -> Served:
    """Add up some products, week by week or over all weeks.

    Parameters
    ----------
    price
        Currency a piece; where it is not known, what was missed has no value.
    """
    sold, lost = weeks.sold[products], weeks.lost[products]
    value = lost * np.nan_to_num(price[products])[:, None]
    out = weeks.out[products].astype(float)
    sums = [part.sum(axis=0) for part in (sold, lost, value, out)]
    if not by_week:
        sums = [part.sum(keepdims=True) for part in sums]
    return Served(_level(sums[0], sums[1]), *sums[1:])


def by_product(weeks: Weeks, price: Floats, tracked: Mask) -> pd.DataFrame:
    """A row a product, in order: `MEASURES` and out_weeks; missing where it is not tracked."""
    sold, lost = weeks.sold.sum(axis=1), weeks.lost.sum(axis=1)
    found = _measures(sold, lost, lost * np.nan_to_num(price))
    found[OUT_WEEKS] = weeks.out.sum(axis=1).astype(float)
    found.loc[~tracked, [WANTED, LOST_PIECES, LOST_VALUE, LEVEL, OUT_WEEKS]] = np.nan
    return found


def by_region(whole: Weeks, parts: Floats, filled: Floats, price: Floats) -> pd.DataFrame:
    """Split what was missed over regions; their parts sum to the whole.

    A product's lost pieces are shared out as its regions fall short of what they bought in the
    weeks before; the whole decides how many there are, since regions with a good week would
    otherwise not make up for others.

    Parameters
    ----------
    whole
        Products that count, over the weeks.
    parts, filled
        Pieces sold, and what they would have been: regions x products x weeks.

    Returns
    -------
    A row a region, in order: `MEASURES`.
    """
    short = np.where(whole.out, filled - parts, 0.0).sum(axis=2)
    total, lost = short.sum(axis=0), whole.lost.sum(axis=1)
    share = np.divide(short, total, out=np.zeros_like(short), where=total > 0)
    split = share * lost
    return _measures(
        parts.sum(axis=(1, 2)), split.sum(axis=1), (split * np.nan_to_num(price)).sum(axis=1)
    )


def _measures(sold: Floats, lost: Floats, value: Floats) -> pd.DataFrame:
    columns = (sold, sold + lost, lost, value, _level(sold, lost))
    return pd.DataFrame(dict(zip(MEASURES, columns, strict=True)))


def _level(sold: Floats, lost: Floats) -> Floats:
    wanted = sold + lost
    level = np.full(len(wanted), np.nan)
    np.divide(sold, wanted, out=level, where=wanted > 0)
    return level
