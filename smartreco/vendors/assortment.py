"""Which products carry the assortment, how evenly they sell, and what empty shelves cost."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class AssortmentSettings:
    """Where classes end, as in Silver, Pyke, Thomas, *Inventory and Production Management*.

    Attributes
    ----------
    a, b
        A are the largest products that together come to this share of the value (the one
        that crosses it is still A), B the next ones to that, C the rest.
    x, y
        X sells with a coefficient of variation of weekly pieces up to this, Y up to that, Z
        beyond.
    fewest_weeks
        Needed to say how evenly a product sells, from its first sale, out of stock not
        counted.
    pace_weeks
        Latest weeks whose mean demand stock is held against.
    """

    a: float = 0.80
    b: float = 0.95
    x: float = 0.5
    y: float = 1.0
    fewest_weeks: int = 8
    pace_weeks: int = 8


@dataclass(frozen=True)
class Weeks:
    """Pieces of products, week by week: products x weeks.

    Attributes
    ----------
    product_ids
        Of the rows.
    sold
        What was ordered.
    wanted
        What would have been with the product in stock; never less than `sold`.
    out
        Weeks in which the vendor had none.
    """

    product_ids: list[str]
    sold: Floats
    wanted: Floats
    out: Mask

    @property
    def lost(self) -> Floats:
        """Pieces missed for want of stock: what was wanted less what was sold."""
        return np.where(self.out, self.wanted - self.sold, 0.0)


def classes(
    value: Floats, weeks: Weeks, settings: AssortmentSettings | None = None
) -> pd.DataFrame:
    """ABC by value and XYZ by evenness.

    Parameters
    ----------
    value
        Of each product of `weeks` over them, currency.

    Returns
    -------
    pandas.DataFrame
        A row a product, in order. Columns share (0..1 of the value), abc, variability
        (coefficient of variation of weekly pieces), xyz; missing where there is no value, too
        few weeks or nothing sold.
    """
    settings = settings or AssortmentSettings()
    variability = _variability(weeks, settings.fewest_weeks)
    total = value.sum()
    share = value / total if total > 0 else np.full(len(value), np.nan)
    order = np.argsort(-value, kind="stable")
    above = np.zeros(len(value))  # share of all that are larger
    above[order] = np.cumsum(share[order]) - share[order]
    abc = np.select([above < settings.a, above < settings.b], ["A", "B"], "C")
    xyz = np.select([variability <= settings.x, variability <= settings.y], ["X", "Y"], "Z")
    return pd.DataFrame(
        {
            "share": share,
            "abc": pd.Series(abc, dtype="str").where(value > 0),
            "variability": variability,
            "xyz": pd.Series(xyz, dtype="str").where(~np.isnan(variability)),
        }
    )


def stock_figures(
    weeks: Weeks,
    everywhere: Weeks,
    on_hand: Floats,
    price: Floats,
    history: Mask,
    settings: AssortmentSettings | None = None,
) -> pd.DataFrame:
    """How stock stands against what sells; missing where the data do not say.

    Parameters
    ----------
    weeks
        Of the products as they are looked at: lost sales are theirs.
    everywhere
        The same products and weeks at all shops, which the vendor's stock serves.
    on_hand
        The vendor's pieces now; NaN where unknown.
    price
        Currency a piece; NaN where unknown.
    history
        Products whose stock was counted in the weeks, more than once.

    Returns
    -------
    pandas.DataFrame
        A row a product, in order. Columns on_hand, sell_through (pieces sold over the weeks,
        of those and the ones left), cover_weeks (on_hand over the mean week of the last
        `settings.pace_weeks`, infinite where nothing was wanted), out_weeks, lost_pieces
        (wanted less sold in these), lost_value.
    """
    settings = settings or AssortmentSettings()
    sold = everywhere.sold.sum(axis=1)
    pace = everywhere.wanted[:, -settings.pace_weeks :].mean(axis=1)
    some = sold + on_hand
    lost = weeks.lost.sum(axis=1)
    unknown = np.full(len(sold), np.nan)
    return pd.DataFrame(
        {
            "on_hand": on_hand,
            "sell_through": np.divide(sold, some, out=unknown.copy(), where=some > 0),
            "cover_weeks": np.where(
                pace > 0, on_hand / np.where(pace > 0, pace, 1.0),
                np.where(on_hand > 0, np.inf, np.where(on_hand == 0, 0.0, np.nan)),
            ),
            "out_weeks": np.where(history, weeks.out.sum(axis=1), np.nan),
            "lost_pieces": np.where(history, lost, np.nan),
            "lost_value": np.where(history, lost * price, np.nan),
        }
    )  # fmt: skip


def _variability(weeks: Weeks, fewest: int) -> Floats:
    """Standard deviation over mean of the weeks from the first sale on, in stock."""
    counts = (np.cumsum(weeks.sold > 0, axis=1) > 0) & ~weeks.out
    n = counts.sum(axis=1)
    mean = np.where(counts, weeks.sold, 0.0).sum(axis=1) / np.maximum(n, 1)
    apart = np.where(counts, weeks.sold - mean[:, None], 0.0)
    spread = np.sqrt((apart**2).sum(axis=1) / np.maximum(n - 1, 1))
    found = np.full(len(n), np.nan)
    np.divide(spread, mean, out=found, where=(n >= max(fewest, 2)) & (mean > 0))
    return found
