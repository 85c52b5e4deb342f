"""A scoreboard as one long table, to be read by any program: a row a figure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pandas as pd

from smartreco.evaluation.learning_curve import LearningCurve
from smartreco.evaluation.scoreboard import Scoreboard
from smartreco.evaluation.scores import OURS, ListScores

COLUMNS: Final = (
    "split", "list", "model", "by", "group", "k", "measure", "value", "low", "high", "shops",
)  # fmt: skip
MEASURES: Final = (
    "ndcg", "precision", "recall", "map", "hit_rate", "coverage", "novelty", "diversity",
    "vendor_gini",
)  # fmt: skip
Row = dict[str, Any]


def tidy(board: Scoreboard) -> pd.DataFrame:
    """Columns `COLUMNS`; low and high are the 95 % interval over shops where there is one."""
    rows = [row | {"split": board.split.value} for one in board.lists for row in _list(board, one)]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def tidy_curve(curve: LearningCurve) -> pd.DataFrame:
    """The same columns; ``group`` is the share of the weeks."""
    rows = [
        {
            "split": "time", "list": one.list.value, "model": one.model, "by": "share of the weeks",
            "group": f"{one.share:g}", "k": curve.k, "measure": "ndcg", "value": one.ndcg,
            "low": one.low, "high": one.high, "shops": curve.shops[one.list],
        }
        for one in curve.points
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _list(board: Scoreboard, one: ListScores) -> Iterator[Row]:
    base: Row = {"list": one.list.value, "by": "", "group": "", "k": board.k, "shops": one.shops}
    for model in one.models:
        for name in MEASURES:
            low, high = model.bands.get(name, (None, None))
            yield base | {"model": model.model, "measure": name, "value": getattr(model, name),
                          "low": low, "high": high}  # fmt: skip
    for gain in one.differences:
        yield base | {"model": OURS, "by": "less", "group": gain.peer, "measure": "ndcg",
                      "value": gain.mean, "low": gain.low, "high": gain.high,
                      "shops": gain.shops}  # fmt: skip
    yield from _lengths(base, one)
    yield from _kinds(base, one)


def _lengths(base: Row, one: ListScores) -> Iterator[Row]:
    for at in one.lengths:
        here = base | {"model": at.model, "k": at.k}
        for name, value, (low, high) in (("precision", at.precision, at.precision_band),
                                         ("recall", at.recall, at.recall_band)):  # fmt: skip
            yield here | {"by": "length", "measure": name, "value": value, "low": low, "high": high}
        yield here | {"by": "length", "measure": "coverage", "value": at.coverage}


def _kinds(base: Row, one: ListScores) -> Iterator[Row]:
    for part in one.segments:
        for model, value in part.ndcg.items():
            low, high = part.bands.get(model, (None, None))
            here = base | {"model": model, "by": part.by, "group": part.segment}
            yield here | {"measure": "ndcg", "value": value, "low": low, "high": high,
                          "shops": part.shops}  # fmt: skip
    for goods in one.categories:
        low, high = goods.recall_band or (None, None)
        yield base | {"model": OURS, "by": "category", "group": goods.category,
                      "measure": "recall", "value": goods.recall, "low": low,
                      "high": high}  # fmt: skip
    for vendor in one.vendors:
        yield base | {"model": OURS, "by": "vendor", "group": vendor.vendor,
                      "measure": "share of places", "value": vendor.places}  # fmt: skip
