"""What the forecaster set out to reach, and whether it did, from the figures of all cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from benchmarks.forecasts.ours import SERVED, SINGLE
from benchmarks.forecasts.speed import OURS, OURS_WITH_CALENDAR

Figures = Mapping[str, Any]
ETS = "AutoETS"
NOT_PEERS = (SERVED, SINGLE)


class Cells:
    """Figures by set, level and method."""

    def __init__(self, sets: Mapping[str, Figures]) -> None:
        self.by = {
            (name, cell["level"], cell["method"]): cell
            for name, one in sets.items()
            for cell in one["cells"]
        }
        self.places = list(dict.fromkeys((name, level) for name, level, _ in self.by))
        methods = dict.fromkeys(method for _, _, method in self.by)
        self.peers = [method for method in methods if method not in NOT_PEERS]

    def of(self, place: tuple[str, str], method: str) -> Figures:
        """One line."""
        found: Figures = self.by[(*place, method)]
        return found

    def best(self, place: tuple[str, str]) -> str:
        """The peer with the least RMSSE in a cell."""
        found: str = min(self.peers, key=lambda peer: self.of(place, peer)["rmsse"])
        return found

    def over(self, place: tuple[str, str], peer: str, measure: str = "rmsse") -> float:
        """Ours over a peer, less one."""
        ours, theirs = self.of(place, SERVED)[measure], self.of(place, peer)[measure]
        return float(ours / theirs - 1)

    def mean(self, method: str) -> float:
        """Mean RMSSE over the cells."""
        return sum(self.of(place, method)["rmsse"] for place in self.places) / len(self.places)


def bars(sets: Mapping[str, Figures], seconds: Mapping[str, float]) -> list[tuple[str, str, bool]]:
    """What was set, what was found, and whether it holds."""
    cells = Cells(sets)
    ours, single = cells.mean(SERVED), min(cells.peers, key=cells.mean)
    behind = {place: cells.over(place, cells.best(place)) for place in cells.places}
    ets = [cells.over(place, ETS) for place in cells.places]
    pin = {place: cells.over(place, ETS, "pinball") for place in cells.places}
    gap = max(one["gap"] for one in sets.values())
    broken = sum(one[name] for one in sets.values() for name in ("crossing", "negative", "missing"))
    slowest = max(seconds[OURS], seconds[OURS_WITH_CALENDAR])
    faster = seconds[ETS] / slowest
    return [
        ("mean RMSSE at or below the best single peer",
         f"{ours:.4f}, {single} {cells.mean(single):.4f}", ours <= cells.mean(single)),
        ("no cell more than 4 % behind its best peer", _worst(behind),
         max(behind.values()) <= 0.04),
        ("RMSSE 5 % below AutoETS on average", f"{sum(ets) / len(ets):+.1%}",
         sum(ets) / len(ets) <= -0.05),
        ("pinball 3 % below AutoETS in every cell", _worst(pin), max(pin.values()) <= -0.03),
        _coverage(cells, "covered_80", 0.75, 0.88),
        _coverage(cells, "covered_95", 0.92, 0.98),
        ("no crossing, negative or missing quantile", str(broken), broken == 0),
        ("sums agree to 1e-6", f"{gap:.0e}", gap < 1e-6),
        ("1,000 series with bands under 0.1 s",
         f"{seconds[OURS]:.3f} s, with a calendar {seconds[OURS_WITH_CALENDAR]:.3f} s",
         slowest < 0.1),
        ("20 x faster than AutoETS", f"{faster:.0f} x", faster >= 20),
    ]  # fmt: skip


def _worst(over: Mapping[tuple[str, str], float]) -> str:
    place = max(over, key=lambda one: over[one])
    return f"worst {' '.join(place)} {over[place]:+.1%}"


def _coverage(cells: Cells, measure: str, low: float, high: float) -> tuple[str, str, bool]:
    found = {place: cells.of(place, SERVED)[measure] for place in cells.places}
    outside = [place for place, share in found.items() if not low <= share <= high]
    mean = sum(found.values()) / len(found)
    words = f"{mean:.1%} on average; {len(found) - len(outside)} of {len(found)} cells within"
    if outside:
        words += ", not " + ", ".join(f"{' '.join(one)} {found[one]:.0%}" for one in outside)
    band = measure.removeprefix("covered_")
    return (f"{band} % bands cover {low:.0%} to {high:.0%}", words, not outside)


def methods(cells: Cells) -> Sequence[str]:
    """Ours, then the peers."""
    return [SERVED, SINGLE, *cells.peers]
