"""Each kind of lever: its name, what it starts with, and the settings that it shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from statistics import median
from typing import Any, Final, NamedTuple

import streamlit as st

from pages.product_manager.what_if import list_forms
from pages.product_manager.what_if.fields import Fields
from smartreco.scenario.levers.base import KIND
from smartreco.workspace.scenario.views import ScenarioChoices

Plain = dict[str, Any]


class LeverForm(NamedTuple):
    """A kind of lever."""

    name: str
    icon: str
    starts: Callable[[ScenarioChoices], Plain]
    draw: Callable[[Fields], None]


def start(kind: str, choices: ScenarioChoices) -> Plain:
    """A lever of a kind as it is added: something that can be asked at once."""
    return {KIND: kind, **FORMS[kind].starts(choices)}


def _about(fields: Fields) -> None:
    """Products by category, vendor and name; what fits all that is chosen."""
    t, choices = fields.desk.ctx.t, fields.desk.choices
    with st.container(horizontal=True, gap="small"):
        if choices.categories:
            fields.choice("category", t("Category"), choices.categories, every=t("Any category"))
        if choices.names.vendors:
            fields.choice("vendor", t("Vendor"), list(choices.names.vendors),
                          names=choices.names.vendors, every=t("Any vendor"))  # fmt: skip
    fields.several("products", t("Products"), choices.names.products, t("Any product"))


def _price(fields: Fields) -> None:
    t = fields.desk.ctx.t
    fields.percent(
        "change", t("Price change"), -50, 50,
        meaning=t("Of today's price, for as long as the weeks below say; not announced as a "
                  "promotion."),
    )  # fmt: skip
    _about(fields)
    fields.weeks()


def _promotion(fields: Fields) -> None:
    t = fields.desk.ctx.t
    fields.percent(
        "depth", t("Taken off the price"), 5, 60, 5,
        meaning=t("Announced as a promotion: it is noticed beyond what its price does. A deeper "
                  "one that is planned already stays."),
    )  # fmt: skip
    _about(fields)
    fields.weeks()


def _about_and_weeks(fields: Fields) -> None:
    _about(fields)
    fields.weeks()


def _vendor_exit(fields: Fields) -> None:
    vendors = fields.desk.choices.names.vendors
    fields.choice("vendor", fields.desk.ctx.t("Vendor"), list(vendors), names=vendors)
    fields.weeks()


def _demand(fields: Fields) -> None:
    t, choices = fields.desk.ctx.t, fields.desk.choices
    fields.percent("change", t("Change of demand"), -80, 100, 5)
    with st.container(horizontal=True, gap="small"):
        if choices.regions:
            fields.choice("region", t("Region"), choices.regions, every=t("Everywhere"))
        if choices.categories:
            fields.choice("category", t("Category"), choices.categories, every=t("Any category"))
    fields.weeks()


def _launch(fields: Fields) -> None:
    t, choices = fields.desk.ctx.t, fields.desk.choices
    fields.text("name", t("Name of the new product"))
    with st.container(horizontal=True, gap="small"):
        fields.choice("category", t("Category"), choices.categories)
        kinds = choices.subcategories.get(str(fields.value("category")), ())
        if kinds:
            fields.choice("subcategory", t("Kind"), kinds, every=t("Any kind"))
    with st.container(horizontal=True, gap="small"):
        fields.money("price", t("Price a piece"))
        fields.money("cost", t("Cost a piece"), optional=True)
    vendors = choices.names.vendors
    if vendors:
        fields.choice("vendor", t("Vendor"), ["", *vendors],
                      names={**vendors, "": t("A new vendor")}, plain=True)  # fmt: skip
    fields.weeks()


def _lead_time(fields: Fields) -> None:
    t = fields.desk.ctx.t
    fields.number("added", t("Weeks added to the lead time"), -3, 8,
                  meaning=t("Below zero: deliveries come sooner."))  # fmt: skip
    fields.switch("planned", t("The vendor knows and orders earlier"))
    _about(fields)


def _festival(fields: Fields) -> None:
    t, ahead = fields.desk.ctx.t, fields.desk.choices.festivals
    days = {one.name: t("{name}, {day}", name=one.name, day=one.day) for one in ahead}
    fields.choice("festival", t("Festival"), list(days), names=days, plain=True)
    fields.number("days", t("Days later"), -28, 28,
                  meaning=t("Below zero: earlier than in the calendar."))  # fmt: skip


def _new_shops(fields: Fields) -> None:
    t, choices = fields.desk.ctx.t, fields.desk.choices
    fields.number("count", t("New shops"), 1, 50)
    with st.container(horizontal=True, gap="small"):
        fields.choice("region", t("Region"), choices.regions)
        if choices.segments:
            fields.choice("segment", t("Kind of shop"), choices.segments, every=t("Any kind"))
    fields.weeks()


def _group(choices: ScenarioChoices) -> Plain:
    """Something to be about: a category, else a vendor, else a product."""
    if choices.categories:
        return {"category": choices.categories[0]}
    if choices.names.vendors:
        return {"vendor": next(iter(choices.names.vendors))}
    return {"products": list(choices.names.products)[:1]}


def _vendor(choices: ScenarioChoices) -> Plain:
    return {"vendor": next(iter(choices.names.vendors))} if choices.names.vendors else {}


def _launched(choices: ScenarioChoices) -> Plain:
    prices = choices.prices.values()
    return {
        "name": "New product", "category": next(iter(choices.categories), ""),
        "price": round(median(prices), 2) if prices else 1.0,
    }  # fmt: skip


def _moved_festival(choices: ScenarioChoices) -> Plain:
    return {"festival": choices.festivals[0].name if choices.festivals else "", "days": 7}


FORMS: Final[Mapping[str, LeverForm]] = {
    "price": LeverForm("Price", "sell", lambda c: {"change": -0.1, **_group(c)}, _price),
    "promotion": LeverForm("Promotion", "percent",
                           lambda c: {"depth": 0.2, "weeks": 2, **_group(c)}, _promotion),
    "stock_out": LeverForm("Empty shelves at vendors", "production_quantity_limits",
                           lambda c: {"from_week": 2, "weeks": 3, **(_vendor(c) or _group(c))},
                           _about_and_weeks),
    "restored": LeverForm("Full shelves at vendors", "inventory", _group, _about_and_weeks),
    "product_exit": LeverForm(
        "Products are taken off", "remove_shopping_cart",
        lambda c: {"products": list(c.names.products)[:1]}, _about_and_weeks,
    ),
    "vendor_exit": LeverForm("A vendor leaves", "logout", _vendor, _vendor_exit),
    "demand": LeverForm("Demand moves", "trending_up", lambda c: {"change": 0.1}, _demand),
    "launch": LeverForm("A product is launched", "rocket_launch", _launched, _launch),
    "lead_time": LeverForm("Lead time", "local_shipping",
                           lambda c: {"added": 1, **(_vendor(c) or _group(c))}, _lead_time),
    "festival": LeverForm("A festival moves", "celebration", _moved_festival, _festival),
    "new_retailers": LeverForm(
        "New shops", "add_business",
        lambda c: {"count": 5, "region": next(iter(c.regions), "")}, _new_shops,
    ),
    "blend": LeverForm("Weights of a list", "instant_mix", list_forms.start_blend,
                       list_forms.blend),
    "rule": LeverForm("A rule on lists", "checklist", list_forms.start_rule, list_forms.rule),
}  # fmt: skip
