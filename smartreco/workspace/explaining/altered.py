"""What would change a rank: each thing taken away or added, and the ranking done again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from smartreco.entities import ListName
from smartreco.language import Language
from smartreco.recommend.addends import OWN, PRODUCT, Addend
from smartreco.recommend.affinity import Affinity
from smartreco.recommend.beside import together
from smartreco.recommend.blend import Blend
from smartreco.recommend.model import Model
from smartreco.recommend.rules import NO_PLAN, Rule
from smartreco.recommend.standing import standing
from smartreco.store.rules import RuleSpec
from smartreco.workspace.explaining.situation import Subject
from smartreco.workspace.explaining.views import Cause, Changes, Counterfactual
from smartreco.workspace.models import Fitted
from smartreco.workspace.rule_views import rule_words

PURCHASES: Final = 4  # the loudest ones
BESIDE: Final = 3  # products that may be put on the order, and that may be taken off


def altered(subject: Subject, found: tuple[Addend, ...], language: Language) -> Changes:
    """All of `Changes`.

    Parameters
    ----------
    found
        Every addend of its score.
    """
    stands = subject.stands
    above = stands.above()
    catalogue, ids = subject.fitted.catalogue, subject.fitted.model.market.product_ids
    ways = (
        *_without_purchases(subject, found), *_without_components(subject, found),
        *_with_others(subject), *_without_others(subject, found),
        *_without_rules(subject, language),
    )  # fmt: skip
    return Changes(
        rank=stands.rank,
        above=None if above is None else catalogue.product(str(ids[above])),
        missing=stands.missing(),
        found=ways,
    )


def _without_purchases(
    subject: Subject, found: tuple[Addend, ...]
) -> Iterator[Counterfactual]:  # fmt: skip
    model, asked = subject.fitted.model, subject.asked
    if any(one.kind == OWN for one in found):
        without = model.without(asked.retailer_id, asked.product_id)
        rank = standing(without, asked.on(ListName.DISCOVER)).rank
        yield Counterfactual(Cause.OWN, "", asked.product_id, rank)
    for product_id in _loudest(found, PURCHASES):
        if product_id != asked.product_id:
            without = model.without(asked.retailer_id, product_id)
            rank = standing(without, asked).rank
            yield _of(subject, Cause.PURCHASE, product_id, rank)


def _without_components(
    subject: Subject, found: tuple[Addend, ...]
) -> Iterator[Counterfactual]:  # fmt: skip
    for name in dict.fromkeys(one.component for one in found):
        other = _without_component(subject.fitted.model, subject.asked.list, name)
        if other is not None:
            yield Counterfactual(Cause.COMPONENT, name, name, standing(other, subject.asked).rank)


def _without_component(model: Model, name: ListName, component: str) -> Model | None:
    """The same model with no weight on a component; None where it is the only one."""
    rest = {one: weight for one, weight in model.blend.weights[name].items() if one != component}
    if not any(rest.values()):
        return None
    blend = Blend.of({**model.blend.weights, name: rest})
    return replace(model, blend=blend, calibrated=model.calibrated or model.blend)


def _with_others(subject: Subject) -> Iterator[Counterfactual]:
    """What is most ordered with it, put on the order."""
    model, asked = subject.fitted.model, subject.asked
    beside = [one.product_id for one in together(model, asked.product_id, BESIDE)]
    for product_id in beside:
        if product_id not in asked.basket:
            fuller = replace(asked, basket=(*asked.basket, product_id))
            rank = standing(model, fuller).rank
            yield _of(subject, Cause.WITH, product_id, rank)


def _without_others(
    subject: Subject, found: tuple[Addend, ...]
) -> Iterator[Counterfactual]:  # fmt: skip
    """What of the order speaks loudest, taken off it."""
    drawn = [one for one in found if one.component == Affinity.name]
    for one in drawn[:BESIDE]:
        less = tuple(other for other in subject.asked.basket if other != one.id)
        rank = standing(subject.fitted.model, replace(subject.asked, basket=less)).rank
        yield _of(subject, Cause.OFF, one.id, rank)


def _without_rules(subject: Subject, language: Language) -> Iterator[Counterfactual]:
    model, asked = subject.fitted.model, subject.asked
    rules = asked.rules[asked.list]
    if not rules.plan.rules:
        return
    free = asked.with_rules(replace(rules, plan=NO_PLAN))
    yield Counterfactual(Cause.RULES, "", "", standing(model, free).rank)
    for number, rule in enumerate(rules.plan.rules):
        fewer = asked.with_rules(replace(rules, plan=rules.plan.without(number)))
        words = _rule_words(rule, subject.fitted, language)
        yield Counterfactual(Cause.RULE, words, str(number), standing(model, fewer).rank)


def _loudest(found: tuple[Addend, ...], most: int) -> list[str]:
    """Products whose purchase adds most, whatever the component."""
    adds: dict[str, float] = defaultdict(float)
    for one in found:
        if one.kind == PRODUCT and one.component != Affinity.name:
            adds[one.id] += one.contribution
    up = [product_id for product_id, value in adds.items() if value > 0]
    return sorted(up, key=lambda product_id: -adds[product_id])[:most]


def _of(subject: Subject, cause: Cause, product_id: str, rank: int | None) -> Counterfactual:
    name = subject.fitted.catalogue.product(product_id).name
    return Counterfactual(cause, name, product_id, rank)


def _rule_words(rule: Rule, fitted: Fitted, language: Language) -> str:
    target = rule.target
    name: str | None = target.id
    if target.kind == "product":
        known = fitted.catalogue.position
        name = fitted.catalogue.product(target.id).name if target.id in known else None
    elif target.kind == "vendor":
        products = fitted.catalogue.products
        named = products.loc[products["vendor_id"] == target.id, "vendor"].dropna()
        name = str(named.iloc[0]) if len(named) else None
    spec = RuleSpec(rule.kind, target.kind, target.id, None, rule.amount, rule.push)
    return rule_words(spec, name, language)
