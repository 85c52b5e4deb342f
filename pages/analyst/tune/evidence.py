"""Figures as plain values that a version is kept with, and read back in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Final

from pages.analyst.tune import wording
from pages.context import Context
from pages.list_names import LISTS
from smartreco.entities import ListName
from smartreco.workspace.tuning.views import Measured

WINDOWS: Final = {"inner": "where it was tuned", "held_out": "on held-out weeks"}
SHOWN: Final = ("ndcg", "coverage")


def plain(inner: Measured | None, held_out: Measured | None) -> dict[str, Any]:
    """Values, intervals and changes by window, list and figure."""
    windows = {"inner": inner, "held_out": held_out}
    return {name: _figures(one) for name, one in windows.items() if one is not None}


def _figures(measured: Measured) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for of in measured.lists:
        figures = {one.name: asdict(one) for one in of.gauges}
        for one in figures.values():
            del one["name"]
        found[of.list.value] = {"shops": of.shops, **figures}
    return found


def in_words(ctx: Context, metrics: Mapping[str, Any]) -> list[str]:
    """What a version was published on; whatever cannot be read is left out."""
    lines = []
    for window, words in WINDOWS.items():
        lists = metrics.get(window)
        parts = [part for name in ListName if (part := _list(ctx, lists, name))]
        if parts:
            lines.append(f"{wording.upper(ctx.t(words))}: {'; '.join(parts)}")
    return lines


def _list(ctx: Context, lists: Any, name: ListName) -> str:
    figures = lists.get(name.value) if isinstance(lists, Mapping) else None
    if not isinstance(figures, Mapping):
        return ""
    said = []
    for one in SHOWN:
        figure = figures.get(one)
        value = figure.get("value") if isinstance(figure, Mapping) else figure
        if isinstance(value, int | float):
            label = ctx.t(wording.KINDS[one].label)
            said.append(f"{label} {wording.figure(ctx, one, float(value))}")
    return f"{ctx.t(LISTS[name])} {', '.join(said)}" if said else ""
