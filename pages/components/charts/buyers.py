"""From whom shops buy a category: one vendor alone, others as well, others alone, nobody."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import pandas as pd

from pages.components import look
from pages.components.charts.theme import LINE
from pages.components.charts.vega import Spec, label_above, layer, layered, nominal, tooltip
from smartreco.language import Language

STEP: Final = 48  # pixels of one category: its words, then its bar
ROOM: Final = 64  # pixels that are not rows: the legend
PARTS: Final = ("mine_only", "both", "others_only", "nobody")


class Buyers(NamedTuple):
    """Shops of one category, each counted once."""

    category: str
    mine_only: int
    both: int
    others_only: int
    nobody: int

    @property
    def all_of(self) -> int:
        """Shops of all parts."""
        return self.mine_only + self.both + self.others_only + self.nobody


def buyers_bars(rows: Sequence[Buyers], language: Language) -> Spec:
    """One bar a category, its parts as shares of its shops."""
    names = part_names(language)
    frame = pd.DataFrame(
        [
            (_words(one, at, language), one.category, name, at_part, count / one.all_of,
             language.number(count), language.percent(count / one.all_of))
            for at, one in enumerate(rows)
            for at_part, (name, count) in enumerate(
                zip(names, (getattr(one, part) for part in PARTS), strict=True)
            )
            if one.all_of
        ],
        columns=["words", "category", "part", "order", "share", "shops", "percent"],
    )  # fmt: skip
    label = label_above(STEP, look.ink())
    legend = {"title": None, "orient": "top", "symbolOpacity": 1, "symbolType": "square",
              "columns": {"expr": "width < 600 ? 2 : 4"}}  # fmt: skip
    encoding = {
        "y": nominal("words", sort=None, axis=label),
        "x": {"field": "share", "type": "quantitative", "axis": None, "stack": "zero",
              "scale": {"domain": [0, 1]}},
        "order": {"field": "order", "type": "quantitative"},
        "color": nominal("part", scale={"domain": names, "range": _colours()}, legend=legend),
        "tooltip": tooltip(category=" ", part=" ", shops=language.text("Shops"),
                           percent=language.text("Share")),
    }  # fmt: skip
    mark: Spec = {"type": "bar", "height": 12, "yOffset": LINE + 10 - STEP / 2,
                  "cornerRadiusEnd": 0}  # fmt: skip
    return layered([layer("buyers", mark, encoding)], STEP * len(rows) + ROOM, buyers=frame)


def buyers_in_words(rows: Sequence[Buyers], title: str, language: Language) -> str:
    """The same for those who do not see the chart."""
    names = part_names(language)
    said = (
        f"{one.category}: "
        + ", ".join(f"{name} {getattr(one, part)}" for name, part in zip(names, PARTS, strict=True))
        for one in rows
    )
    return f"{title}. " + "; ".join(said)


def part_names(language: Language) -> list[str]:
    """What the parts are called."""
    return [
        language.text("from you only"), language.text("from you and others"),
        language.text("from others only"), language.text("not at all"),
    ]  # fmt: skip


def _words(one: Buyers, at: int, language: Language) -> str:
    share = (one.mine_only + one.both) / one.all_of
    said = language.text("{share} of {n} shops buy it from you", share=language.percent(share),
                         n=one.all_of)  # fmt: skip
    return f"{one.category}  {said}" + "\u200b" * at


def _colours() -> list[str]:
    """His own, shared, others' (what can be won), nobody's."""
    if look.ink().startswith("#1"):
        return ["#0B6B5D", "#74B9AB", "#D0700F", "#C9C4BA"]
    return ["#4DB8A4", "#217366", "#E8A45C", "#3F4744"]
