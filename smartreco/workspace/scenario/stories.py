"""What came of a what-if in three sentences, every number of them the outcome's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import numpy as np

from smartreco.language import Money, Percent, Sentence
from smartreco.recommend.rules.effects import Change
from smartreco.scenario.levers.choosing import OnProducts
from smartreco.scenario.lists import ListOutcome
from smartreco.scenario.outcome import Compared, Measure, Outcome, Part, Unit, Verdict
from smartreco.workspace.scenario import presets
from smartreco.workspace.scenario.views import Names, Story

ENDINGS: Final = {Verdict.MORE: "more", Verdict.LESS: "less", Verdict.CANNOT_TELL: "same"}
SMALL: Final = 0.001  # share from which on one digit tells enough
HALF: Final = 0.5  # of like products that a shop bought


def story(outcome: Outcome, names: Names, preset: str | None = None) -> Story:
    """Of a ready question its own three sentences; of any other those that fit all."""
    return STORIES.get(preset or "", _any)(outcome, names)


def _any(outcome: Outcome, names: Names) -> Story:
    if outcome.lists and not outcome.by_product:
        return _lists(outcome, names)
    if outcome.lists:
        return (_headline(outcome), _margin(outcome), _list_margin(outcome.lists[0]))
    return (_headline(outcome), _margin(outcome), _largest(outcome))


def _festival(outcome: Outcome, names: Names) -> Story:
    served = _of(outcome, Measure.SERVICE)
    return (_headline(outcome), _lost(outcome), _said("served", served, Unit.SHARE))


def _price(outcome: Outcome, names: Names) -> Story:
    return (_headline(outcome), _margin(outcome), _part(outcome.by_category, _category(outcome)))


def _vendor(outcome: Outcome, names: Names) -> Story:
    lever = outcome.scenario.levers[0]
    vendor = lever.vendor if isinstance(lever, OnProducts) else None
    own = _part(outcome.by_vendor, vendor or "", names.vendors)
    others = [one for one in outcome.by_vendor if one.id not in (vendor, "")]
    best = max(others, key=lambda one: one.units.difference, default=None)
    if best is None or best.units.verdict is not Verdict.MORE:
        return (_headline(outcome), own, Sentence("gains.none"))
    named = names.vendors.get(best.id, best.name)
    values = {"name": named, **_figures(best.units, Unit.PIECES, best.units.verdict)}
    return (_headline(outcome), own, Sentence("gains.more", values))


def _launch(outcome: Outcome, names: Names) -> Story:
    new = next(one for one in outcome.by_product if one.units.baseline == 0)
    sells = Sentence(
        "launch.sells",
        {
            "name": new.name, "size": new.units.difference,
            "money": Money(new.revenue.difference, compact=True),
            "low": Money(new.revenue.low, compact=True),
            "high": Money(new.revenue.high, compact=True),
        },
    )  # fmt: skip
    shops = [shop for one in outcome.likely_shops for shop in one]
    first = sum(shop.likelihood >= HALF for shop in shops)
    said = Sentence("launch.shops", {"count": first})
    if not shops:
        said = Sentence("launch.unbought")
    elif not first:
        said = Sentence("launch.no_shops", {"share": Percent(shops[0].likelihood)})
    return (_headline(outcome), sells, said)


def _lists(outcome: Outcome, names: Names) -> Story:
    one = outcome.lists[0]
    preview = one.preview
    shops: dict[str, object] = {"shops": preview.retailers}
    moved = Sentence("list.unchanged", shops)
    if preview.entering:
        best = preview.entering[0]
        values = {"share": Percent(preview.changed), "name": best.name, "count": best.lists}
        moved = Sentence("list.changed", {**shops, **values})
    return (_list_margin(one), _list_orders(one), moved)


STORIES: Final[Mapping[str, Callable[[Outcome, Names], Story]]] = {
    presets.FESTIVAL_STOCK: _festival,
    presets.PRICE_CUT: _price,
    presets.VENDOR_OUT: _vendor,
    presets.LAUNCH: _launch,
    presets.MARGIN_FIRST: _lists,
}


def _headline(outcome: Outcome) -> Sentence:
    """Revenue, or pieces where no price is known."""
    weeks = {"weeks": outcome.scenario.horizon}
    revenue = _of(outcome, Measure.REVENUE)
    if revenue is not None:
        return _said("revenue", revenue, Unit.MONEY, weeks)
    return _said("units", outcome.of(Measure.UNITS), Unit.PIECES, weeks)


def _margin(outcome: Outcome) -> Sentence:
    return _said("margin", _of(outcome, Measure.MARGIN), Unit.MONEY)


def _lost(outcome: Outcome) -> Sentence:
    return _said("lost", _of(outcome, Measure.LOST_UNITS), Unit.PIECES)


def _largest(outcome: Outcome) -> Sentence:
    """The category that changes most."""
    if not outcome.by_product:
        return Sentence("part.none")
    most = max(outcome.by_category, key=lambda one: abs(one.units.difference))
    return _part((most,), most.id)


def _category(outcome: Outcome) -> str:
    lever = outcome.scenario.levers[0]
    return (lever.category or "") if isinstance(lever, OnProducts) else ""


def _part(parts: tuple[Part, ...], wanted: str, names: Mapping[str, str] | None = None) -> Sentence:
    one = next((part for part in parts if part.id == wanted), None)
    if one is None:
        return Sentence("part.none")
    name = (names or {}).get(one.id, one.name)
    return _said("part", one.units, Unit.PIECES, {"name": name})


def _list_margin(one: ListOutcome) -> Sentence:
    return _change("list.margin", one.preview.margin, {"list": one.list.value}, share=True)


def _list_orders(one: ListOutcome) -> Sentence:
    return _change("list.orders", one.preview.orders, {}, share=False)


def _change(name: str, change: Change, values: Mapping[str, object], *, share: bool) -> Sentence:
    """A mean over shops before and after; what is not known says so."""
    apart = change.difference
    if not apart.shops or np.isnan(change.before):
        return Sentence(f"{name}.unknown", values)
    verdict = Compared(0.0, 0.0, apart.mean, apart.low, apart.high).verdict
    low, high = _by_size(apart.low, apart.high, verdict)
    said = Percent if share else _fine
    return Sentence(
        f"{name}.{ENDINGS[verdict]}",
        {
            **values, "base": said(change.before, 1), "then": said(change.after, 1),
            "low": f"{100 * low:.2f}" if share else _fine(low, 1),
            "high": f"{100 * high:.2f}" if share else _fine(high, 1),
        },
    )  # fmt: skip


def _fine(value: float, digits: int) -> str:
    return f"{value:.{digits + 2}f}"


def _said(
    name: str, one: Compared | None, unit: Unit, more: Mapping[str, object] | None = None
) -> Sentence:
    if one is None:
        return Sentence(f"{name}.unknown", more or {})
    ending = ENDINGS[one.verdict]
    return Sentence(f"{name}.{ending}", {**(more or {}), **_figures(one, unit, one.verdict)})


def _figures(one: Compared, unit: Unit, verdict: Verdict) -> dict[str, object]:
    """Figures of a sentence; what rises or falls is told by its size."""
    low, high = _by_size(one.low, one.high, verdict)
    share = 0.0 if one.share is None else abs(one.share)
    return {
        "base": _shown(one.baseline, unit), "then": _shown(one.scenario, unit),
        "size": _shown(abs(one.difference), unit),
        "share": Percent(share, 1 if share >= SMALL else 2),
        "low": _shown(low, unit), "high": _shown(high, unit),
    }  # fmt: skip


def _by_size(low: float, high: float, verdict: Verdict) -> tuple[float, float]:
    """The band, of a fall as a size."""
    return (-high, -low) if verdict is Verdict.LESS else (low, high)


def _shown(value: float, unit: Unit) -> object:
    match unit:
        case Unit.MONEY:
            return Money(value, compact=True)
        case Unit.SHARE:
            return Percent(value, 2)
        case _:
            return value


def _of(outcome: Outcome, measure: Measure) -> Compared | None:
    try:
        return outcome.of(measure)
    except KeyError:
        return None
