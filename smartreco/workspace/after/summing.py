"""From lines and what became of them to what the page shows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from smartreco.entities import ListName
from smartreco.evaluation.after import Lines
from smartreco.store.list_events import (
    LIST,
    MODEL,
    ORDERED,
    OUTCOMES,
    RANK,
    SHOP,
    SHOWN_AT,
    VERSION,
)
from smartreco.workspace.after.views import (
    AfterPublishing,
    Comparison,
    Outcome,
    RankShare,
    VersionKey,
    WeekShare,
)

Mask = npt.NDArray[np.bool_]
HeldOut = Mapping[tuple[int, ListName], float]

LISTS: Final = (ListName.REORDER, ListName.DISCOVER)


def summed(frame: pd.DataFrame, now: datetime, days: int, held_out: HeldOut) -> AfterPublishing:
    """All of `AfterPublishing`.

    Parameters
    ----------
    frame
        Columns `smartreco.store.list_events.COLUMNS`.
    held_out
        Precision on held-out weeks by version and list, where it is known.
    """
    frame = frame[frame[LIST].isin([one.value for one in LISTS])]
    over = (frame[SHOWN_AT] <= now - timedelta(days=days)).to_numpy()
    settled = frame[over]
    lines = Lines.of(settled, OUTCOMES)
    outcomes = _outcomes(frame, over, lines, held_out)
    by_list = {one: (settled[LIST] == one.value).to_numpy() for one in LISTS}
    return AfterPublishing(
        as_of=now,
        days=days,
        shown=len(frame),
        first_figures_on=None if over.any() or not len(frame) else _first(frame, days),
        outcomes=outcomes,
        comparisons=_comparisons(settled, lines, outcomes),
        ranks={one: _ranks(settled, lines, some) for one, some in by_list.items()},
        weeks={one: _weeks(settled, lines, some) for one, some in by_list.items()},
        promises={one: lines.only(some).promises(ORDERED) for one, some in by_list.items()},
    )


def _outcomes(
    frame: pd.DataFrame, over: Mask, lines: Lines, held_out: HeldOut
) -> tuple[Outcome, ...]:
    keys = [VERSION, MODEL, LIST]
    group = frame.groupby(keys, sort=True, observed=True).ngroup().to_numpy()
    shares = {name: lines.shares(name, group[over]) for name in OUTCOMES}
    none = Lines.nothing()
    found = []
    for at, part in frame.groupby(group, sort=True):
        version, model, name = part[keys].iloc[0]
        settled = group[over] == at
        said = lines.said[settled]
        said = said[np.isfinite(said)]
        key = VersionKey(*(None if one < 0 else int(one) for one in (version, model)))
        found.append(
            Outcome(
                key, ListName(name), _day(part[SHOWN_AT].min()), _day(part[SHOWN_AT].max()),
                len(part), part[SHOP].nunique(), int(settled.sum()),
                float(lines.days[settled].mean()) if settled.any() else 0.0,
                float(said.mean()) if len(said) else None, len(said),
                held_out.get((int(version), ListName(name))),
                *(shares[one].get(at, none) for one in OUTCOMES),
            )
        )  # fmt: skip
    newest = {one.key: one.last for one in sorted(found, key=lambda one: one.last)}
    order = {name: at for at, name in enumerate(LISTS)}
    found.sort(key=lambda one: order[one.list])
    found.sort(key=lambda one: (newest[one.key], one.key.version or 0, one.key.model or 0),
               reverse=True)  # fmt: skip
    return tuple(found)


def _comparisons(
    settled: pd.DataFrame, lines: Lines, outcomes: tuple[Outcome, ...]
) -> tuple[Comparison, ...]:
    """Each version of a list against the one that was shown before it."""
    found = []
    for name in LISTS:
        shown = [one for one in outcomes if one.list is name and one.settled]
        for after, before in pairwise(shown):
            masks = [_of(settled, one) for one in (after, before)]
            found += [
                Comparison(name, outcome, after.key, before.key, lines.gap(outcome, *masks))
                for outcome in OUTCOMES
            ]
    return tuple(found)


def _of(settled: pd.DataFrame, one: Outcome) -> Mask:
    version, model = (-1 if part is None else part for part in one.key)
    same = (settled[VERSION] == version) & (settled[MODEL] == model)
    return np.asarray(same & (settled[LIST] == one.list.value))


def _ranks(settled: pd.DataFrame, lines: Lines, some: Mask) -> tuple[RankShare, ...]:
    ranks = settled[RANK].fillna(0).to_numpy(dtype=np.int64)[some]
    shares = lines.only(some).shares(ORDERED, ranks)
    return tuple(RankShare(int(rank), share) for rank, share in shares.items() if rank > 0)


def _weeks(settled: pd.DataFrame, lines: Lines, some: Mask) -> tuple[WeekShare, ...]:
    shown = settled[SHOWN_AT].dt.normalize()
    monday = (shown - pd.to_timedelta(shown.dt.weekday, unit="D"))[some]
    shares = lines.only(some).shares(ORDERED, monday.to_numpy())
    return tuple(WeekShare(pd.Timestamp(week).date(), one) for week, one in shares.items())


def _first(frame: pd.DataFrame, days: int) -> date:
    return _day(frame[SHOWN_AT].min()) + timedelta(days=days)


def _day(moment: pd.Timestamp) -> date:
    return moment.date()
