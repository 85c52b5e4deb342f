"""How results are said on this page: differences with their bands, the answer in one sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pages.analyst import rule_effect
from pages.analyst.rule_form import LISTS
from pages.components.cards import calm
from pages.context import Context
from smartreco.language import Percent
from smartreco.scenario.levers.lists import ListLever
from smartreco.scenario.outcome import Compared, Measure, Measured, Outcome, Part, Unit, Verdict
from smartreco.workspace.scenario.views import Names
from smartreco.workspace.scenario.words import figure

LEAST: Final = 0.0005  # share, below which a change is none in tenths of per cent
#: Whether more of it is better; None: neither.
BETTER: Final[Mapping[Measure, bool]] = {
    Measure.UNITS: True, Measure.LINES: True, Measure.REVENUE: True, Measure.MARGIN: True,
    Measure.LOST_UNITS: False, Measure.LOST_REVENUE: False, Measure.SERVICE: True,
    Measure.STOCK_OUTS: False,
}  # fmt: skip


def main_measure(outcome: Outcome) -> Measured:
    """Revenue, or pieces where no price is known."""
    by = {one.measure: one for one in outcome.measures}
    return by.get(Measure.REVENUE) or by[Measure.UNITS]


def main_of(part: Part, outcome: Outcome) -> Compared:
    """The same of a part."""
    money = main_measure(outcome).measure is Measure.REVENUE
    return part.revenue if money else part.units


def lists_only(outcome: Outcome) -> bool:
    """Whether only lists are moved: demand is as it was."""
    levers = outcome.scenario.levers
    return bool(levers) and all(isinstance(one, ListLever) for one in levers)


def answer(ctx: Context, outcome: Outcome) -> str:
    """The whole in one sentence."""
    if not outcome.scenario.levers:
        return ctx.t("Nothing is moved yet")
    if lists_only(outcome):
        return "; ".join(
            ctx.t("{list}: {what}", list=ctx.t(LISTS[one.list.value]),
                  what=_lowered(rule_effect.answer(ctx, one.preview)))
            for one in outcome.lists
        )  # fmt: skip
    return ctx.t(
        "{measure} over {weeks}: {what}", measure=measure_name(ctx, main_measure(outcome).measure),
        weeks=ctx.t("{n} weeks", n=outcome.scenario.horizon) if outcome.scenario.horizon > 1
        else ctx.t("1 week"),
        what=in_shares(ctx, main_measure(outcome).compared),
    )  # fmt: skip


def measure_name(ctx: Context, measure: Measure) -> str:
    """Revenue, pieces."""
    return ctx.t("Revenue") if measure is Measure.REVENUE else ctx.t("Pieces sold")


def in_shares(ctx: Context, one: Compared) -> str:
    """A difference in per cent of today, such as "3.1% less, between −5.0% and −1.2%"."""
    if not one.difference and not one.low and not one.high:
        return ctx.t("no change")
    share = one.share
    if share is None:
        return ctx.t("nothing today to compare with")
    low, high = one.low / one.baseline, one.high / one.baseline
    low, high = min(low, high), max(low, high)
    values = {"low": signed_share(ctx, low), "high": signed_share(ctx, high)}
    if one.verdict is Verdict.CANNOT_TELL:
        return ctx.t("cannot tell apart from no change, between {low} and {high}", **values)
    size = ctx.language.show(Percent(abs(share), 1))
    said = ctx.t("{size} more", size=size) if share > 0 else ctx.t("{size} less", size=size)
    return ctx.t("{said}, between {low} and {high}", said=said, **values)


def signed_share(ctx: Context, share: float) -> str:
    """A share that shows its sign."""
    if abs(share) < LEAST:
        return ctx.language.show(Percent(0.0, 1))
    return f"{'−' if share < 0 else '+'}{ctx.language.show(Percent(abs(share), 1))}"


def signed(ctx: Context, value: float, unit: Unit) -> str:
    """A difference in its unit, with a true minus."""
    return figure(value, unit, ctx.language, signed=True).replace("-", "−")


def between(ctx: Context, one: Compared, unit: Unit) -> str:
    """The band of a difference."""
    return ctx.t("{low} to {high}", low=signed(ctx, one.low, unit),
                 high=signed(ctx, one.high, unit))  # fmt: skip


def tone(measure: Measure, one: Compared) -> str:
    """The class that colours a difference: better, worse, or neither."""
    if one.verdict is Verdict.CANNOT_TELL:
        return "change"
    return "change better" if (one.verdict is Verdict.MORE) is BETTER[measure] else "change worse"


def part_name(ctx: Context, one: Part, names: Names) -> str:
    """A part by the name that readers know."""
    found = names.vendors.get(one.id) or names.products.get(one.id) or one.name
    return calm(found) if found else ctx.t("not known")


def _lowered(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
