"""Two saved questions side by side, both played on the data as they are."""

from __future__ import annotations

from typing import Final

import pandas as pd
import streamlit as st

from pages import address
from pages.components import charts, header, messages
from pages.components.data_table import Column, data_table
from pages.components.download import csv_button
from pages.components.markup import Html, place, tag
from pages.product_manager.what_if import compare_lists, wording
from pages.product_manager.what_if.desk import NOWHERE, WhatIfDesk, go
from smartreco.scenario.effects import FlagKind
from smartreco.scenario.outcome import Compared, Measure, Outcome, Unit, Verdict
from smartreco.scenario.words import say
from smartreco.workspace.scenario.views import ComparedMeasure, Comparison
from smartreco.workspace.scenario.words import MEASURE_WORDS, figure, lever_words

SIDES: Final = ("A", "B")


def draw(desk: WhatIfDesk, left: int, right: int) -> None:
    """The answer, the measures, the weeks."""
    t = desk.ctx.t
    with st.spinner(t("Playing both on the same futures …")):
        found = desk.scenarios.compare(desk.ctx.principal, left, right)
    with st.container(key="sr-answer"):
        header.page_header(_answer(desk, found), t("Two questions side by side"))
        for side, one in zip(SIDES, (found.left, found.right), strict=True):
            levers = "; ".join(
                lever_words(each, desk.names, desk.ctx.language) for each in one.scenario.levers
            )
            named = tag("b", t("{side}: {name}", side=side, name=one.scenario.name))
            said = tag("span", levers or t("nothing is moved"), cls="small block")
            held = [tag("span", say(flag.sentence, desk.ctx.language), cls="small block")
                    for flag in one.flags if flag.kind is FlagKind.MOVED]  # fmt: skip
            place(tag("p", named, said, *held))
    with st.container(key="sr-whatif-acts", horizontal=True, gap="small"):
        st.button(t("All questions"), key="what-if-back", type="tertiary",
                  icon=":material/arrow_back:", on_click=address.put, args=(NOWHERE,))  # fmt: skip
        for number, side in zip((left, right), SIDES, strict=True):
            st.button(t("Open {side}", side=side), key=f"compare-open-{number}", on_click=go,
                      kwargs={"scenario": str(number)})  # fmt: skip
        csv_button(t("CSV"), "what-if-compared", lambda: table(found), "compare-csv")
    if not found.same_weeks:
        messages.note(t("They look at different numbers of weeks, so sums are not of the same "
                        "time: compare shares, not amounts."))  # fmt: skip
    if not compare_lists.only(found):
        _measures(desk, found)
        _bands(desk, found)
    compare_lists.draw(desk, found)


def table(found: Comparison) -> pd.DataFrame:
    """A row a measure: today, and either difference with its band."""
    if compare_lists.only(found):
        return compare_lists.table(found)
    rows = [
        (one.measure.value, one.left.baseline, *_figures(one.left), *_figures(one.right),
         "yes" if one.told_apart else "no")
        for one in found.measures
    ]  # fmt: skip
    sides = [f"{side}_{name}" for side in ("left", "right") for name in
             ("scenario", "difference", "low", "high")]  # fmt: skip
    return pd.DataFrame(rows, columns=["measure", "today", *sides, "apart"])


def _figures(one: Compared) -> tuple[float, float, float, float]:
    return one.scenario, one.difference, one.low, one.high


def _names(found: Comparison) -> tuple[str, str]:
    return found.left.scenario.name, found.right.scenario.name


def _main(found: Comparison) -> ComparedMeasure:
    by = {one.measure: one for one in found.measures}
    return by.get(Measure.REVENUE) or by[Measure.UNITS]


def _answer(desk: WhatIfDesk, found: Comparison) -> str:
    if compare_lists.only(found):
        return compare_lists.answer(desk, found)
    t, main, (left, right) = desk.ctx.t, _main(found), _names(found)
    measure = wording.measure_name(desk.ctx, main.measure)
    if not main.told_apart:
        return t("{measure}: “{left}” and “{right}” cannot be told apart", measure=measure,
                 left=left, right=right)  # fmt: skip
    more, less = (left, right) if main.left.difference > main.right.difference else (right, left)
    return t("{measure}: more with “{more}” than with “{less}”", measure=measure, more=more,
             less=less)  # fmt: skip


def _measures(desk: WhatIfDesk, found: Comparison) -> None:
    t = desk.ctx.t
    columns = (
        Column(t("Difference from today")), Column(t("Today"), number=True),
        *(Column(side, number=True) for side in SIDES),
        Column(t("Told apart"), number=True,
               meaning=t("Both are played on the same draws: the difference between them "
                         "leaves no change out in eight of ten.")),
    )  # fmt: skip
    rows: list[list[Html | str]] = [
        [
            tag("span", t(MEASURE_WORDS[one.measure]), cls="name"),
            figure(one.left.baseline, one.unit, desk.ctx.language),
            _cell(desk, one, one.left), _cell(desk, one, one.right),
            t("yes") if one.told_apart else t("no"),
        ]
        for one in found.measures
    ]  # fmt: skip
    with st.container(key="sr-data-compared"):
        place(data_table(t("Two questions side by side"), columns, rows))


def _cell(desk: WhatIfDesk, one: ComparedMeasure, side: Compared) -> Html:
    if not side.difference and not side.low and not side.high:
        return tag("span", desk.ctx.t("no change"), cls="small")
    if side.verdict is Verdict.CANNOT_TELL:
        first = tag("span", desk.ctx.t("cannot tell"), cls="small")
    else:
        first = tag("b", wording.signed(desk.ctx, side.difference, one.unit),
                    cls=wording.tone(one.measure, side))  # fmt: skip
    band = wording.between(desk.ctx, side, one.unit)
    return tag("span", first, tag("span", band, cls="small block"))


def _bands(desk: WhatIfDesk, found: Comparison) -> None:
    """The main measure by category, a colour each."""
    ctx, main = desk.ctx, _main(found)
    title = ctx.t("{measure} by category, less today's",
                  measure=wording.measure_name(ctx, main.measure))  # fmt: skip
    rows = [
        row
        for category in _categories(found)
        for row in (
            _banded(desk, found.left, category, SIDES[0], main.unit),
            _banded(desk, found.right, category, SIDES[1], main.unit),
        )
        if row is not None
    ]
    if not rows:
        return
    with st.container(key="sr-figure-compared", gap="small"):
        place(tag("h2", title, cls="finding"))
        charts.draw_kept(
            ("what-if compared", tuple(rows), ctx.language),
            lambda: charts.banded_rows(rows, ctx.language),
            charts.bands_in_words(rows, title),
        )


def _categories(found: Comparison) -> list[str]:
    both = (*found.left.by_category[:4], *found.right.by_category[:4])
    return list(dict.fromkeys(one.id for one in both))[:5]


def _banded(
    desk: WhatIfDesk, outcome: Outcome, category: str, name: str, unit: Unit
) -> charts.Banded | None:
    part = next((one for one in outcome.by_category if one.id == category), None)
    one = None if part is None else wording.main_of(part, outcome)
    if part is None or one is None or not (one.difference or one.low or one.high):
        return None
    return charts.Banded(
        wording.part_name(desk.ctx, part, desk.names), one.difference, one.low, one.high,
        wording.signed(desk.ctx, one.difference, unit), wording.between(desk.ctx, one, unit), name,
    )  # fmt: skip
