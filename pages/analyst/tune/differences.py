"""What two recipes differ in, as a small table."""

from __future__ import annotations

from collections.abc import Sequence

from pages.analyst.tune import wording
from pages.analyst.tune.desk import TuneDesk
from pages.components.data_table import Column, data_table
from pages.components.markup import Html, tag
from smartreco.workspace.blend.views import Change


def table(desk: TuneDesk, changes: Sequence[Change], before: str, after: str) -> Html:
    """Setting, before, after."""
    t, ctx = desk.ctx.t, desk.ctx
    columns = (Column(t("Setting")), Column(before, number=True), Column(after, number=True))
    rows: list[list[Html | str]] = [
        [
            tag("span", wording.setting(ctx, one), cls="name"),
            wording.setting_value(ctx, one, one.before),
            tag("b", wording.setting_value(ctx, one, one.after)),
        ]
        for one in changes
    ]
    return data_table(t("What is different"), columns, rows)
