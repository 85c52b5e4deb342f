"""A vendor's distribution as figures and tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from smartreco.columns import CATEGORY, CITY, NAME, PRODUCT_ID, REGION, SEGMENT
from smartreco.language import Message
from smartreco.vendors.distribution import COLUMNS, WINDOW, course, reached
from smartreco.vendors.partition import FEWEST
from smartreco.vendors.size_groups import weights
from smartreco.vendors.sums import TIMES
from smartreco.workspace.vendor.demand_views import Figure
from smartreco.workspace.vendor.reach_reading import Floats, Ints, View
from smartreco.workspace.vendor.reach_views import Reached, ReachHeadline, Sentence
from smartreco.workspace.vendor.reading import mondays

LABELS: Final = {"region": [REGION], "city": [REGION, CITY], "segment": [SEGMENT]}

NUMERIC: Final = Message(
    "Numeric distribution: the share of the {shops} shops shown that bought in the period"
)
WEIGHTED: Final = Message(
    "Weighted distribution: the same with each shop counted by what shops of its size in its cell "
    "buy of your categories, on average of {fewest} shops or more"
)
VELOCITY: Final = Message("Velocity: what sells in a week at a shop that bought")
TREND: Final = Message(
    "Each week of the trend counts shops that bought in the {weeks} weeks up to it, since a shop "
    "orders a product only every few weeks"
)
CELLS: Final = Message(
    "One more shop of the places chosen is not counted: its cell reaches beyond them",
    "{shops} more shops of the places chosen are not counted: their cells, of {fewest} shops or "
    "more, reach beyond them",
    "shops",
)


def headline(view: View, pieces: Floats, value: Floats, weight: Floats) -> ReachHeadline:
    """Figures of the period, those it is compared with, and their trend.

    Parameters
    ----------
    pieces, value, weight
        As `smartreco.workspace.vendor.reach_reading.read_course`.
    """
    times = {time: _whole(view, time) for time in view.times}
    weeks = course(pieces, value, weight, view.periods.now.weeks)

    def figure(name: str) -> Figure:
        now, before, last = (
            None if time not in times else _number(times[time][name].iloc[0]) for time in TIMES
        )
        return Figure(name, now, before, last, tuple(_number(one) for one in weeks[name]))

    named = {name: figure(name) for name in COLUMNS if name != "value"}
    return ReachHeadline(
        view.periods, **named, universe=int(view.shown.sum()), left_out=view.left_out,
        window=WINDOW, starts=tuple(day.item() for day in mondays(view.periods.now)),
        method=(*_said(view), (TREND, {"weeks": WINDOW})),
    )  # fmt: skip


def by_place(view: View, by: str) -> Reached:
    """Rows of places, see `Reached`; a place holds whole cells."""
    cells = view.universe.partition.cells
    keys = LABELS[by]
    shops = np.flatnonzero(view.shown)
    there = cells.iloc[view.universe.cell[shops]][keys].astype("object")
    names = there.where(there.notna(), None).agg(tuple, axis=1) if len(shops) else pd.Series([])
    label, places = pd.factorize(names)
    of_shop = np.full(len(view.universe.shops), -1, dtype=np.int64)
    of_shop[shops] = label
    rows = pd.DataFrame(list(places), columns=keys, dtype="object")
    rows["universe"] = np.bincount(label.astype(np.int64), minlength=len(rows))
    found = {time: _by(view, time, of_shop, len(rows)) for time in view.times}
    whole = np.bincount(
        label.astype(np.int64), _weight(view, "").sum(axis=1)[shops], minlength=len(rows)
    )
    rows["category_value"] = whole
    rows["share"] = np.divide(
        found[""]["value"].to_numpy(), whole, out=np.full(len(rows), np.nan), where=whole > 0
    )
    return _reached(view, rows, found)


def by_product(view: View) -> Reached:
    """Rows of the vendor's products that are on offer or were bought."""
    goods, universe = view.goods, int(view.shown.sum())
    number = pd.Index(view.categories).get_indexer(pd.Index(goods[CATEGORY]))
    found = {}
    for time in view.times:
        weight = _weight(view, time)
        rows = _bought(view, time)
        rows["thing"] = rows["product"]
        rows["weight"] = weight[rows["shop"].to_numpy(), rows[CATEGORY].to_numpy()]
        all_of = weight[view.shown].sum(axis=0)[number]
        many = np.full(len(goods), universe, dtype=np.int64)
        found[time] = reached(rows, many, all_of, _weeks(view, time))
    rows = goods[[PRODUCT_ID, NAME, CATEGORY, "active"]].assign(universe=universe)
    made = _reached(view, rows, found)
    count = ["shops", "shops_before"]
    keep = made.rows["active"].astype(bool) | (made.rows[count].fillna(0.0).sum(axis=1) > 0)
    return replace(made, rows=made.rows[keep].reset_index(drop=True))


