"""One score taken apart, with what rules did to its rank and why a list may not hold it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from math import fsum

import numpy as np

from smartreco.entities import ListName
from smartreco.recommend.addends import RETAILER, Addend, addends
from smartreco.recommend.chance import chance
from smartreco.recommend.rules import NO_PLAN
from smartreco.workspace.explaining.situation import Subject, shop_of
from smartreco.workspace.explaining.views import Absent, Breakdown, Component


def broken_down(subject: Subject) -> Breakdown:
    """All of `Breakdown`."""
    model, asked, stands = subject.fitted.model, subject.asked, subject.stands
    components = _components(subject, addends(model, stands))
    ahead = stands.rules.ahead
    return Breakdown(
        retailer=subject.situation.retailer,
        product=subject.product,
        list=asked.list,
        score=fsum(one.contribution for one in components),
        rank=stands.rank,
        due=ahead is not None and bool(ahead[stands.product]),
        by_score=replace(stands, rules=replace(stands.rules, plan=NO_PLAN, ahead=None)).rank,
        absent=None if stands.rank is not None else _absent(subject),
        notes=_notes(subject),
        components=components,
        chance=chance(model, stands, asked.list),
        blend_version=subject.fitted.blend_version,
    )


def _components(subject: Subject, found: tuple[Addend, ...]) -> tuple[Component, ...]:
    weights = subject.fitted.model.blend.weights[subject.asked.list]
    by_name: dict[str, list[Addend]] = defaultdict(list)
    for one in found:
        by_name[one.component].append(_named(subject, one))
    components = [
        Component(name, weights[name], fsum(one.contribution for one in some), tuple(some))
        for name, some in by_name.items()
    ]
    return tuple(sorted(components, key=lambda one: -abs(one.contribution)))


def _named(subject: Subject, one: Addend) -> Addend:
    """With the name of its shop, which the model does not know."""
    if one.kind != RETAILER:
        return one
    return replace(one, label=(shop_of(subject.fitted.catalogue, one.id).name,))


def _notes(subject: Subject) -> tuple[str, ...]:
    """Rules that moved it; a line further down than the list goes has none to tell."""
    stands = subject.stands
    totals, offers = stands.totals, stands.offers
    listed = stands.rules.ranked(totals, offers, stands.k)[0]
    listed = listed[listed >= 0]
    (at,) = np.nonzero(listed == stands.product)
    return stands.rules.notes(totals[0], offers[0], listed)[int(at[0])] if len(at) else ()


def _absent(subject: Subject) -> Absent:
    """The first thing that stands in the way."""
    stands, name = subject.stands, subject.asked.list
    rules = subject.asked.rules[name]
    own = bool((stands.shop.habits.product == stands.product).any())
    product_id = subject.product.product_id
    ways = (
        (Absent.INACTIVE, not subject.product.active),
        (Absent.BOUGHT, own and name is ListName.DISCOVER),
        (Absent.NEW, not own and name is ListName.REORDER),
        (Absent.STOCK, not bool(subject.fitted.catalogue.orderable[stands.product])),
        (Absent.HIDDEN, product_id in rules.excluded),
        (Absent.ORDERED, product_id in rules.ordered),
        (Absent.SILENT, not bool(stands.offers[0, stands.product])),
    )
    return next((way for way, holds in ways if holds), Absent.RULE)
