"""What every intervention is, and how those on products choose them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np

from smartreco.columns import CATEGORY, PRODUCT_ID, VENDOR_ID
from smartreco.dataset.world.forces import Forces
from smartreco.dataset.world.plan import Plan
from smartreco.dataset.world.shelves import CATEGORIES
from smartreco.dataset.world.timeline import Mask
from smartreco.errors import InputError, NotFoundError


@dataclass(frozen=True, kw_only=True)
class Intervention:
    """A change of a world in one respect; this one changes nothing."""

    def on_plan(self, plan: Plan) -> Plan:
        """The plan with the change."""
        return plan

    def on_forces(self, forces: Forces) -> None:
        """Push the forces, in place."""


@dataclass(frozen=True, kw_only=True)
class OnProducts(Intervention):
    """An intervention on products, chosen by id, by category, by vendor, or all.

    Several choices together mean the products that fit all of them.
    """

    products: tuple[str, ...] = ()
    category: str | None = None
    vendor: str | None = None

    def chosen(self, forces: Forces) -> Mask:
        """Which products are meant.

        Raises
        ------
        NotFoundError
            A product, category or vendor that this world does not know.
        """
        frame = forces.products
        mask = np.ones(len(frame), dtype=np.bool_)
        if self.products:
            known("a product", self.products, frame[PRODUCT_ID])
            mask &= frame[PRODUCT_ID].isin(self.products).to_numpy()
        if self.category is not None:
            known("a category", (self.category,), CATEGORIES)
            mask &= (frame[CATEGORY] == self.category).to_numpy()
        if self.vendor is not None:
            ids = forces.vendors[VENDOR_ID]
            known("a vendor", (self.vendor,), ids)
            mask &= (ids.iloc[frame["vendor"]] == self.vendor).to_numpy()
        return mask

    def cells(self, forces: Forces, first: date | None, last: date | None) -> tuple[Mask, Mask]:
        """Products and weeks that are meant, to index an array of products x weeks."""
        rows, columns = np.ix_(self.chosen(forces), forces.timeline.covering(first, last))
        return rows, columns


def known(what: str, names: Iterable[str], among: Iterable[str]) -> None:
    """Refuse a name that does not exist.

    Raises
    ------
    NotFoundError
        One of `names` is not among those known.
    """
    choices = list(among)
    for name in names:
        if name not in choices:
            some = ", ".join(choices[:6]) + (", …" if len(choices) > 6 else "")
            raise NotFoundError(
                f"an intervention needs {what} of this data", repr(name), f"choose one of {some}"
            )


def positive(what: str, value: float) -> None:
    """Refuse a factor that is not above zero.

    Raises
    ------
    InputError
        `value` is zero, negative or not a number.
    """
    if not value > 0:
        raise InputError(f"{what} is above 0", str(value), "choose a positive number")
