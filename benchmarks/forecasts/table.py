"""Figures of all sets as Markdown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from benchmarks.forecasts.bars import ETS, Cells, bars, methods
from benchmarks.forecasts.ours import SERVED

Figures = Mapping[str, Any]


def section(about: Mapping[str, str], sets: Mapping[str, Figures], seconds: Figures) -> str:
    """All tables of a run."""
    parts = [*(f"- {name}: {words}" for name, words in about.items()), "", "**what was aimed at**"]
    parts += ["", "| aim | found | holds |", "|---|---|---|"]
    for aim, found, holds in bars(sets, seconds):
        parts.append(f"| {aim} | {found} | {'yes' if holds else '**no**'} |")
    cells = Cells(sets)
    parts += ["", "**RMSSE**, less is better; the best peer of a cell is in bold", ""]
    parts += rmsse(cells)
    parts += ["", "**bands**: pinball, and the share of weeks inside", "", *bands(cells)]
    parts += ["", "**processor seconds for 1,000 series of 104 weeks**", "", *speed(seconds)]
    return "\n".join(parts)


def rmsse(cells: Cells) -> list[str]:
    """A row a cell, a column a method."""
    names = methods(cells)
    rows = [
        f"| cell | series | {' | '.join(names)} | over the best peer (95 %) | over AutoETS |",
        "|---" * (len(names) + 4) + "|",
    ]
    for place in cells.places:
        best = cells.best(place)
        figures = [f"{cells.of(place, name)['rmsse']:.3f}" for name in names]
        figures = [
            f"**{one}**" if name == best else one for name, one in zip(names, figures, strict=True)
        ]
        series = str(cells.of(place, SERVED)["series"])
        against = over(cells.of(place, best)["less"])
        rows.append(
            f"| {' '.join(place)} | {series} | {' | '.join(figures)} | {against} "
            f"| {cells.over(place, ETS):+.1%} |"
        )
    means = " | ".join(f"{cells.mean(name):.4f}" for name in names)
    rows.append(f"| mean of the cells | | {means} | | |")
    return rows


def over(less: Figures) -> str:
    """Ours over a peer less one, with its interval where there is one."""
    words = f"{less['ratio']:+.1%}"
    return words if less["low"] is None else f"{words} [{less['low']:+.1%}, {less['high']:+.1%}]"


def bands(cells: Cells) -> list[str]:
    """A row a cell: ours beside AutoETS."""
    rows = [
        "| cell | pinball | AutoETS | over it | 80 % band | AutoETS | 95 % band | AutoETS |",
        "|---" * 8 + "|",
    ]
    for place in cells.places:
        ours, ets = cells.of(place, SERVED), cells.of(place, ETS)
        rows.append(
            f"| {' '.join(place)} | {ours['pinball']:.3f} | {ets['pinball']:.3f} "
            f"| {cells.over(place, ETS, 'pinball'):+.1%} "
            f"| {ours['covered_80']:.1%} | {ets['covered_80']:.1%} "
            f"| {ours['covered_95']:.1%} | {ets['covered_95']:.1%} |"
        )
    return rows


def speed(seconds: Figures) -> list[str]:
    """A row a method."""
    rows = ["| method | seconds |", "|---|---|"]
    return rows + [f"| {name} | {taken:.3f} |" for name, taken in seconds.items()]
