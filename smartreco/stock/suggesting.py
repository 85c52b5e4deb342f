"""From what a shop holds, uses and is likely to take to candidates for its next order.

Where shelf and pace are known, stock is kept for what may be used until the next order
arrives. Where they are not, the recommender's chance that a product is wanted stands for
them, with the shop's usual quantity: all of it or none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from smartreco.stock.arrays import Floats, Ints, Mask, Texts
from smartreco.stock.lots import Lots, make_lots
from smartreco.stock.outcomes import Outcomes, shares
from smartreco.stock.packing import order_step
from smartreco.stock.rounding import Costs, Rounded, to_cases

EVEN: Final = 0.5  # service of a product of which only habits are known: likelier than not
FAR: Final = 0.995  # share of outcomes, beyond which no case is of use


@dataclass(frozen=True, slots=True)
class Wanted:
    """Products that could be ordered, one position each.

    Attributes
    ----------
    product_ids, vendors
        Text ids; a vendor that is not known is "".
    unit_price, unit_value
        Currency for one piece: to pay, and lost where it is asked for in vain.
    case_size
        Pieces.
    available
        Pieces that the vendor has; infinite where it is not known.
    probability, usual
        Chance that the shop takes the product soon, and how many pieces then.
    discover
        Whether it is new to the shop.
    position
        Pieces on its shelf and on the way; NaN where not known.
    span
        What may be used until the next order arrives: products x draws; NaN where the pace
        is not known.
    """

    product_ids: Texts
    vendors: Texts
    unit_price: Floats
    unit_value: Floats
    case_size: Ints
    available: Floats
    probability: Floats
    usual: Floats
    discover: Mask
    position: Floats
    span: Floats

    @property
    def step(self) -> Ints:
        """Pieces that the shop orders at a time: what the product is weighed and rounded by."""
        return order_step(self.usual, self.case_size)

    @property
    def by_shelf(self) -> Mask:
        """Whose shelf and pace are both known."""
        return np.asarray(np.isfinite(self.position) & np.isfinite(self.span[:, 0]))


@dataclass(frozen=True, slots=True)
class Weighed:
    """What each candidate is worth.

    ``level`` : pieces to order up to; ``rounded`` : steps if nothing limited the order;
    ``lots`` : for `smartreco.stock.builder`.
    """

    level: Floats
    rounded: Rounded
    lots: Lots


def weigh(wanted: Wanted, service: float) -> Weighed:
    """Level, rounding and worth of every candidate.

    A product new to the shop is weighed by what it may bring alone: there is no habit that
    it could overfill, and its part of the order is limited as a whole.

    Raises
    ------
    InputError
        An impossible service level.
    """
    known = wanted.by_shelf
    ahead = Outcomes(np.where(known[:, None], wanted.span, _all_or_none(wanted)))
    position = np.where(np.isfinite(wanted.position), wanted.position, 0.0)
    strict = Costs.at_service(wanted.unit_value, service)
    loose = Costs.at_service(wanted.unit_value, EVEN)
    left = np.where(wanted.discover, 0.0, np.where(known, strict.left, loose.left))
    costs = Costs(wanted.unit_value, left)
    at = np.where(wanted.discover, 1.0, np.where(known, service, EVEN))
    level = ahead.at(at)
    step = wanted.step
    could = np.floor(wanted.available / step)
    asked = np.minimum(np.maximum(level - position, 0.0), could * step)
    useful = np.maximum(ahead.at(FAR) - position, 0.0)
    most = np.minimum(np.ceil(useful / step), could).astype(np.int64)
    return Weighed(
        level=level,
        rounded=to_cases(asked, position, wanted.case_size, ahead, costs, step),
        lots=make_lots(ahead, position, step, costs, most),
    )


def _all_or_none(wanted: Wanted) -> Floats:
    """The usual quantity with the chance that it is wanted, else nothing."""
    taken = shares(wanted.span.shape[1])[None, :] > 1 - wanted.probability[:, None]
    return np.where(taken, wanted.usual[:, None], 0.0)
