"""The figures that come first, each with its changes and its course week by week."""

from __future__ import annotations

from typing import Final

from pages.components.figures import Change, FigureCard, figure_cards
from pages.components.markup import place
from pages.vendor.demand.visit import DemandVisit
from smartreco.language import Language
from smartreco.workspace.vendor.demand_views import Figure

LABELS: Final = {
    "value": ("Value", "What shops pay for what they ordered."),
    "pieces": ("Pieces", "Single pieces, not cases."),
    "orders": ("Orders", "Orders with at least one of your products."),
    "shops": ("Shops that bought", "Shops that ordered at least once in this time."),
    "price": ("Price a piece", "Value divided by pieces: it moves with prices and with the mix."),
}
IN_FULL: Final = 100_000  # up to which a count is written out


def draw(visit: DemandVisit) -> None:
    """One row of cards."""
    place(figure_cards([_card(visit, one) for one in visit.headline.figures], visit.ctx.language))


def _card(visit: DemandVisit, figure: Figure) -> FigureCard:
    t = visit.ctx.t
    label, meaning = LABELS[figure.name]
    changes = []
    if figure.before is not None:
        changes.append(Change(figure.change, visit.since_before()))
    if figure.last_year is not None:
        changes.append(Change(figure.change_last_year, t("on last year")))
    if not changes:
        changes.append(Change(None, t("nothing to compare with yet")))
    return FigureCard(
        t(label), shown(figure.name, figure.now, visit.ctx.language), changes, figure.weeks,
        good=None if figure.name == "price" else True, meaning=t(meaning),
    )  # fmt: skip


def shown(name: str, value: float | None, language: Language) -> str:
    """A figure in its unit."""
    if value is None:
        return "–"
    if name == "value":
        return language.compact_money(value)
    if name == "price":
        return language.money(value)
    return language.number(value) if value < IN_FULL else language.compact(value)
