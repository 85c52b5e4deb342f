"""Lines of a shop's shelf: what is there, when it runs out, what to order and why."""

from __future__ import annotations

from pages.components.cards import Packs, title_of
from pages.components.markup import Html, tag
from pages.components.stock_marks import chance, days_of_cover, line_head
from pages.components.tiles import tile
from smartreco.language import Language, Percent
from smartreco.stock.sentences import say
from smartreco.workspace.shelf.stock_views import Known, ShelfRow, ShelfView


def shelf_line(row: ShelfRow, view: ShelfView, language: Language) -> Html:
    """One product of a shelf whose stock is known, or only its use where it is not."""
    known = row.known is not Known.UNKNOWN
    return tag(
        "article",
        tile(row.product.category, row.product.name, row.product.subcategory),
        _what(row, language),
        tag("div", _when(row, view, language), tag("p", cover(row, language), cls="small"),
            cls="rhythm"),
        _chance(row, language) if known else tag("span"),
        _amount(row, language),
        tag("p", because(row, view, language), cls="small because") if known else None,
        cls="line",
    )  # fmt: skip


def shelf_head(language: Language) -> Html:
    """What the columns hold."""
    return line_head(language, language.text("Suggested"))


def over_line(row: ShelfRow, language: Language) -> Html:
    """A product of which there is too much."""
    tied = "–" if row.tied_up is None else language.money(row.tied_up)
    extra = language.text("{n} more than needed", n=round(row.excess or 0.0))
    return tag(
        "article",
        tile(row.product.category, row.product.name, row.product.subcategory),
        tag(
            "div", title_of(row.product), tag("p", holding(row, language), cls="small"), cls="what"
        ),
        tag("div", tag("p", cover(row, language), cls="small"), cls="rhythm"),
        tag("span"),
        tag("p", tag("b", tied), tag("span", extra, cls="small block"), cls="amount"),
        cls="line",
    )


def because(row: ShelfRow, view: ShelfView, language: Language) -> str:
    """Why so much: what is needed, and which way it was rounded."""
    sure = Percent(view.service)
    if not row.needed:
        return language.text("Enough to be {sure} sure until the next delivery", sure=sure)
    said = language.text(
        "{n} needed to be {sure} sure until the next delivery", n=round(row.level), sure=sure
    )
    if row.why is None:
        return said
    if not row.pieces:
        least = Packs(row.step, row.product.case_size).words(language)
        why = language.text(
            "{least} is the least you order: it would cost about {cheaper} more than none",
            least=least, cheaper=row.why.values.get("cheaper", ""),
        )  # fmt: skip
        return f"{said}; {why}"
    return f"{said}; {say(row.why, language)}"


def holding(row: ShelfRow, language: Language) -> str:
    """What is there, how it is known, and how much is used."""
    parts = []
    if row.on_hand is not None:
        there = language.text("{n} on hand", n=round(row.on_hand))
        if row.known is Known.CARRIED and row.counted_on is not None:
            there = language.text(
                "about {n} on hand, counted {day}", n=round(row.on_hand), day=row.counted_on
            )
        parts.append(there)
    if row.on_order:
        parts.append(language.text("{n} on the way", n=round(row.on_order)))
    parts.append(language.text("uses {n} a week", n=float(row.weekly)))
    return " · ".join(parts)


def cover(row: ShelfRow, language: Language) -> str:
    """How long the shelf lasts at the expected pace."""
    return days_of_cover(row.days_of_cover, language)


def _when(row: ShelfRow, view: ShelfView, language: Language) -> Html:
    if row.known is Known.UNKNOWN:
        return tag("span", language.text("not counted"), cls="chip")
    if row.runs_out_on is None:
        return tag("span", language.text("not in {n} weeks", n=view.horizon_days // 7), cls="chip")
    words = language.day(row.runs_out_on)
    if not row.on_hand and row.on_order:
        words = language.text("empty, {n} on the way", n=round(row.on_order))
    elif row.runs_out_on <= view.today:
        words = language.text("out now") if not row.on_hand else language.text("today")
    return tag("span", words, cls="chip warm" if row.late else "chip")


def _chance(row: ShelfRow, language: Language) -> Html:
    share = row.runs_out_chance or 0.0
    title = language.text(
        "{share} likely to run out before an order of today could arrive", share=Percent(share)
    )
    return chance(share, title, language)


def _what(row: ShelfRow, language: Language) -> Html:
    return tag(
        "div", title_of(row.product), tag("p", holding(row, language), cls="small"), cls="what"
    )


def _amount(row: ShelfRow, language: Language) -> Html:
    if not row.pieces:
        nothing = language.text("nothing now")
        if row.position is None:
            nothing = language.text("stock up to {n}", n=round(row.level))
        return tag("p", tag("span", nothing, cls="small"), cls="amount")
    packs = Packs(row.pieces, row.product.case_size)
    price = row.product.unit_price
    value = None if price is None else tag("b", language.money(price * row.pieces))
    return tag("p", value, tag("span", packs.words(language), cls="small block"), cls="amount")