def _whole(view: View, time: str) -> pd.DataFrame:
    """The one row of everything that is shown."""
    return _by(view, time, np.where(view.shown, 0, -1), 1)


def _by(view: View, time: str, label: Ints, labels: int) -> pd.DataFrame:
    """Distribution of labels of shops (-1: none), over all products of the view."""
    weight = _weight(view, time).sum(axis=1)
    rows = _bought(view, time).groupby("shop", as_index=False)[["quantity", "value"]].sum()
    shop = rows["shop"].to_numpy(dtype=np.int64)
    rows["thing"], rows["weight"] = label[shop], weight[shop]
    inside = label >= 0
    whole = np.asarray(np.bincount(label[inside], weight[inside], minlength=labels), dtype=float)
    shops = np.bincount(label[inside], minlength=labels)
    return reached(rows, shops, whole, _weeks(view, time))


def _bought(view: View, time: str) -> pd.DataFrame:
    """Shop and product that were bought in a time."""
    rows = view.bought.loc[
        view.bought[f"quantity{time}"] > 0,
        ["shop", "product", CATEGORY, f"quantity{time}", f"value{time}"],
    ]
    return rows.set_axis(["shop", "product", CATEGORY, "quantity", "value"], axis=1)


def _weight(view: View, time: str) -> npt.NDArray[np.float64]:
    """What each shop counts with in each category."""
    return weights(view.universe.group, view.value[time])


def _weeks(view: View, time: str) -> int:
    when = view.periods
    period = {"": when.now, "_before": when.before, "_last_year": when.last_year}[time]
    return period.weeks if period is not None else 0


def _reached(view: View, rows: pd.DataFrame, found: dict[str, pd.DataFrame]) -> Reached:
    """Put the times and their changes beside what tells rows apart."""
    parts = [rows.reset_index(drop=True)]
    for time in TIMES:
        one = found.get(time)
        if one is None:
            one = pd.DataFrame(np.nan, index=range(len(rows)), columns=list(COLUMNS))
        parts.append(one.rename(columns={name: f"{name}{time}" for name in COLUMNS}))
    table = pd.concat(parts, axis=1)
    table["change"] = table["numeric"] - table["numeric_before"]
    table["change_last_year"] = table["numeric"] - table["numeric_last_year"]
    order: Sequence[str] = ["weighted", "numeric"]
    table = table.sort_values(list(order), ascending=False, kind="stable", ignore_index=True)
    return Reached(view.periods, table, view.left_out, _said(view))


def _said(view: View) -> tuple[Sentence, ...]:
    said: list[Sentence] = [
        (NUMERIC, {"shops": int(view.shown.sum())}), (WEIGHTED, {"fewest": FEWEST}), (VELOCITY, {}),
    ]  # fmt: skip
    if view.left_out:
        said.append((CELLS, {"shops": view.left_out, "fewest": FEWEST}))
    return tuple(said)


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
