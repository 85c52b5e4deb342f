"""Five ready questions, made from the data at hand: what is asked about is computed, not typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from smartreco.columns import CASE_SIZE, DAY, FESTIVAL, PRODUCT_ID
from smartreco.forecast.arrays import Floats, Mask, Texts
from smartreco.language import Language, Message, Percent, Sentence
from smartreco.scenario.levers.launch import Launch
from smartreco.scenario.levers.price import Price
from smartreco.scenario.levers.restored import Restored
from smartreco.scenario.levers.rule import RuleLever
from smartreco.scenario.levers.stock_out import StockOut
from smartreco.scenario.lists import ListMarket
from smartreco.scenario.market import Market
from smartreco.scenario.scenario import Scenario
from smartreco.workspace.scenario.markets import Held
from smartreco.workspace.scenario.views import FestivalAhead, Names, Preset

FESTIVAL_STOCK, PRICE_CUT, VENDOR_OUT, LAUNCH, MARGIN_FIRST = (
    "festival-stock-up", "price-cut", "vendor-out", "launch", "margin-first",
)  # fmt: skip
WEEKS: Final = 8
LAUNCH_WEEKS: Final = 12
LAST_FESTIVAL: Final = 16  # weeks ahead that a festival is looked for
BEFORE: Final = 2  # weeks before a festival's that shops buy for it
CUT: Final = -0.1
LARGE: Final = 0.5  # of the mean category: what a cut in a smaller one does is not worth asking
OUT_FROM, OUT_WEEKS = 2, 3
PUSH: Final = 0.5  # spreads that a product with little margin moves down
FEWEST: Final = 4  # products of a shelf that a new one is compared with

WHY: Final[Mapping[str, Message]] = {
    "festival": Message(
        "Demand ahead is highest around {festival} on {day}; in {category} empty shelves would"
        " cost most in those weeks."
    ),
    "no_festival": Message("The data hold no festival in the next {weeks} weeks."),
    "no_stock": Message("The data hold no empty shelves, so none can be filled."),
    "price": Message(
        "Of the larger categories {category} answers prices most: elasticity {elasticity}."
    ),
    "no_price": Message("The data hold no prices."),
    "vendor": Message("{vendor} brings the largest share of coming revenue: {share}."),
    "no_vendor": Message("The data name no vendors."),
    "launch": Message("A product of {shelf} sells most on average; the price is their median."),
    "no_shelf": Message("No kind of product with a known price has {count} that sell."),
    "margin": Message("Half of the products earn less than {margin} of their price."),
    "no_cost": Message("The data hold no costs."),
    "no_model": Message("No model has been fitted yet."),
}


def presets(
    held: Held, lists: ListMarket | None, names: Names, language: Language
) -> tuple[Preset, ...]:
    """All five; those that the data cannot answer say why."""
    made: tuple[Callable[[], Preset], ...] = (
        lambda: _festival(held.market, language),
        lambda: _price_cut(held.market, language),
        lambda: _vendor_out(held.market, names, language),
        lambda: _launch(held, language),
        lambda: _margin_first(lists, language),
    )
    return tuple(one() for one in made)


def festivals(market: Market) -> tuple[FestivalAhead, ...]:
    """The next day of each festival within the weeks ahead."""
    panel = market.whole_panel
    if panel is None or panel.calendar is None:
        return ()
    first = market.starts[0].astype("datetime64[D]")
    days = panel.calendar.sort_values(DAY)
    week = (days[DAY].to_numpy().astype("datetime64[D]") - first).astype(int) // 7
    ahead = days[(week >= 0) & (week < market.weeks)].drop_duplicates(FESTIVAL)
    return tuple(
        FestivalAhead(str(name), _day(day), int((_day(day) - first.item()).days // 7) + 1)
        for name, day in zip(ahead[FESTIVAL], ahead[DAY], strict=True)
    )


def _festival(market: Market, language: Language) -> Preset:
    title = language.text("Stock up before a festival")
    if not market.stock_known:
        return _missing(FESTIVAL_STOCK, title, "no_stock")
    ahead = [one for one in festivals(market) if one.week <= LAST_FESTIVAL]
    if not ahead:
        return _missing(FESTIVAL_STOCK, title, "no_festival", weeks=LAST_FESTIVAL)
    total = _worth(market)
    by_week = total.sum(axis=0)
    best = max(ahead, key=lambda one: float(by_week[_around(one)].mean()))
    at_risk = (total[:, _around(best)] * market.out[:, None]).sum(axis=1)
    category = _largest(market.goods.category, at_risk)
    first = max(best.week - BEFORE, 1)
    lever = Restored(category=category, from_week=first, weeks=best.week - first + 1)
    title = language.text("Full shelves of {category} before {festival}", category=category,
                          festival=best.name)  # fmt: skip
    values = {"festival": best.name, "day": best.day, "category": category}
    made = Scenario(title, (lever,), horizon=max(WEEKS, best.week))
    return Preset(FESTIVAL_STOCK, title, Sentence("festival", values), made)


def _price_cut(market: Market, language: Language) -> Preset:
    title = language.text("Cut prices in one category")
    worth = np.nan_to_num(_worth(market)[:, :WEEKS].sum(axis=1))
    if not worth.any() or not np.isfinite(market.price).any():
        return _missing(PRICE_CUT, title, "no_price")
    _, code = np.unique(market.goods.category, return_inverse=True)
    whole = np.bincount(code, weights=worth)
    slope = np.bincount(code, weights=worth * market.response.mean[:, 0]) / np.maximum(whole, 1e-9)
    at = int(np.argmin(np.where(whole >= LARGE * whole.mean(), slope, np.inf)))
    category = str(market.categories[at])
    change = f"−{language.show(Percent(-CUT))}"
    title = language.text("{change} on prices of {category}", change=change, category=category)
    lever = Price(category=category, change=CUT)
    values = {"category": category, "elasticity": language.number(float(slope[at]), 1)}
    made = Scenario(title, (lever,), horizon=WEEKS)
    return Preset(PRICE_CUT, title, Sentence("price", values), made)


def _vendor_out(market: Market, names: Names, language: Language) -> Preset:
    title = language.text("A vendor has none for {weeks} weeks", weeks=OUT_WEEKS)
    worth = _worth(market)[:, :WEEKS].sum(axis=1)
    known = market.goods.vendor != ""
    if not worth[known].any():
        return _missing(VENDOR_OUT, title, "no_vendor")
    vendor = _largest(market.goods.vendor[known], worth[known])
    name = names.vendors.get(vendor, vendor)
    title = language.text("{vendor} has none for {weeks} weeks", vendor=name, weeks=OUT_WEEKS)
    lever = StockOut(vendor=vendor, from_week=OUT_FROM, weeks=OUT_WEEKS)
    share = float(worth[market.goods.vendor == vendor].sum() / worth.sum())
    made = Scenario(title, (lever,), horizon=WEEKS)
    values = {"vendor": name, "share": Percent(share)}
    return Preset(VENDOR_OUT, title, Sentence("vendor", values), made)


def _launch(held: Held, language: Language) -> Preset:
    title = language.text("Launch a product")
    market = held.market
    worth = _worth(market)[:, :WEEKS].sum(axis=1)
    sold = (market.panel.demand.sum(axis=1) > 0) & np.isfinite(market.price)
    shelf = _best_shelf(market.goods.like, worth, sold)
    kinds, place = market.goods.subcategory, market.goods.like
    if not shelf:
        kinds, place = np.full(len(market), ""), market.goods.category
        shelf = _best_shelf(place, worth, sold)
    if not shelf:
        return _missing(LAUNCH, title, "no_shelf", count=FEWEST)
    rows = sold & (place == shelf)
    category, kind = str(market.goods.category[rows][0]), str(kinds[rows][0])
    title = language.text("Launch a product of {shelf}", shelf=kind or category)
    lever = _new(held, rows, language.text("New {shelf}", shelf=kind or category), category, kind)
    made = Scenario(title, (lever,), horizon=LAUNCH_WEEKS)
    return Preset(LAUNCH, title, Sentence("launch", {"shelf": kind or category}), made)


def _best_shelf(names: Texts, worth: Floats, sold: Mask) -> str:
    """Where a product is worth most on average, of those with enough products; "": none."""
    shelves, code = np.unique(names[sold], return_inverse=True)
    many = np.bincount(code, minlength=len(shelves))
    each = np.bincount(code, weights=worth[sold], minlength=len(shelves)) / np.maximum(many, 1)
    fine = many >= FEWEST
    return str(shelves[np.argmax(np.where(fine, each, -1.0))]) if fine.any() else ""


def _new(held: Held, rows: Mask, name: str, category: str, kind: str) -> Launch:
    """A product in the middle of those of a shelf, of the vendor who sells most there."""
    market = held.market
    worth = _worth(market)[rows, :WEEKS].sum(axis=1)
    price = round(float(np.median(market.price[rows])), 2)
    share = (market.goods.cost / market.price)[rows]
    share = share[np.isfinite(share)]
    cases = held.products.set_index(PRODUCT_ID)[CASE_SIZE].reindex(market.goods.ids[rows])
    return Launch(
        name=name,
        category=category,
        subcategory=kind or None,
        price=price,
        cost=round(price * float(np.median(share)), 2) if len(share) else None,
        vendor=_largest(market.goods.vendor[rows], worth),
        case_size=max(int(cases.median()), 1) if cases.notna().any() else 1,
    )


def _margin_first(lists: ListMarket | None, language: Language) -> Preset:
    title = language.text("Put margin first on the discover list")
    if lists is None:
        return _missing(MARGIN_FIRST, title, "no_model")
    margin = lists.facts.margin
    margin = margin[np.isfinite(margin)]
    if not len(margin):
        return _missing(MARGIN_FIRST, title, "no_cost")
    middle = round(float(np.clip(np.median(margin), -1.0, 0.95)), 3)
    lever = RuleLever(rule="min_margin", amount=middle, push=PUSH, list="discover")
    made = Scenario(title, (lever,), horizon=WEEKS)
    return Preset(MARGIN_FIRST, title, Sentence("margin", {"margin": Percent(middle, 1)}), made)


def _missing(key: str, title: str, why: str, **values: object) -> Preset:
    return Preset(key, title, Sentence(why, values), None)


def _worth(market: Market) -> Floats:
    """Revenue ahead: products x weeks; pieces where no price is known at all."""
    if not np.isfinite(market.price).any():
        return market.mean
    return np.asarray(market.mean * np.nan_to_num(market.price)[:, None])


def _around(one: FestivalAhead) -> slice:
    return slice(max(one.week - 1 - BEFORE, 0), one.week)


def _largest(names: Texts, worth: Floats) -> str:
    found, code = np.unique(names, return_inverse=True)
    return str(found[np.argmax(np.bincount(code, weights=worth))])


def _day(value: object) -> date:
    return pd.Timestamp(value).date()  # type: ignore[arg-type]
