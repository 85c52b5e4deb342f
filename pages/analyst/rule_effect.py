"""What rules change and cost, the answer first."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from pages.analyst.rule_form import LISTS
from pages.components import cards, charts
from pages.components.markup import Html, place, tag
from pages.context import Context
from smartreco.entities import ListName
from smartreco.language import Message
from smartreco.measures.bootstrap import Difference
from smartreco.recommend.rules.effects import Change, Moved, RulesPreview
from smartreco.workspace.rule_views import RuleChoices

SHOWN = 5  # products that enter or leave
FELT = 0.005  # orders a list: below it is rounded away
LOOKED_AT = Message(
    "Looked at: {n} shop of {known}, lists of {k}.",
    "Looked at: {n} shops of {known}, lists of {k}.",
    "n",
)
IN_LISTS = Message("{n} list", "{n} lists", "n")
PREVIEWED = (ListName.DISCOVER, ListName.REORDER, ListName.ALL)


def list_choice(
    ctx: Context,
    label: str,
    key: str,
    on_change: Callable[[], None] | None = None,
    default: ListName | None = None,
) -> ListName:
    """Which list an effect is shown on."""
    chosen = st.segmented_control(
        label, PREVIEWED, default=default, key=key, required=default is not None,
        format_func=lambda name: ctx.t(LISTS[ListName(name).value]),
        on_change=on_change or "rerun",
    )  # fmt: skip
    return ListName(chosen) if chosen else ListName.DISCOVER


def answer(ctx: Context, effect: RulesPreview) -> str:
    """The finding in one sentence."""
    if not effect.changed:
        return ctx.t("Changes no list")
    parts = [ctx.t("Changes {share} of lists", share=_share(ctx, effect.changed))]
    if effect.orders.difference.shops:
        parts.append(_cost(ctx, effect.orders.difference))
    points = effect.margin.difference.mean * 100
    if _sure(effect.margin.difference) and abs(points) >= 0.05:
        parts.append(ctx.t("margin {points} points", points=_signed(ctx, points, 1)))
    return ", ".join(parts)


def draw(ctx: Context, effect: RulesPreview, choices: RuleChoices) -> None:
    """The whole preview."""
    with st.container(key="sr-effect", gap="medium"):
        place(tag("div", tag("h2", answer(ctx, effect)), tag("p", _rests_on(ctx, effect),
              cls="small"), cls="finding"))  # fmt: skip
        if not effect.changed:
            return
        _figures(ctx, effect)
        place(
            tag(
                "div",
                _products(ctx, ctx.t("Come onto lists"), effect.entering),
                _products(ctx, ctx.t("Leave lists"), effect.leaving),
                cls="moved",
            )
        )
        _places(ctx, effect, choices)


def _figures(ctx: Context, effect: RulesPreview) -> None:
    t, language = ctx.t, ctx.language
    with st.container(horizontal=True, gap="small"):
        _figure(ctx, t("Expected orders a list"), effect.orders, 1.0, 2,
                t("The sum of the chances that each line is ordered within 4 weeks."))  # fmt: skip
        _figure(ctx, t("Margin, %"), effect.margin, 100.0, 1,
                t("Mean over the lines whose cost is known: {share} of them.",
                  share=language.percent(effect.margin_known)))  # fmt: skip
        _figure(ctx, t("Variety"), effect.variety, 1.0, 2,
                t("How unlike two lines of a list are: 0 alike, 1 nothing in common."))  # fmt: skip
        before, after = effect.coverage
        cards.figure(
            t("Catalogue shown"), language.percent(after, 1),
            change=_points(ctx, (after - before) * 100),
            meaning=t("Share of all products that are on a list of any shop looked at."),
        )  # fmt: skip
        if abs(effect.lines.difference.mean) >= 0.05:
            _figure(ctx, t("Lines a list"), effect.lines, 1.0, 1,
                    t("Rules can leave fewer products than a list has places."))  # fmt: skip


def _figure(
    ctx: Context, label: str, change: Change, scale: float, digits: int, meaning: str
) -> None:
    if not change.difference.shops:
        cards.figure(label, "–", meaning=ctx.t("The data do not support this figure."))
        return
    gap, low, high = (
        _signed(ctx, value * scale, digits)
        for value in (change.difference.mean, change.difference.low, change.difference.high)
    )
    interval = ctx.t("95 % interval of the change: {low} to {high}.", low=low, high=high)
    cards.figure(
        label, ctx.language.number(change.after * scale, digits),
        change=gap if gap.strip("+-0.,") else None, meaning=f"{meaning} {interval}",
    )  # fmt: skip


def _products(ctx: Context, title: str, moved: Sequence[Moved]) -> Html:
    lines = [
        tag("li", tag("span", cards.calm(one.name)),
            tag("b", ctx.language.say(IN_LISTS, {"n": one.lists})))
        for one in moved[:SHOWN]
    ]  # fmt: skip
    nothing = tag("p", ctx.t("No product"), cls="small")
    return tag("section", tag("h3", title), tag("ul", *lines) if lines else nothing)


def _places(ctx: Context, effect: RulesPreview, choices: RuleChoices) -> None:
    known = [one for one in effect.vendors if one.vendor_id]
    rows = [
        charts.Pair(cards.calm(choices.vendors.get(one.vendor_id, one.vendor_id)),
                    one.before, one.after)
        for one in known
        if abs(one.after - one.before) >= FELT
    ][: charts.MOST_PAIRS]  # fmt: skip
    if rows:
        title = ctx.t("Places of a list by vendor, before → after")
        charts.draw(
            charts.before_and_after(rows, title, ctx.language),
            charts.pairs_in_words(rows, title, ctx.language),
        )


def _rests_on(ctx: Context, effect: RulesPreview) -> str:
    values = {"n": effect.retailers, "known": effect.known, "k": effect.k}
    orders = effect.orders.difference
    said = [ctx.language.say(LOOKED_AT, values)]
    if orders.shops and effect.changed:
        low, high = (_signed(ctx, value, 2) for value in (orders.low, orders.high))
        said.append(ctx.t("Change of expected orders, 95 % interval: {low} to {high}; expected by "
                          "the model, not yet seen in orders.", low=low, high=high))  # fmt: skip
    return " ".join(said)


def _sure(difference: Difference) -> bool:
    """Whether the interval leaves no doubt about the direction."""
    return difference.low > 0 or difference.high < 0


def _cost(ctx: Context, orders: Difference) -> str:
    if abs(orders.mean) < FELT:
        return ctx.t("costs next to no orders")
    if not _sure(orders):
        return ctx.t("no sure change of expected orders")
    amount = ctx.language.number(abs(orders.mean), 2)
    if orders.mean < 0:
        return ctx.t("costs {n} expected orders a list", n=amount)
    return ctx.t("adds {n} expected orders a list", n=amount)


def _share(ctx: Context, share: float) -> str:
    return ctx.language.percent(share, 1 if 0 < share < 0.01 else 0)


def _points(ctx: Context, points: float) -> str | None:
    if abs(points) < 0.05:
        return None
    return ctx.t("{points} points", points=_signed(ctx, points, 1))


def _signed(ctx: Context, value: float, digits: int) -> str:
    number = ctx.language.number(abs(value), digits)
    if not float(f"{abs(value):.{digits}f}"):
        return number
    return f"{'-' if value < 0 else '+'}{number}"
