"""A scoreboard as text for a screen."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from smartreco.evaluation.scoreboard import Scoreboard
from smartreco.evaluation.scores import OURS, DifferenceToPeer, ListScores, ModelScores

LEAK = (
    "This split leaks the future: purchases are held back at random, so the models know what the "
    "same shop ordered before and after each of them, which rewards plain counting and hides who "
    "knows what comes next; judge by --split time."
)
MOST_VENDORS = 5


def text(board: Scoreboard) -> Iterator[str]:
    """Lines of the whole scoreboard."""
    yield (
        f"{board.split.value} split, {board.k} places: {board.train_purchases:,} purchases known, "
        f"{board.test_purchases:,} asked for; {board.shops:,} shops, {board.products:,} products"
    )
    if board.leaks:
        yield LEAK
    else:
        yield f"Known: all before {board.known_until}. Asked: from then until {board.ends_on}."
    for one in board.lists:
        yield from _list(one)
    yield "\nSeconds to fit: " + ", ".join(
        f"{model} {seconds:.1f}" for model, seconds in board.fit_seconds.items()
    )


def _list(one: ListScores) -> Iterator[str]:
    yield f"\n{one.list.value.upper()}: {one.shops:,} shops with something to find"
    if not one.models:
        yield "  not enough data: no shop ordered anything that this list may hold"
        return
    against = {gain.peer: gain for gain in one.differences}
    yield _table([_row(model, against.get(model.model)) for model in one.models])
    yield "  (* beyond noise: the 95 % interval over shops leaves out zero)"
    yield _calibration(one)
    took = one.response
    yield (
        f"  response: p50 {took.p50:.1f} ms, p95 {took.p95:.1f} ms, p99 {took.p99:.1f} ms "
        f"for one list with reasons ({took.calls} calls)"
    )
    yield from _vendors(one)
    yield from _segments(one)


def _row(model: ModelScores, gain: DifferenceToPeer | None) -> dict[str, str]:
    return {
        "model": model.model,
        "NDCG": f"{model.ndcg:.3f}",
        "precision": f"{model.precision:.3f}",
        "recall": f"{model.recall:.3f}",
        "MAP": f"{model.map:.3f}",
        "hit rate": f"{model.hit_rate:.3f}",
        "coverage": f"{model.coverage:.3f}",
        "novelty": _optional(model.novelty, ".2f"),
        "diversity": _optional(model.diversity, ".3f"),
        "ours minus this (NDCG)": "" if gain is None else _gain(gain),
    }


def _gain(gain: DifferenceToPeer) -> str:
    star = " *" if gain.beyond_noise else "  "
    return f"{gain.mean:+.4f} [{gain.low:+.4f}, {gain.high:+.4f}]{star}"


def _calibration(one: ListScores) -> str:
    found = one.calibration
    if found is None:
        return f"  calibration: {one.calibration_note}"
    return (
        f"  calibration: said {found.said:.1%}, came true {found.happened:.1%}, "
        f"expected error {found.error:.3f} ({found.cases:,} places, 28 days)"
    )


def _vendors(one: ListScores) -> Iterator[str]:
    if not one.vendors:
        return
    shares = "; ".join(
        f"{vendor.vendor} {vendor.places:.0%} of places, {vendor.ordered:.0%} of orders"
        for vendor in one.vendors[:MOST_VENDORS]
    )
    yield f"  vendors: {shares} (Gini {_optional(one.models[0].vendor_gini, '.2f')})"


def _segments(one: ListScores) -> Iterator[str]:
    rows = []
    for part in one.segments:
        best = max((m for m in part.ndcg if m != OURS), key=part.ndcg.__getitem__, default=None)
        rows.append(
            {
                "by": part.by,
                "segment": part.segment,
                "shops": f"{part.shops:,}",
                "NDCG": f"{part.ndcg[OURS]:.3f}" if part.enough else "not enough data",
                "best peer there": f"{best} {part.ndcg[best]:.3f}" if best else "",
                "ours minus the list's best peer": ""
                if part.gain is None
                else f"{part.gain.peer} {_gain(part.gain)}",
            }
        )
    yield _table(rows)


def _table(rows: list[dict[str, str]]) -> str:
    frame = pd.DataFrame(rows)
    shown = frame.to_string(index=False, justify="right")
    return "\n".join("  " + line for line in shown.splitlines())


def _optional(value: float | None, form: str) -> str:
    return "–" if value is None else format(value, form)
