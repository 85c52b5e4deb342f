"""Active rules made ready for the model that answers: once a change of either."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from smartreco.columns import ACTIVE, CATEGORY, NAME, PRODUCT_ID, UNIT_COST, VENDOR, VENDOR_ID
from smartreco.entities import ListName
from smartreco.recommend.rules import KINDS, Plan, ProductFacts, Rule, Target
from smartreco.recommend.rules.diversity import Diversity
from smartreco.store import rules as rule_store
from smartreco.store.connection import Cursor
from smartreco.store.rules import RuleSpec
from smartreco.workspace.catalogue import Catalogue
from smartreco.workspace.models import Fitted
from smartreco.workspace.rule_views import RuleChoices


@dataclass(frozen=True)
class Published:
    """Active rules and the recipe's diversity made ready for one model.

    ``facts`` are of its products.
    """

    rules_version: int
    model_version: int
    blend_version: int
    facts: ProductFacts
    choices: RuleChoices
    plans: Mapping[ListName, Plan]

    @property
    def made_of(self) -> tuple[int, int, int]:
        """Versions of model, blend and rules."""
        return self.model_version, self.blend_version, self.rules_version


class PublishedRules:
    """Hands out the rules of the store; reads them again only when they have changed."""

    def __init__(self) -> None:
        self._held: Published | None = None

    def ready(self, cursor: Cursor, fitted: Fitted) -> Published:
        """The rules that hold now, for a model."""
        held, version = self._held, rule_store.version(cursor)
        same_model = held is not None and held.model_version == fitted.version
        made_of = (fitted.version, fitted.blend_version, version)
        if held is not None and held.made_of == made_of:
            return held
        catalogue = fitted.catalogue
        if held is not None and same_model:
            facts, choices = held.facts, held.choices
        else:
            attributes = fitted.model.market.attributes
            facts = ProductFacts.of_products(catalogue.products, attributes)
            choices = _choices(catalogue)
        specs = [row.spec for row in rule_store.every(cursor)]
        plans = {name: plan_of(specs, name, fitted, facts) for name in ListName}
        self._held = Published(version, fitted.version, fitted.blend_version, facts, choices, plans)
        return self._held


def holds(spec: RuleSpec, list_name: ListName) -> bool:
    """Whether a rule is active on a list."""
    return spec.active and spec.list in (None, list_name.value) and spec.kind in KINDS


def rules_of(specs: Iterable[RuleSpec], list_name: ListName) -> list[Rule]:
    """The rules of a list, in their order."""
    return [
        KINDS[spec.kind](Target(spec.target_kind, spec.target_id), spec.amount, spec.push)
        for spec in specs
        if holds(spec, list_name)
    ]


def plan_of(
    specs: Iterable[RuleSpec], list_name: ListName, fitted: Fitted, facts: ProductFacts
) -> Plan:
    """The rules of a list, and after them the diversity of its recipe: the stronger holds."""
    rules = rules_of(specs, list_name)
    strength = fitted.recipe.varied(list_name)
    return Plan.of([*rules, Diversity(amount=strength)] if strength else rules, facts)


def _choices(catalogue: Catalogue) -> RuleChoices:
    products = catalogue.products[catalogue.products[ACTIVE]]
    vendors = products[[VENDOR_ID, VENDOR]].dropna(subset=[VENDOR_ID]).drop_duplicates()
    vendors = vendors.sort_values([VENDOR, VENDOR_ID])
    by_name = products.sort_values([NAME, PRODUCT_ID])
    categories = sorted(products[CATEGORY].unique())
    return RuleChoices(
        products=dict(zip(by_name[PRODUCT_ID], by_name[NAME], strict=True)),
        vendors=dict(zip(vendors[VENDOR_ID], vendors[VENDOR].fillna(""), strict=True)),
        categories={name: name for name in categories},
        costs_known=float(products[UNIT_COST].notna().mean()) if len(products) else 0.0,
    )
