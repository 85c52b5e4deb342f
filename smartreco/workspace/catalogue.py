"""Products in memory, as lists and filters need them: one immutable copy per state of the data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from smartreco.columns import (
    ACTIVE,
    CASE_SIZE,
    CATEGORY,
    CITY,
    NAME,
    ON_HAND,
    PRODUCT_ID,
    REDUCED_UNTIL,
    REGION,
    REGULAR_PRICE,
    RETAILER_ID,
    SEGMENT,
    SUBCATEGORY,
    UNIT_PRICE,
    VENDOR,
    VENDOR_ID,
)
from smartreco.entities import DatasetInfo, Product, Retailer
from smartreco.errors import NotFoundError
from smartreco.workspace.views import Facets, ListFilter

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Catalogue:
    """Products and shops in the order of their positions in the model.

    ``products`` is `smartreco.store.catalogue.products` at the prices of a day
    (`smartreco.workspace.promoted_prices`), ``retailers`` its `retailers`; nobody changes them.
    """

    info: DatasetInfo
    products: pd.DataFrame
    retailers: pd.DataFrame

    @cached_property
    def position(self) -> dict[str, int]:
        """Row of each product id."""
        return {key: at for at, key in enumerate(self.products[PRODUCT_ID])}

    @cached_property
    def facets(self) -> Facets:
        """What a filter can choose from, among products that can be ordered."""
        shown = self.products[self.products[ACTIVE]]
        prices = shown[UNIT_PRICE].dropna()
        return Facets(
            categories=tuple(sorted(shown[CATEGORY].unique())),
            vendors=tuple(sorted(shown[VENDOR].dropna().unique())),
            price_low=float(np.floor(prices.min())) if len(prices) else None,
            price_high=float(np.ceil(prices.max())) if len(prices) else None,
        )

    @cached_property
    def orderable(self) -> Mask:
        """Active products that the vendor is not known to be out of."""
        on_hand = self.products[ON_HAND].to_numpy(dtype=float, na_value=np.nan)
        return self.products[ACTIVE].to_numpy(dtype=bool) & ~(on_hand <= 0)

    @cached_property
    def _words(self) -> pd.Series[str]:
        columns = [PRODUCT_ID, NAME, CATEGORY, SUBCATEGORY, VENDOR]
        text = self.products[columns].fillna("").astype(str)
        return text.agg(" ".join, axis=1).str.lower()

    def matching(self, wanted: ListFilter) -> Mask:
        """Which products a filter lets through."""
        mask = np.ones(len(self.products), dtype=bool)
        if wanted.categories:
            mask &= self.products[CATEGORY].isin(wanted.categories).to_numpy()
        if wanted.vendors:
            mask &= self.products[VENDOR].isin(wanted.vendors).to_numpy()
        price = self.products[UNIT_PRICE].to_numpy(dtype=float, na_value=np.nan)
        if wanted.price_low is not None:
            mask &= price >= wanted.price_low
        if wanted.price_high is not None:
            mask &= price <= wanted.price_high
        for word in wanted.search.lower().split():
            mask &= self._words.str.contains(word, regex=False).to_numpy()
        return mask

    def product(self, product_id: str) -> Product:
        """One product.

        Raises
        ------
        NotFoundError
            No product has this id.
        """
        at = self.position.get(product_id)
        if at is None:
            raise NotFoundError(
                "a product id is one of this data set's", repr(product_id), "check the id"
            )
        return self._cards[at]

    @cached_property
    def _cards(self) -> list[Product]:
        columns = [
            PRODUCT_ID, NAME, CATEGORY, SUBCATEGORY, VENDOR_ID, VENDOR, CASE_SIZE, UNIT_PRICE,
            ACTIVE, ON_HAND, REGULAR_PRICE, REDUCED_UNTIL,
        ]  # fmt: skip
        frame = self.products.reindex(columns=columns).astype(object)
        known = frame.where(frame.notna(), None)
        return [_card(*row) for row in known.itertuples(index=False, name=None)]

    @cached_property
    def _shops(self) -> dict[str, Retailer]:
        columns = [RETAILER_ID, NAME, CITY, REGION, SEGMENT]
        frame = self.retailers[columns].astype(object)
        known = frame.where(frame.notna(), None)
        shops = [Retailer(*row) for row in known.itertuples(index=False, name=None)]
        return {shop.retailer_id: shop for shop in shops}

    def retailer(self, retailer_id: str) -> Retailer:
        """One shop.

        Raises
        ------
        NotFoundError
            No active shop has this id.
        """
        shop = self._shops.get(retailer_id)
        if shop is None:
            raise NotFoundError(
                "a retailer id is one of this data set's", repr(retailer_id), "check the id"
            )
        return shop


def _card(
    product_id: str, name: str, category: str, subcategory: str | None, vendor_id: str | None,
    vendor: str | None, case_size: int, unit_price: float | None, active: bool,
    on_hand: float | None, regular_price: float | None, reduced_until: datetime | None,
) -> Product:  # fmt: skip
    return Product(
        product_id=product_id,
        name=name,
        category=category,
        subcategory=subcategory,
        vendor_id=vendor_id,
        vendor=vendor,
        case_size=int(case_size),
        unit_price=None if unit_price is None else float(unit_price),
        active=bool(active),
        on_hand=None if on_hand is None else int(on_hand),
        regular_price=None if regular_price is None else float(regular_price),
        reduced_until=None if reduced_until is None else reduced_until.date(),
    )
