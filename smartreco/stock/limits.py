"""What may be ordered, what an order must keep to, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from smartreco.errors import InputError
from smartreco.stock.arrays import Floats, Ints, Mask, Texts
from smartreco.stock.lots import Lots

BUDGET, CREDIT = "budget", "credit"
DISCOVERY = "discovery"  # the most of an order that is new to the shop
KEPT = "kept"  # money that is kept for what is new
MONEY = (BUDGET, CREDIT)
VENDOR, VENDOR_LEFT_OUT = "vendor", "vendor_left_out"


@dataclass(frozen=True, slots=True)
class Candidates:
    """Products that could be ordered.

    Attributes
    ----------
    product_ids, vendors
        Text ids.
    case_value
        Currency for one case, above 0.
    lots
        Cases and what they bring.
    discover
        Whether the product is new to the shop.
    """

    product_ids: Texts
    vendors: Texts
    case_value: Floats
    lots: Lots
    discover: Mask


@dataclass(frozen=True, slots=True)
class Limits:
    """What an order must keep to; None: no such limit. All in the data set's currency.

    ``discovery_share`` is the part of the money that is kept for products new to the shop,
    and the most of the order's value that they make up.
    """

    budget: float | None = None
    credit: float | None = None
    vendor_minimum: dict[str, float] = field(default_factory=dict)
    discovery_share: float = 0.1

    def __post_init__(self) -> None:
        for name in MONEY:
            value = getattr(self, name)
            if value is not None and not value >= 0:
                raise InputError(f"a {name} is zero or more", f"{value:g}", "correct it")
        if not 0 <= self.discovery_share < 1:
            raise InputError(
                "the share kept for discovery is from 0 to below 1", f"{self.discovery_share:g}",
                "choose 0.1 or so",
            )  # fmt: skip

    @property
    def money(self) -> float | None:
        """The lower of budget and credit."""
        known = [value for value in (self.budget, self.credit) if value is not None]
        return min(known) if known else None

    @property
    def scarcer(self) -> str | None:
        """Which of budget and credit is the lower, `BUDGET` where both are the same."""
        if self.money is None:
            return None
        return BUDGET if self.budget == self.money else CREDIT


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit that holds the order back.

    Attributes
    ----------
    name
        `BUDGET`, `CREDIT`, `DISCOVERY`, `KEPT`, `VENDOR` or `VENDOR_LEFT_OUT`.
    bound, used
        Currency; of a vendor left out, his minimum and what is worth ordering from him; of
        money within which nothing fits that is worth ordering, 0 is used.
    worth
        What one more unit of it would bring (of a minimum: one unit less).
    vendor
        Text id, where the limit is one vendor's.
    """

    name: str
    bound: float
    used: float
    worth: float
    vendor: str | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """Whole cases of each candidate, and what holds the order back.

    Attributes
    ----------
    cases
        Of each candidate, 0 or more.
    value, worth
        Currency: the order's price, and what it is expected to bring.
    limits
        Those that bind, the dearest first.
    gap
        The most by which a better order could bring more, as a share; 0: none could.
    """

    cases: Ints
    value: float
    worth: float
    limits: tuple[Limit, ...]
    gap: float


@dataclass(frozen=True, slots=True)
class SolverSettings:
    """When each step of the search ends.

    Attributes
    ----------
    gap
        Share that could be brought more.
    nodes
        Of the search tree: an end that does not depend on how busy the machine is.
    seconds
        A last resort where it is very busy.
    """

    gap: float = 1e-3
    nodes: int = 400
    seconds: float = 0.6
