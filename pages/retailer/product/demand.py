"""How a product sells: the shop's own orders, what is expected next, and all shops together."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages.components import cards, charts, header, messages, product_cards
from pages.components.charts import DemandLine, Purchase, Week
from pages.components.markup import place, tag
from pages.components.product_cards import Fact
from pages.context import Context
from pages.retailer.catalogue.visit import CatalogueVisit
from pages.state import Slot
from smartreco.errors import NotEnoughDataError, NotFoundError
from smartreco.language import Message
from smartreco.workspace.product_views import OwnHistory, ProductView

AHEAD = 8  # weeks of the forecast shown
LISTED = 50  # orders in the table
ORDERS = Message("once", "{n} times", "n")
COMING = Message(
    "You order about {n} piece in the next {weeks} weeks",
    "You order about {n} pieces in the next {weeks} weeks", "n",
)  # fmt: skip
SHOPS = Message("{n} other shop", "{n} other shops", "n")
BLANK = Message(
    "One week in which fewer than {n} other shops ordered it is left blank.",
    "{weeks} weeks in which fewer than {n} other shops ordered it are left blank.",
    "weeks",
)


class DemandState:
    """What this part keeps for a browser tab."""

    forecast_of = Slot("")  # the product whose forecast was asked for


state = DemandState()


def own_orders(visit: CatalogueVisit, shown: ProductView) -> None:
    """Orders of this shop with their rhythm, and the forecast on demand."""
    ctx, own = visit.ctx, shown.own
    header.section(ctx.t("Your orders of it"), "own")
    with st.container(key="sr-own", gap="small"):
        if not own.orders:
            messages.note(ctx.t("You have not ordered it yet."))
            return
        place(product_cards.facts(_facts(ctx, own)))
        rows = tuple(Purchase(one.ordered_on, one.quantity, one.unit_price) for one in own.orders)
        title = ctx.t("Pieces of each order")
        charts.draw_kept(
            ("own orders", rows, shown.today, title, ctx.language),
            lambda: charts.purchases(rows, shown.today, title, ctx.language),
            charts.purchases_in_words(rows, title, ctx.language),
        )
        _table(ctx, own)
        st.fragment(_forecast, key="forecast")(ctx, shown)


def _facts(ctx: Context, own: OwnHistory) -> list[Fact]:
    t, say, money = ctx.t, ctx.language.say, ctx.language.money
    rows = [
        Fact(t("Ordered"), say(ORDERS, {"n": len(own.orders)}), t("since {day}",
             day=own.orders[-1].ordered_on)),
    ]  # fmt: skip
    if own.days_since is not None:
        ago = say(cards.DAYS_AGO, {"n": own.days_since})
        rows.append(Fact(t("Last order"), ago, ctx.language.day(own.orders[0].ordered_on)))
    if own.interval_days:
        every = say(cards.EVERY, {"n": max(round(own.interval_days), 1)})
        rows.append(Fact(t("Usually"), every))
    else:
        rows.append(Fact(t("Usually"), t("not known"), t("too few orders for a rhythm")))
    pieces = say(cards.PIECES, {"n": own.pieces})
    rows.append(Fact(t("In all"), pieces, money(own.value)))
    return rows


def _table(ctx: Context, own: OwnHistory) -> None:
    t, money = ctx.t, ctx.language.money
    opened = st.expander(t("Show the orders"), key="own-table", on_change="rerun")
    if not opened.open:
        return
    shown = own.orders[:LISTED]
    frame = pd.DataFrame(
        {
            t("Ordered on"): [ctx.language.day(one.ordered_on) for one in shown],
            t("Order"): [one.order_id for one in shown],
            t("Pieces"): [one.quantity for one in shown],
            t("Price of one piece"): [
                money(one.unit_price) if one.unit_price else "–" for one in shown
            ],
            t("Value"): [money(one.quantity * one.unit_price) for one in shown],
        }
    )
    with opened:
        money_columns = {
            t(name): st.column_config.TextColumn(alignment="right")
            for name in ("Price of one piece", "Value")
        }
        st.dataframe(frame, hide_index=True, width="stretch", column_config=money_columns)


def _forecast(ctx: Context, shown: ProductView) -> None:
    """Drawn when asked for: the first one of a state of the data takes seconds."""
    product_id = shown.product.product_id
    if state.forecast_of != product_id:
        st.button(
            ctx.t("Show the forecast"), key="show-forecast", icon=":material/trending_up:",
            on_click=_ask, args=(product_id,),
        )  # fmt: skip
        return
    try:
        with st.spinner(ctx.t("Forecasting what every shop will order"), show_time=True):
            line = ctx.workspace.series.shop_line(
                ctx.principal, shown.retailer.retailer_id, product_id=product_id
            ).weeks(AHEAD)
    except (NotEnoughDataError, NotFoundError):
        messages.note(ctx.t("Not enough data for a forecast of this product yet."))
        return
    if round(float(line.ahead["forecast"].sum())) < 1:
        messages.note(
            ctx.t("No order of it is expected in the next {weeks} weeks.", weeks=len(line.ahead))
        )
        return
    coming = {"n": round(float(line.ahead["forecast"].sum())), "weeks": len(line.ahead)}
    title = ctx.language.say(COMING, coming)
    drawn = DemandLine(line.past, line.ahead, line.festivals, line.median)
    place(tag("h3", title))
    charts.draw(
        charts.demand_chart(drawn, "", ctx.language),
        charts.demand_in_words(drawn, title, ctx.language),
    )


def _ask(product_id: str) -> None:
    state.forecast_of = product_id


def all_shops(ctx: Context, shown: ProductView) -> None:
    """Weekly demand of all shops together, where they are enough to hide each of them."""
    t, market = ctx.t, shown.market
    header.section(t("What all shops order"), "market")
    with st.container(key="sr-market", gap="small"):
        others = ctx.language.say(SHOPS, {"n": market.shops})
        if not len(market.weeks):
            words = t(
                "Fewer than {n} other shops ordered it in the last 52 weeks: too few to show "
                "their sum without showing one of them.", n=market.fewest,
            )  # fmt: skip
            messages.note(words)
            return
        title = t("Pieces a week, all shops together")
        days = pd.to_datetime(market.weeks["period_start"]).dt.date
        sold = [None if pd.isna(one) else float(one) for one in market.weeks["sold"]]
        rows = tuple(map(Week, days, sold))
        charts.draw_kept(
            ("all shops", rows, title, ctx.language),
            lambda: charts.weeks(rows, title, ctx.language),
            charts.weeks_in_words(rows, title, ctx.language),
        )
        messages.note(t("{shops} ordered it in the last 52 weeks.", shops=others))
        if market.blank:
            blank = ctx.language.say(BLANK, {"weeks": market.blank, "n": market.fewest})
            messages.note(blank)
