"""How much could be won, in one sentence; then how far the vendor reaches by now."""

from __future__ import annotations

from typing import Final

import streamlit as st

from pages.components import header
from pages.components.figures import Change, FigureCard, figure_cards
from pages.components.markup import place, tag
from pages.vendor.reach import meaning as reach_meaning
from pages.vendor.reach.visit import ReachVisit
from smartreco.language import Language, Message, Money
from smartreco.workspace.vendor.demand_views import Figure

OF_ONE: Final = Message(
    "{n} shop that does not buy {product} is expected to be worth {value} over the next {weeks} "
    "weeks",
    "{n} shops that do not buy {product} are expected to be worth {value} over the next {weeks} "
    "weeks",
    "n",
)
OF_MANY: Final = Message(
    "Products that {n} shop does not buy from you are expected to bring {value} over the next "
    "{weeks} weeks",
    "Products that {n} shops do not buy from you are expected to bring {value} over the next "
    "{weeks} weeks",
    "n",
)
BUYERS: Final = Message("{n} of {all} shop buys from you", "{n} of {all} shops buy from you", "all")
CHANCES: Final = Message(
    "{n} chance is counted, a shop and a product that it does not buy",
    "{n} chances are counted, each a shop and a product that it does not buy",
    "n",
)
UNNAMED: Final = Message(
    "{n} of them is at a shop that does not let itself be named, and counts in totals only",
    "{n} of them are at shops that do not let themselves be named, and count in totals only",
    "n",
)
LABELS: Final = {
    "numeric": ("Numeric distribution", "Of the shops in this selection, the share that bought."),
    "weighted": (
        "Weighted distribution",
        "The same with each shop counted by what shops of its size buy of your categories: near "
        "the numeric one you are in shops as they come, above it in the large ones.",
    ),
    "velocity": ("Sold a week in each", "Value a week at a shop that bought."),
    "shops": (
        "Bought, of {all} shops",
        "Shops that ordered at least once in this time, of those that are still there: a shop that "
        "closed counts as a buyer under Demand only.",
    ),
}


def draw(visit: ReachVisit) -> None:
    """The head of the page."""
    t, space = visit.ctx.t, visit.space
    with st.container(key="sr-answer", gap="small"):
        header.page_header(_said(visit), _about(visit))
        if space.why is not None:
            place(tag("p", visit.ctx.language.say(*space.why)))
        elif space.pairs:
            low, high = Money(space.total.low, compact=True), Money(space.total.high, compact=True)
            said = t("80 of 100 times it comes to between {low} and {high}.", low=low, high=high)
            place(tag("p", said))
            place(tag("p", _rests(visit), cls="small"))
        else:
            place(
                tag("p", t("Too few shops are in this selection for a total of what is to be won."))
            )
        reach_meaning.popover(visit, "answer", (*space.method, *visit.headline.method))


def figures(visit: ReachVisit) -> None:
    """One row of cards."""
    head = visit.headline
    shown = (head.numeric, head.weighted, head.velocity, head.shops)
    with st.container(key="sr-reach-figures"):
        place(figure_cards([_card(visit, one) for one in shown], visit.ctx.language))


def _said(visit: ReachVisit) -> str:
    """What is to be won; where that cannot be told, who buys by now."""
    space, head = visit.space, visit.headline
    shops = int(space.cells["shops"].sum())
    values: dict[str, object] = {
        "n": shops,
        "value": Money(space.total.expected, compact=True),
        "weeks": space.horizon,
    }
    if not head.universe:
        return visit.ctx.t("No shop is in this selection")
    if space.why is not None or not shops:
        return visit.ctx.language.say(BUYERS, {"n": int(head.shops.now or 0), "all": head.universe})
    if visit.product is not None:
        return visit.ctx.language.say(OF_ONE, {**values, "product": visit.product})
    return visit.ctx.language.say(OF_MANY, values)


def _about(visit: ReachVisit) -> str:
    words = [visit.ctx.principal.name]
    if visit.space.as_of is not None:
        words.append(visit.ctx.t("from {day} on", day=visit.space.as_of))
    return " · ".join(words)


def _rests(visit: ReachVisit) -> str:
    """What the total is of, and what of it is never named."""
    say, space = visit.ctx.language.say, visit.space
    said = [say(CHANCES, {"n": space.pairs})]
    if space.unnamed:
        said.append(say(UNNAMED, {"n": space.unnamed}))
    return "; ".join(said) + "."


def _card(visit: ReachVisit, figure: Figure) -> FigureCard:
    t = visit.ctx.t
    label, meaning = LABELS[figure.name]
    times = ((figure.before, visit.since_before()), (figure.last_year, t("on last year")))
    changes = [_change(visit, figure, base, since) for base, since in times if base is not None]
    if not changes:
        changes = [Change(None, t("nothing to compare with yet"))]
    return FigureCard(
        t(label, all=visit.headline.universe),
        shown(figure.name, figure.now, visit.ctx.language), changes, figure.weeks,
        meaning=t(meaning),
    )  # fmt: skip


def _change(visit: ReachVisit, figure: Figure, base: float, since: str) -> Change:
    """Of a share in points, of an amount in per cent."""
    if figure.now is None:
        return Change(None, since)
    if figure.name not in ("numeric", "weighted"):
        return Change(figure.now / base - 1 if base else None, since)
    return Change(figure.now - base, since, points=True)


def shown(name: str, value: float | None, language: Language) -> str:
    """A figure in its unit."""
    if value is None:
        return "–"
    if name in ("numeric", "weighted"):
        return language.percent(value, 0 if value >= 0.1 or not value else 1)
    return language.money(value) if name == "velocity" else language.number(value)
