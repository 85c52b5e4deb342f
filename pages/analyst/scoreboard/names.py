"""What models, measures, lists and kinds of shops are called on this page."""

from __future__ import annotations

from typing import Final

from pages.context import Context
from smartreco.entities import ListName
from smartreco.evaluation.scores import OURS, ModelScores
from smartreco.language import Percent, noted

MODELS: Final = {
    OURS: "SmartReco", "popularity": "Popularity", "own_frequency": "Own frequency",
    "item_knn": "ItemKNN", "tifu_knn": "TIFU-KNN", "up_cf": "UP-CF", "ease": "EASE",
}  # fmt: skip
LISTS: Final = {
    ListName.ALL: "Everything", ListName.REORDER: "Reorder", ListName.DISCOVER: "New for the shop",
}  # fmt: skip
KINDS: Final = {
    "segment": "Kind of shop", "region": "Region", "city": "City", "size": "Size",
    "age": "New or established", "category": "Category of product",
}  # fmt: skip
CODED: Final = {
    "small": noted("small"), "middle": noted("middle"), "large": noted("large"),
    "new": noted("new"), "established": noted("established"),
}  # fmt: skip
#: Measure: what it is called, what it means, and whether it is a share of 1.
MEASURES: Final[dict[str, tuple[str, str]]] = {
    "ndcg": ("NDCG", "How near the lists come to the best order there could have been: a hit at "
             "the top counts more than one at the end. 1 is perfect."),
    "precision": ("Precision", "Of the places of a list, the share that the shop then ordered."),
    "recall": ("Recall", "Of the products that the shop then ordered, the share that the list "
               "held. A short list cannot reach 100%."),
    "map": ("MAP", "Mean of the precision at each hit: as NDCG, it rewards hits at the top."),
    "hit_rate": ("Hit rate", "Share of shops whose list held at least one product they ordered."),
    "coverage": ("Coverage", "Share of the active catalogue that is on at least one list."),
    "novelty": ("Novelty", "How unusual what is shown is, in bits: 1 is a product that half of "
                "all shops buy, 2 one that a quarter buy."),
    "diversity": ("Diversity", "How unlike the products of one list are, by category, vendor and "
                  "words of the name. 0: all alike."),
    "vendor_gini": ("Vendor Gini", "How unevenly places are spread over vendors. 0: all have "
                    "alike; towards 1: one has them all."),
}  # fmt: skip
SHARES: Final = ("precision", "recall", "hit_rate", "coverage")


def model_name(ctx: Context, model: str) -> str:
    """A model in words."""
    return ctx.t(MODELS.get(model, model))


def figure(ctx: Context, measure: str, value: float | None) -> str:
    """A measure in its unit."""
    if value is None:
        return "–"
    if measure in SHARES:
        return ctx.language.show(Percent(value, 1))
    return ctx.language.number(value, 2 if measure == "novelty" else 3)


def between(ctx: Context, measure: str, band: tuple[float, float] | None) -> str:
    """Its interval, such as "0.41 to 0.45"; "" where there is none."""
    if band is None:
        return ""
    low, high = (figure(ctx, measure, one) for one in band)
    return ctx.t("{low} to {high}", low=low, high=high)


def signed(ctx: Context, value: float, digits: int = 3) -> str:
    """A difference with its sign."""
    shown = ctx.language.number(abs(value), digits)
    if not float(f"{abs(value):.{digits}f}"):
        return f"±{shown}"
    return f"{'+' if value > 0 else '−'}{shown}"


def signed_between(ctx: Context, low: float, high: float, digits: int = 3) -> str:
    """The interval of a difference."""
    return ctx.t("{low} to {high}", low=signed(ctx, low, digits), high=signed(ctx, high, digits))


def measured(model: ModelScores, measure: str) -> float | None:
    """One figure of a model."""
    found: float | None = getattr(model, measure)
    return found


def tone(low: float, high: float) -> str:
    """The class of a difference: better, worse, or not told apart."""
    if low > 0:
        return "change better"
    return "change worse" if high < 0 else "change"
