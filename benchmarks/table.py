"""Figures as Markdown, each set between markers of its own in the README."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from smartreco.entities import ListName

Figures = Mapping[str, Any]
LISTS = (ListName.ALL, ListName.REORDER, ListName.DISCOVER)


def section(title: str, about: Mapping[str, Any], models: Mapping[str, Figures]) -> str:
    """All tables of one set.

    Parameters
    ----------
    about
        Facts of the set and of the machine, in words, by name.
    models
        Figures of `judging.figures` by the name in the table; ours first.
    """
    parts = [f"### {title}", "", *(f"- {name}: {words}" for name, words in about.items()), ""]
    for name in LISTS:
        parts += [f"**{name.value}**", "", *quality(name, models), ""]
    parts += ["**costs**", "", *costs(models), ""]
    return "\n".join(parts)


def quality(name: ListName, models: Mapping[str, Figures]) -> list[str]:
    """Rows of one list, best NDCG first."""
    rows = [
        "| model | NDCG | precision | recall | coverage | SmartReco minus it (95 %) | settings |",
        "|---|---|---|---|---|---|---|",
    ]
    order = sorted(models, key=lambda model: -models[model][name.value]["ndcg"])
    for model in order:
        own = models[model][name.value]
        figures = [f"{own['ndcg']:.4f}", f"{own['precision']:.3f}", f"{own['recall']:.3f}"]
        figures += [f"{own['coverage']:.2f}", gain(own.get("ours_minus_this"))]
        words = models[model]["settings"][name.value]
        rows.append("| " + " | ".join([model, *figures, words]) + " |")
    return rows


def gain(own: Figures | None) -> str:
    """A difference with its interval, bold where it is above zero for sure."""
    if own is None:
        return ""
    words = f"{own['mean']:+.4f} [{own['low']:+.4f}, {own['high']:+.4f}]"
    return f"**{words}**" if own["low"] > 0 else words


def costs(models: Mapping[str, Figures]) -> list[str]:
    """Rows of time and memory, and what only ours gives."""
    rows = [
        "| model | fit, s | with choosing, s | lists a second | peak memory, MB "
        "| list with reasons, p95 ms | calibration error all / reorder / discover |",
        "|---|---|---|---|---|---|---|",
    ]
    for model, own in models.items():
        reasons = own["reasons_p95_ms"]
        errors = [own[name.value].get("calibration_error") for name in LISTS]
        cells = [model, f"{own['fit_seconds']:.2f}", f"{own['learning_seconds']:.2f}"]
        cells += [f"{own['lists_a_second']:,.0f}", f"{own['peak_mb']:,.0f}"]
        cells += ["" if reasons is None else f"{reasons:.1f}"]
        cells += ["" if None in errors else " / ".join(f"{error:.3f}" for error in errors)]
        rows.append("| " + " | ".join(cells) + " |")
    return rows


def replace_section(readme: Path, name: str, words: str) -> None:
    """Put a set's tables between its markers.

    Raises
    ------
    ValueError
        The file has no such markers.
    """
    text = readme.read_text(encoding="utf-8")
    start, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
    before, found, rest = text.partition(start)
    _, closed, after = rest.partition(end)
    if not found or not closed:
        raise ValueError(f"{readme.name} has no markers {start} and {end}")
    readme.write_text(f"{before}{start}\n{words}\n{end}{after}", encoding="utf-8")
