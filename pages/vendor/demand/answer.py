"""What changed and why, in one sentence; the parts behind it in a second."""

from __future__ import annotations

from typing import Final

import streamlit as st

from pages.components import header
from pages.components.charts import money_signed
from pages.components.figures import LEVEL, change_words
from pages.components.markup import place, tag
from pages.vendor.demand.visit import DemandVisit
from smartreco.language import Message, Money, noted
from smartreco.vendors.change import PARTS
from smartreco.vendors.movers import Move

GREW: Final = {
    "volume": "mainly because shops that stayed bought more",
    "price": "mainly because prices paid went up",
    "won": "mainly because of shops that were won",
    "launched": "mainly because of new products",
}
FELL: Final = {
    "volume": "mainly because shops that stayed bought less",
    "price": "mainly because prices paid went down",
    "lost": "mainly because of shops that were lost",
    "ended": "mainly because of products that ended",
}
NAMES: Final = {
    "volume": "same shops", "price": noted("prices"), "won": "shops won", "lost": "shops lost",
    "launched": "new products", "ended": "ended products",
}  # fmt: skip
WEEKS: Final = Message("The week of {first}", "{n} weeks, {first} to {last}", "n")
AGAINST: Final = Message("compared with the week before", "compared with the {n} before", "n")


def draw(visit: DemandVisit) -> None:
    """The head of the page."""
    with st.container(key="sr-answer"):
        header.page_header(
            _said(visit), _about(visit),
            visit.ctx.t("Demand is what shops ordered of your products, cancelled orders left "
                        "out, in full weeks from Monday to Sunday."),
        )  # fmt: skip
        if words := _parts(visit):
            place(tag("p", words))


def _said(visit: DemandVisit) -> str:
    t, value, whole = visit.ctx.t, visit.headline.value, _whole(visit)
    if visit.headline.empty:
        if value.before:
            return t("Nothing was ordered; in the time before it was {value}",
                     value=Money(value.before, compact=True))  # fmt: skip
        return t("Nothing was ordered here")
    now = Money(value.now or 0.0, compact=True)
    if value.change is None or whole is None:
        return t("Shops ordered for {value}", value=now)
    if abs(value.change) < LEVEL:
        return t("Demand stood still at {value}", value=now)
    up = value.change > 0
    why = (GREW if up else FELL).get(whole.reason or "")
    said = t(
        "Demand rose {share} to {value}" if up else "Demand fell {share} to {value}",
        share=change_words(abs(value.change), visit.ctx.language).removeprefix("+"), value=now,
    )  # fmt: skip
    return f"{said}, {t(why)}" if why else said


def _about(visit: DemandVisit) -> str:
    """Whose figures, of which time, beside which."""
    now, say = visit.when.now, visit.ctx.language.say
    words = [visit.ctx.principal.name]
    words.append(say(WEEKS, {"n": now.weeks, "first": now.first, "last": now.last_day}))
    if visit.when.before is not None:
        words[-1] += f", {say(AGAINST, {'n': now.weeks})}"
    return " · ".join(words)


def _parts(visit: DemandVisit) -> str:
    """The parts that the change is made of, the largest first."""
    whole = _whole(visit)
    if whole is None or not whole.change:
        return ""
    language = visit.ctx.language
    order = sorted(PARTS, key=lambda part: -abs(whole.parts[part]))
    said = [
        f"{visit.ctx.t(NAMES[part])} {money_signed(whole.parts[part], language)}"
        for part in order
        if whole.parts[part]
    ]
    change = money_signed(whole.change, language)
    if len(said) < 2:
        return visit.ctx.t("{change} in all", change=change)
    return visit.ctx.t("{change} in all: {parts}", change=change, parts=", ".join(said))


def _whole(visit: DemandVisit) -> Move | None:
    return visit.demand.movers(visit.ctx.principal, visit.vendor_id, visit.wanted).whole
