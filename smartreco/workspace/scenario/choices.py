"""What levers can name in the data at hand, and which kinds it cannot answer."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from smartreco.columns import NAME, PRODUCT_ID, RETAILER_ID, VENDOR, VENDOR_ID
from smartreco.errors import NotEnoughDataError, NotReadyError, SmartRecoError
from smartreco.forecast.arrays import Texts
from smartreco.recommend.rules import KINDS
from smartreco.scenario.levers.blend import BlendWeights
from smartreco.scenario.levers.festival import Festival
from smartreco.scenario.levers.launch import Launch
from smartreco.scenario.levers.lead_time import LeadTime
from smartreco.scenario.levers.new_retailers import NewRetailers
from smartreco.scenario.levers.price import Price
from smartreco.scenario.levers.promotion import Promotion
from smartreco.scenario.levers.registry import LEVERS
from smartreco.scenario.levers.rule import RuleLever
from smartreco.scenario.levers.vendor_exit import VendorExit
from smartreco.scenario.lists import ListMarket
from smartreco.scenario.market import Market
from smartreco.workspace.scenario.markets import Held
from smartreco.workspace.scenario.presets import festivals
from smartreco.workspace.scenario.views import Names, RuleKind, ScenarioChoices


def names_of(held: Held) -> Names:
    """Names of products and vendors, sorted by name, and of shops."""
    by_name = held.products.sort_values([NAME, PRODUCT_ID])
    inside = by_name[by_name[PRODUCT_ID].isin(held.market.goods.ids)]
    vendors = held.products.dropna(subset=[VENDOR_ID]).drop_duplicates(VENDOR_ID)
    vendors = vendors[vendors[VENDOR_ID].isin(held.market.vendors)].sort_values([VENDOR, VENDOR_ID])
    return Names(
        dict(zip(inside[PRODUCT_ID], inside[NAME], strict=True)),
        dict(zip(vendors[VENDOR_ID], vendors[VENDOR], strict=True)),
        dict(zip(held.retailers[RETAILER_ID], held.retailers[NAME], strict=True)),
    )


def choices_of(held: Held, lists: ListMarket | None) -> ScenarioChoices:
    """All that a composer offers."""
    market, names = held.market, names_of(held)
    prices = zip(market.goods.ids, market.price, strict=True)
    return ScenarioChoices(
        kinds=tuple(LEVERS),
        missing=_missing(market, lists, names),
        names=names,
        prices={str(one): float(price) for one, price in prices if np.isfinite(price)},
        categories=_known(market.categories),
        subcategories=_subcategories(market),
        regions=_known(market.regions),
        segments=_known(market.segments),
        festivals=festivals(market),
        weeks=tuple(day.astype("datetime64[D]").item() for day in market.starts),
        weights={} if lists is None else lists.blend.to_dict(),
        rules=tuple(RuleKind(one.kind, one.targets, one.least, one.most) for one in KINDS.values()),
    )


def _missing(
    market: Market, lists: ListMarket | None, names: Names
) -> Mapping[str, SmartRecoError]:
    found: dict[str, SmartRecoError] = {}
    if not np.isfinite(market.price).any():
        for kind in (Price.kind, Promotion.kind, Launch.kind):
            found[kind] = NotEnoughDataError(
                "this needs prices", "none in the data", "import orders with a unit_price"
            )
    if market.shelves is None:
        found[LeadTime.kind] = NotEnoughDataError(
            "this needs what vendors hold", "no stock in the data", "import stock"
        )
    if not festivals(market):
        found[Festival.kind] = NotEnoughDataError(
            "this needs a festival ahead", "none in the calendar", "import a calendar"
        )
    if not names.vendors:
        found[VendorExit.kind] = NotEnoughDataError(
            "this needs vendors", "none in the data", "import products with a vendor"
        )
    if not _known(market.regions):
        found[NewRetailers.kind] = NotEnoughDataError(
            "this needs regions", "none in the data", "import retailers with a region"
        )
    if lists is None:
        for kind in (BlendWeights.kind, RuleLever.kind):
            found[kind] = NotReadyError("this needs a fitted model", "none yet", "fit a model")
    return found


def _subcategories(market: Market) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    kinds = np.unique(np.stack([market.goods.category, market.goods.subcategory]), axis=1)
    for category, kind in kinds.T.tolist():
        if kind:
            found.setdefault(category, []).append(kind)
    return {category: tuple(those) for category, those in found.items()}


def _known(names: Texts) -> tuple[str, ...]:
    """Without the one that stands for those that have none."""
    return tuple(str(one) for one in names if one)
