"""What grew and what fell by most, each with the parts of its change as a small bar."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st

from pages.components import cards
from pages.components.charts import money_signed
from pages.components.figures import change_words, tone
from pages.components.markup import Html, join, place, tag
from pages.vendor.demand.visit import DemandVisit
from smartreco.language import noted
from smartreco.vendors.change import PARTS
from smartreco.vendors.movers import Move
from smartreco.vendors.partition import UNKNOWN
from smartreco.workspace.vendor.demand_views import Movers

REASONS: Final = {
    "volume": ("shops that stayed bought more", "shops that stayed bought less"),
    "price": ("prices went up", "prices went down"),
    "won": ("shops won", "shops won"), "lost": ("shops lost", "shops lost"),
    "launched": ("new product", "new product"), "ended": ("product ended", "product ended"),
}  # fmt: skip
SHORT: Final = {
    "volume": noted("volume"), "price": noted("price"), "won": noted("won"),
    "lost": noted("lost"), "launched": noted("new"), "ended": noted("ended"),
}  # fmt: skip


def draw(visit: DemandVisit, found: Movers) -> None:
    """Two lists side by side; on a phone one after the other."""
    t = visit.ctx.t
    reach = max((_reach(one) for one in (*found.up, *found.down)), default=0.0)
    with st.container(key="sr-movers", horizontal=True, gap="medium"):
        _list(visit, t("Went up"), found.up, found, reach, "up")
        _list(visit, t("Went down"), found.down, found, reach, "down")
    place(_legend(visit))


def _list(
    visit: DemandVisit, title: str, moved: Sequence[Move], found: Movers, reach: float, key: str
) -> None:
    with st.container(key=f"sr-figure-{key}", gap="xsmall"):
        place(tag("h2", title, cls="finding"))
        if not moved:
            place(tag("p", visit.ctx.t("Nothing did."), cls="small"))
            return
        place(tag("ol", *(_move(visit, one, found, reach) for one in moved), cls="moves"))


def _move(visit: DemandVisit, one: Move, found: Movers, reach: float) -> Html:
    language = visit.ctx.language
    name = found.labels[one.id]
    name = visit.ctx.t("not known") if name == UNKNOWN else cards.calm(name)
    share = "" if one.share is None else change_words(one.share, language)
    return tag(
        "li",
        tag("div", tag("span", name, cls="name"),
            tag("b", money_signed(one.change, language), cls=tone(one.change / (reach or 1.0))),
            cls="first"),
        _bar(one, reach),
        tag("div", _reason(visit, one), tag("span", share), cls="small first"),
        title=_sum(visit, one),
    )  # fmt: skip


def _reason(visit: DemandVisit, one: Move) -> Html:
    """The main part in words; the others as amounts, each in one piece with its sign."""
    if one.reason is None:
        return tag("span")
    language = visit.ctx.language
    words = visit.ctx.t(REASONS[one.reason][0 if one.change > 0 else 1])
    others = sorted((part for part in PARTS if part != one.reason and one.parts[part]),
                    key=lambda part: -abs(one.parts[part]))  # fmt: skip
    parts = [(words, one.reason), *((visit.ctx.t(SHORT[part]), part) for part in others[:2])]
    said = (join(" · " if at else None, f"{name} ",
                 tag("span", money_signed(one.parts[part], language)))
            for at, (name, part) in enumerate(parts))  # fmt: skip
    return tag("span", *said)


def _sum(visit: DemandVisit, one: Move) -> str:
    """All parts and what they add up to."""
    language = visit.ctx.language
    parts = ", ".join(f"{visit.ctx.t(SHORT[part])} {money_signed(one.parts[part], language)}"
                      for part in PARTS if one.parts[part])  # fmt: skip
    return f"{parts} = {money_signed(one.change, language)}"


def _bar(one: Move, reach: float) -> Html:
    """Parts that take to the left of the middle, parts that add to the right."""
    takes = [part for part in reversed(PARTS) if one.parts[part] < 0]
    adds = [part for part in PARTS if one.parts[part] > 0]

    def pieces(parts: Sequence[str]) -> Html:
        widths = (f"width:{abs(one.parts[part]) / (reach or 1.0):.1%}" for part in parts)
        return join(*(tag("span", cls=f"part {part}", style=width)
                      for part, width in zip(parts, widths, strict=True)))  # fmt: skip

    return tag(
        "div", tag("div", pieces(takes), cls="takes"), tag("div", pieces(adds), cls="adds"),
        cls="parts", aria_hidden="true",
    )  # fmt: skip


def _reach(one: Move) -> float:
    """The longer side of a bar."""
    amounts = one.parts.values()
    return max(sum(v for v in amounts if v > 0), -sum(v for v in amounts if v < 0))


def _legend(visit: DemandVisit) -> Html:
    words = (tag("li", tag("span", cls=f"part {part}", aria_hidden="true"),
                 visit.ctx.t(LEGEND[part])) for part in PARTS)  # fmt: skip
    return tag("ul", *words, cls="legend small")


LEGEND: Final = {
    "volume": "pieces at shops that stayed", "price": "prices at shops that stayed",
    "won": "shops won", "lost": "shops lost", "launched": "new products",
    "ended": "products that ended",
}  # fmt: skip
