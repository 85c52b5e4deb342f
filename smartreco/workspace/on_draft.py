"""What a shop's draft takes already of the limits that a suggested order keeps to.

A suggestion is put on the draft beside what is there: both together have to fit the
free credit, and both together reach a vendor's minimum.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from smartreco.stock.limits import CREDIT, Limit
from smartreco.store.drafts import DraftRow
from smartreco.workspace.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class OnDraft:
    """Products on a draft, and what it comes to, of each vendor too (currency)."""

    product_ids: tuple[str, ...]
    value: float
    by_vendor: Mapping[str, float]

    def credit_left(self, free: float | None) -> float | None:
        """Credit for what is ordered besides; None: no limit."""
        return None if free is None else max(free - self.value, 0.0)

    def minimums_left(self, minimums: Mapping[str, float]) -> dict[str, float]:
        """What is missing of each vendor's least order value; reached ones are left out."""
        left = {one: least - self.by_vendor.get(one, 0.0) for one, least in minimums.items()}
        return {one: missing for one, missing in left.items() if missing > 0}

    def whole(self, limit: Limit) -> Limit:
        """A limit as the shop knows it, of the draft and the suggestion together."""
        if limit.vendor is not None:
            part = self.by_vendor.get(limit.vendor, 0.0)
        else:
            part = self.value if limit.name == CREDIT else 0.0
        return replace(limit, bound=limit.bound + part, used=limit.used + part)


def on_draft(catalogue: Catalogue, rows: Sequence[DraftRow]) -> OnDraft:
    """Add a draft up; a product without a price costs nothing yet."""
    value, by_vendor = 0.0, dict[str, float]()
    for row in rows:
        if row.product_id not in catalogue.position:
            continue
        product = catalogue.product(row.product_id)
        worth = row.quantity * (product.unit_price or 0.0)
        value += worth
        if product.vendor_id is not None:
            by_vendor[product.vendor_id] = by_vendor.get(product.vendor_id, 0.0) + worth
    return OnDraft(tuple(row.product_id for row in rows), value, by_vendor)
