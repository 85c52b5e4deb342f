"""Lines of a vendor's stock: what is free, when it runs out, what to make or order and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pages.components.cards import Packs, calm
from pages.components.markup import Html, tag
from pages.components.stock_marks import chance, days_of_cover, line_head
from pages.components.tiles import tile
from smartreco.language import Language, Percent
from smartreco.workspace.vendor.supply_views import Outlook, OutlookRow, Said


def supply_head(language: Language) -> Html:
    """What the columns hold."""
    return line_head(language, language.text("Make or order"))


def supply_line(row: OutlookRow, outlook: Outlook, language: Language) -> Html:
    """One product; its category is said where there are several."""
    several = any(one.category != row.category for one in outlook.rows)
    # where no stock is known at all, the page says so once
    why = sentences(row.why, language) if outlook.stock_known else ""
    return tag(
        "article",
        tile(row.category, row.name),
        tag("div", title(row, several), tag("p", holding(row, language), cls="small"), cls="what"),
        tag("div", _when(row, outlook, language), tag("p", cover(row, language), cls="small"),
            cls="rhythm"),
        _chance(row, language) or tag("span"),
        _amount(row, outlook.today, language),
        tag("p", why, cls="small because") if why else None,
        cls="line",
    )  # fmt: skip


def over_line(row: OutlookRow, language: Language) -> Html:
    """A product of which there is more than is needed."""
    tied = "–" if row.tied_up is None else language.compact_money(row.tied_up)
    extra = language.text("{n} more than needed", n=round(row.excess or 0.0))
    return tag(
        "article",
        tile(row.category, row.name),
        tag("div", title(row, False), tag("p", holding(row, language), cls="small"), cls="what"),
        tag("div", tag("p", cover(row, language), cls="small"), cls="rhythm"),
        tag("span"),
        tag("p", tag("b", tied), tag("span", extra, cls="small block"), cls="amount"),
        cls="line",
    )


def title(row: OutlookRow, category: bool) -> Html:
    """A product's name, and if asked for its category."""
    name = calm(row.name)
    about = tag("p", calm(row.category), cls="small") if category else None
    return tag("div", tag("h3", name, title=name), about, cls="title")


def holding(row: OutlookRow, language: Language) -> str:
    """What is free, what is spoken for, what comes, what is expected to be asked for."""
    t, parts = language.text, []
    if row.free is not None:
        parts.append(t("{n} free", n=row.free))
    if row.reserved:
        parts.append(t("{n} in open orders", n=row.reserved))
    if row.coming:
        words = t("{n} coming", n=row.coming)
        if row.coming_on is not None:
            words = t("{n} coming on {day}", n=row.coming, day=row.coming_on)
        parts.append(words)
    if row.weekly is not None:
        parts.append(t("about {n} asked for a week", n=float(row.weekly)))
    return " · ".join(parts)


def cover(row: OutlookRow, language: Language) -> str:
    """How long what is free lasts at the expected pace."""
    return days_of_cover(row.days_of_cover, language)


def sentences(said: Sequence[Said], language: Language) -> str:
    """Sentences one after the other."""
    words = (language.say(message, values) for message, values in said)
    return ". ".join(one[:1].upper() + one[1:].rstrip(".") for one in words if one)


def _when(row: OutlookRow, outlook: Outlook, language: Language) -> Html:
    t = language.text
    if row.free is None:
        return tag("span", t("not counted"), cls="chip")
    if row.runs_out_on is None:
        weeks = outlook.horizon_days // 7
        return tag("span", t("not in {n} weeks", n=weeks) if weeks else "–", cls="chip")
    words = language.day(row.runs_out_on)
    if row.runs_out_on <= outlook.today:
        words = t("out now") if not row.free else t("today")
    return tag("span", words, cls="chip warm" if row.late else "chip")


def _chance(row: OutlookRow, language: Language) -> Html | None:
    share = row.runs_out_chance
    if share is None:
        return None
    title = language.text(
        "{share} likely to run out before an order of today could be there", share=Percent(share)
    )
    return chance(share, title, language)


def _amount(row: OutlookRow, today: date, language: Language) -> Html:
    t = language.text
    if row.pieces is None:
        return tag("p", tag("span", _wanted(row, language), cls="small"), cls="amount")
    if not row.pieces:
        return tag("p", tag("span", t("nothing now"), cls="small"), cls="amount")
    packs = Packs(row.pieces, row.case_size)
    small = [t("{n} pieces", n=row.pieces)] if packs.in_cases else []
    if row.order_by is not None:
        now = row.order_by <= today
        small.append(t("order today") if now else t("order by {day}", day=row.order_by))
    lines = (tag("span", one, cls="small block") for one in small)
    return tag("p", tag("b", packs.words(language)), *lines, cls="amount")


def _wanted(row: OutlookRow, language: Language) -> str:
    """Where stock is not known: what to have."""
    if row.level is None:
        return "–"
    return language.text("have {n} in stock", n=round(row.level))
