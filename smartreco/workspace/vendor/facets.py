"""What a vendor's filter can choose: his products, and where the shops are that buy them."""

from __future__ import annotations

from datetime import timedelta

import pandas as pd

from smartreco.columns import CATEGORY, CITY, NAME, PRODUCT_ID, REGION, SEGMENT
from smartreco.workspace.vendor.reading import Known
from smartreco.workspace.vendor.views import Facet, Facets


def facets(known: Known) -> Facets:
    """Everything that would leave something; the commonest first, products by name."""
    buyers, goods = known.buyers, known.products
    names = goods.sort_values([NAME, PRODUCT_ID])
    rows = zip(*(names[c].tolist() for c in (PRODUCT_ID, NAME, "shops", CATEGORY)), strict=True)
    prices = goods["price"].dropna()
    weeks = known.weeks
    return Facets(
        regions=_counted(buyers[REGION]),
        cities=_cities(buyers),
        segments=_counted(buyers[SEGMENT]),
        categories=_counted(goods[CATEGORY]),
        products=tuple(Facet(str(one), str(name), int(n), str(c)) for one, name, n, c in rows),
        first_week=None if weeks is None else weeks.first,
        last_week=None if weeks is None else weeks.until - timedelta(weeks=1),
        price_low=float(prices.min()) if len(prices) else None,
        price_high=float(prices.max()) if len(prices) else None,
    )


def _counted(values: pd.Series[str]) -> tuple[Facet, ...]:
    counts = values.value_counts().sort_index().sort_values(ascending=False, kind="stable")
    return tuple(Facet(str(one), str(one), int(n)) for one, n in counts.items())


def _cities(buyers: pd.DataFrame) -> tuple[Facet, ...]:
    """Cities by their shops; one name in two regions is one choice."""
    regions = buyers.groupby(CITY)[REGION].agg(lambda of: of.value_counts().index[0])
    return tuple(
        Facet(one.value, one.label, one.count, str(regions[one.value]))
        for one in _counted(buyers[CITY])
    )
