"""What a vendor looks at: the filter that all his pages, addresses and commands share.

A filter is plain values, so that it can be a key of a cache, the query of an address and
the options of a command, and comes back the same from each.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from math import isfinite
from typing import Final

from smartreco.errors import InputError

DAYS: Final = ("since", "until")
CHOICES: Final = {
    "region": "regions", "city": "cities", "category": "categories", "product": "products",
    "segment": "segments",
}  # fmt: skip
PRICES: Final = ("price_low", "price_high")
NAMES: Final = (*DAYS, *CHOICES, *PRICES)


@dataclass(frozen=True, slots=True)
class VendorFilter:
    """What to count; empty means all.

    Attributes
    ----------
    since, until
        A day in the first and in the last week that count, both whole; None: the last
        full weeks (`smartreco.vendors.periods.USUAL_WEEKS`).
    regions, cities, segments
        Of the shops; "unknown" stands for those that have none.
    categories, products
        Names of categories, ids of products.
    price_low, price_high
        Band of a product's price: list price, else the average paid; currency a piece, both in.
    """

    since: date | None = None
    until: date | None = None
    regions: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()
    price_low: float | None = None
    price_high: float | None = None

    def __post_init__(self) -> None:
        for field in CHOICES.values():  # the same choice is the same filter, in any order
            object.__setattr__(self, field, tuple(sorted(set(getattr(self, field)))))
        if self.since and self.until and self.since > self.until:
            raise InputError(
                "a time ends after it begins", f"{self.since} to {self.until}", "swap the days"
            )
        for price in (self.price_low, self.price_high):
            if price is not None and not (isfinite(price) and price >= 0):
                raise InputError("a price is 0 or more", str(price), "enter another")
        low, high = self.price_low, self.price_high
        if low is not None and high is not None and low > high:
            raise InputError(
                "a price band begins below its end", f"{low:g} to {high:g}", "swap the prices"
            )

    @property
    def places(self) -> bool:
        """Whether only some shops count."""
        return bool(self.regions or self.cities or self.segments)

    @property
    def goods(self) -> bool:
        """Whether only some products count."""
        priced = self.price_low is not None or self.price_high is not None
        return bool(self.categories or self.products or priced)

    def everywhere(self) -> VendorFilter:
        """The same time and products at all shops."""
        return replace(self, regions=(), cities=(), segments=())

    def to_strings(self) -> dict[str, list[str]]:
        """As an address holds it: name to values; what is not set is left out."""
        found: dict[str, list[str]] = {}
        for name in NAMES:
            value = getattr(self, CHOICES.get(name, name))
            if name in CHOICES:
                values = list(value)
            elif value is None:
                values = []
            else:
                values = [value.isoformat() if name in DAYS else repr(float(value))]
            if values:
                found[name] = values
        return found

    @classmethod
    def from_strings(cls, strings: Mapping[str, str | Iterable[str]]) -> VendorFilter:
        """The filter that `to_strings` wrote; names that are not a filter's are passed over.

        Raises
        ------
        InputError
            A day or a price that is none, or a band that cannot be.
        """
        values: dict[str, tuple[str, ...]] = {}
        for name in NAMES:
            given = strings.get(name, ())
            texts = (given,) if isinstance(given, str) else tuple(given)
            values[name] = tuple(text for text in texts if text != "")
        found: dict[str, object] = {field: values[name] for name, field in CHOICES.items()}
        found |= {name: _day(name, values[name]) for name in DAYS}
        found |= {name: _price(name, values[name]) for name in PRICES}
        return cls(**found)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Facet:
    """A value that can be chosen.

    ``count`` : of a place or a segment the shops that ever bought, of a category its
    products, of a product the shops that ever bought it.
    """

    value: str
    label: str
    count: int
    within: str | None = None


@dataclass(frozen=True, slots=True)
class Facets:
    """What a vendor's filter can choose, from his own products and the shops that buy them.

    Attributes
    ----------
    regions, segments, categories
        By name.
    cities
        ``within`` is the region of most of their shops.
    products
        ``value`` is the id, ``within`` the category.
    first_week, last_week
        Mondays of the full weeks that are known; None where no week is full.
    price_low, price_high
        Lowest and highest price of a product; None where no price is known.
    """

    regions: tuple[Facet, ...]
    cities: tuple[Facet, ...]
    segments: tuple[Facet, ...]
    categories: tuple[Facet, ...]
    products: tuple[Facet, ...]
    first_week: date | None
    last_week: date | None
    price_low: float | None
    price_high: float | None

    @property
    def empty(self) -> bool:
        """Whether the vendor has no products."""
        return not self.products


def _day(name: str, texts: tuple[str, ...]) -> date | None:
    if not texts:
        return None
    try:
        return date.fromisoformat(texts[-1])
    except ValueError:
        raise InputError(
            f"{name} is a day such as 2026-03-31", repr(texts[-1]), "enter another"
        ) from None


def _price(name: str, texts: tuple[str, ...]) -> float | None:
    if not texts:
        return None
    try:
        return float(texts[-1])
    except ValueError:
        raise InputError(
            f"{name} is a number such as 12.5", repr(texts[-1]), "enter another"
        ) from None
