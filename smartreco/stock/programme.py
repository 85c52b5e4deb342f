"""An order as a mixed-integer programme: its columns, what each brings, and its rows.

Columns are steps of products, then a switch for every vendor with a minimum order.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array, vstack

from smartreco.stock.arrays import Floats, Ints, Mask, Texts
from smartreco.stock.limits import DISCOVERY, KEPT, MONEY, VENDOR, Candidates, Limits


@dataclass(frozen=True, slots=True)
class Programme:
    """Columns: steps of products, then vendors with a minimum. Rows: `rows` x <= `bounds`."""

    product: Ints
    step_value: Floats
    gain: Floats
    upper: Floats
    rows: csr_array
    bounds: Floats
    names: tuple[tuple[str, str | None], ...]
    vendors: Texts
    minimum: Floats
    vendor: Ints  # of each step, its place in `vendors`; -1: none with a minimum
    new: Mask  # of each step, whether its product is new to the shop

    @property
    def free(self) -> tuple[Floats, Floats]:
        """Bounds of columns while nothing is settled."""
        return np.zeros(len(self.upper)), self.upper

    def settled(self, chosen: Mask) -> tuple[Floats, Floats]:
        """Bounds of columns when it is settled who is ordered from."""
        steps, on = len(self.product), chosen.astype(float)
        open_to = np.append(chosen, True)[self.vendor]  # -1: the appended last
        lower = np.concatenate([np.zeros(steps), on])
        return lower, np.concatenate([self.upper[:steps] * open_to, on])

    def by_vendor(self, values: Floats) -> Floats:
        """Sums over the steps of each vendor with a minimum."""
        mine = self.vendor >= 0
        return np.asarray(
            np.bincount(self.vendor[mine], values[mine], len(self.vendors)), dtype=np.float64
        )


def make_programme(candidates: Candidates, limits: Limits) -> Programme:
    """Steps that bring something, or help to reach a vendor's minimum."""
    cases, worth = candidates.lots.cases, candidates.lots.worth
    product, step = np.nonzero(cases > 0)
    value, gain = candidates.case_value[product], worth[product, step]
    minimum = np.array([limits.vendor_minimum.get(v, 0.0) for v in candidates.vendors])
    fits = np.minimum(cases[product, step], _affordable(candidates, limits, product))
    keep = ((gain > 0) | (minimum[product] > 0)) & (fits > 0)
    product, value, gain, fits = product[keep], value[keep], gain[keep], fits[keep]
    vendors = np.unique(candidates.vendors[product][minimum[product] > 0])
    upper = np.concatenate([fits, np.ones(len(vendors))]).astype(float)
    wide = len(product) + len(vendors)
    rows, bounds, names = [], [], []
    for name, coefficients, bound in _money_rows(candidates, limits, product, value, gain):
        rows.append(csr_array(np.pad(coefficients, (0, wide - len(product)))[None, :]))
        bounds.append(bound)
        names.append((name, None))
    if len(vendors):
        least, most = _vendor_rows(candidates, limits, product, value, upper, vendors)
        rows += [least, most]
        bounds += [0.0] * (2 * len(vendors))
        names += [(VENDOR, v) for v in vendors.tolist()] + [("", v) for v in vendors.tolist()]
    stacked = vstack(rows, format="csr") if rows else csr_array((0, wide))
    return Programme(
        product, value, np.concatenate([gain, np.zeros(len(vendors))]), upper,
        csr_array(stacked), np.array(bounds), tuple(names), vendors,
        np.array([limits.vendor_minimum[v] for v in vendors.tolist()], dtype=float),
        _places(vendors, candidates.vendors[product]),
        candidates.discover[product],
    )  # fmt: skip


def _affordable(candidates: Candidates, limits: Limits, product: Ints) -> Ints:
    """Whole cases of each product that the money could buy if nothing else were ordered."""
    if limits.money is None:
        return np.full(len(product), np.iinfo(np.int64).max)
    new = candidates.discover[product].astype(bool)
    mixed = bool(new.any() and not new.all())  # else the share is not kept
    money = limits.money * np.where(new & mixed, limits.discovery_share, 1.0)
    return np.floor(money / candidates.case_value[product] + 1e-9).astype(np.int64)


def _money_rows(
    candidates: Candidates, limits: Limits, product: Ints, value: Floats, gain: Floats
) -> list[tuple[str, Floats, float]]:
    """Budget, credit, and the part that is kept for discovery: name, coefficients, bound.

    New products are a share of what is worth ordering: what only fills an order up to a
    vendor's minimum makes no room for them, or it would be ordered to make room.
    """
    rows = [(name, value, getattr(limits, name)) for name in MONEY]
    made = [(name, coefficients, bound) for name, coefficients, bound in rows if bound is not None]
    new = candidates.discover[product]
    share = limits.discovery_share
    if not new.any() or new.all():
        return made
    counted = np.where(gain > 0, share * value, 0.0)
    made.append((DISCOVERY, np.where(new, value, 0.0) - counted, 0.0))
    if limits.money is not None:
        steps = candidates.lots.cases.sum(axis=1)
        could = float((steps * candidates.case_value)[candidates.discover].sum())
        kept = min(share * limits.money, could)
        made.append((KEPT, np.where(new, 0.0, value), limits.money - kept))
    return made


def _vendor_rows(
    candidates: Candidates, limits: Limits, product: Ints, value: Floats, upper: Floats,
    vendors: Texts,
) -> tuple[csr_array, csr_array]:  # fmt: skip
    """minimum x ordered - spent <= 0, and spent - most x ordered <= 0, a row a vendor each."""
    place = _places(vendors, candidates.vendors[product])
    steps = np.flatnonzero(place >= 0)
    row, many = place[steps], len(vendors)
    spent = csr_array((value[steps], (row, steps)), shape=(many, len(product) + many))
    own = len(product) + np.arange(many)
    most = np.bincount(row, value[steps] * upper[steps], many)
    least = np.array([limits.vendor_minimum[v] for v in vendors.tolist()])
    switch = csr_array((least, (np.arange(many), own)), shape=spent.shape)
    gate = csr_array((most, (np.arange(many), own)), shape=spent.shape)
    return csr_array(switch - spent), csr_array(spent - gate)


def _places(vendors: Texts, of: Texts) -> Ints:
    """Place of each in `vendors` (ascending), -1 where it is not there."""
    if not len(vendors):
        return np.full(len(of), -1)
    at = np.minimum(np.searchsorted(vendors, of), len(vendors) - 1)
    return np.where(vendors[at] == of, at, -1)
