"""What is believed of price response as something to draw from, not as one interval a product.

A cut in a whole category is an average over its products. Their own errors average out,
what is uncertain of the category does not, and the more a promotion is believed to be
noticed the less its price is believed to work. Drawing all of it together keeps that so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from smartreco.forecast.arrays import Floats, Ints, Mask, Texts
from smartreco.forecast.elasticity import ElasticitySettings, Why, borrowing, learned
from smartreco.forecast.price_panel import price_panel

SLOPES: Final = 2  # price, and promotion as such


@dataclass(frozen=True)
class PriceBelief:
    """Beliefs about products, in the order of `ids`.

    Attributes
    ----------
    ids
        Products that were ever sold at a known price, sorted.
    own
        Whether a product's own prices told something; else it has its category's value.
    why
        What kept it from its own, a `smartreco.forecast.elasticity.Why`.
    mean
        Elasticity, and the log of what a promotion adds by being one: products x 2.
    category
        Category of each product, from 0.
    shared
        What a category's common errors do to a product: products x 2 x factors; the factors
        are standard normal, one set a category.
    apart
        The product's own errors, a triangular root of their covariance: products x 2 x 2.
    freedom
        Degrees of freedom that all widths were measured with.
    promoted
        Whether any promotion was seen; else what it adds is 0.
    lowest, highest
        Log of the lowest and highest price seen, promotions taken off.
    """

    ids: Texts
    own: Mask
    why: Texts
    mean: Floats
    category: Ints
    shared: Floats
    apart: Floats
    freedom: int
    promoted: bool
    lowest: Floats
    highest: Floats


def price_belief(weeks: pd.DataFrame, settings: ElasticitySettings | None = None) -> PriceBelief:
    """Learn what `smartreco.forecast.elasticity.elasticities` learns, errors held together.

    Parameters
    ----------
    weeks
        As `smartreco.forecast.price_panel.price_panel` takes it.

    Raises
    ------
    InputError, NotEnoughDataError
        See `price_panel`.
    """
    settings = settings or ElasticitySettings()
    panel = price_panel(weeks)
    why = borrowing(panel, settings)
    own = np.asarray(why == Why.NONE)
    told, known, code = learned(panel, own, settings)
    promoted = bool(panel.depth.any())
    k = told.pull.shape[1]
    belief = np.diag(known.spread**-2.0)
    # Nothing of its own counts where the category's value is borrowed.
    information = told.information * own[:, None, None]
    doubt = np.linalg.inv(information + belief)
    leaning = doubt @ belief
    pull = told.pull * own[:, None] + known.mean[code] @ belief
    mean = np.einsum("nkl,nl->nk", doubt, pull)
    at = np.array([0, k - 1]) if promoted else np.array([0, 0])
    shared = (leaning @ np.linalg.cholesky(known.covariance)[code])[:, at]
    apart = np.linalg.cholesky(doubt[:, at[:, None], at] + 1e-12 * np.eye(SLOPES))
    slopes = mean[:, at].copy()
    if not promoted:
        slopes[:, 1], shared[:, 1], apart[:, 1] = 0.0, 0.0, 0.0
    seen = panel.counts > 0
    some = seen.any(axis=1)
    lowest = np.where(some, np.where(seen, panel.price, np.inf).min(axis=1), panel.price[:, -1])
    highest = np.where(some, np.where(seen, panel.price, -np.inf).max(axis=1), panel.price[:, -1])
    return PriceBelief(
        panel.ids, own, why, slopes, code, np.asarray(shared), np.asarray(apart),
        settings.blocks - 1, promoted, lowest, highest,
    )  # fmt: skip
