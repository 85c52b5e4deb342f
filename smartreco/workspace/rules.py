"""Rules that hold on every shop's lists: who may change them, and what a change would do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict

import numpy as np

from smartreco.entities import ListName, Principal, Role
from smartreco.errors import NotFoundError
from smartreco.recommend.recent import Recent
from smartreco.recommend.rules import Plan, Rules
from smartreco.recommend.rules.effects import RulesPreview
from smartreco.recommend.rules.preview import preview, preview_each
from smartreco.store import audit
from smartreco.store import rules as rule_store
from smartreco.store.connection import Cursor
from smartreco.store.rules import RuleRow, RuleSpec
from smartreco.workspace.core import Core, permits
from smartreco.workspace.models import Fitted, Models
from smartreco.workspace.published_rules import PublishedRules, holds, plan_of
from smartreco.workspace.rule_checks import check_rule, check_together
from smartreco.workspace.rule_views import (
    PLACES,
    RuleChange,
    RuleChoices,
    RuleEffect,
    RuleView,
)

EFFECTS_HELD = 6  # of lists and lengths; older states of the rules go first
SEED = 28  # of the sample of a preview: two previews look at the same shops


class RuleBook:
    """Use cases on published rules."""

    def __init__(self, core: Core, models: Models) -> None:
        self.core = core
        self._models = models
        self._published = PublishedRules()
        self._effects: Recent[tuple[tuple[int, int, int], ListName, int], tuple[RuleEffect, ...]]
        self._effects = Recent(EFFECTS_HELD)

    @permits(Role.ANALYST, Role.PRODUCT_MANAGER, Role.ADMIN)
    def all(self, principal: Principal) -> tuple[RuleView, ...]:
        """Every rule, oldest first, switched off or not."""
        with self.core.store.cursor() as cursor:
            held = self._published.ready(cursor, self._models.current)
            rows = rule_store.every(cursor)
        return tuple(_view(row, held.choices) for row in rows)

    @permits(Role.ANALYST, Role.PRODUCT_MANAGER, Role.ADMIN)
    def choices(self, principal: Principal) -> RuleChoices:
        """What a rule can be about."""
        with self.core.store.cursor() as cursor:
            return self._published.ready(cursor, self._models.current).choices

    @permits(Role.ANALYST, Role.PRODUCT_MANAGER, Role.ADMIN)
    def preview(
        self,
        principal: Principal,
        changes: Sequence[RuleChange],
        list_name: ListName = ListName.DISCOVER,
        k: int = PLACES,
    ) -> RulesPreview:
        """What changes would do to a list of every shop, on a sample; nothing is kept.

        Raises
        ------
        InputError
            A rule means nothing, or contradicts another.
        """
        fitted = self._models.current
        with self.core.store.cursor() as cursor:
            held = self._published.ready(cursor, fitted)
            rows = rule_store.every(cursor)
        after = _with(rows, changes, held.choices)
        plan = plan_of(after, list_name, fitted, held.facts)
        return preview(
            fitted.model, list(fitted.model.market.retailer_positions), list_name, k,
            _request(fitted, held.plans[list_name]), _request(fitted, plan),
            held.facts, np.random.default_rng(SEED),
        )  # fmt: skip

    @permits(Role.ANALYST, Role.PRODUCT_MANAGER, Role.ADMIN)
    def effects(
        self, principal: Principal, list_name: ListName = ListName.DISCOVER, k: int = PLACES
    ) -> tuple[RuleEffect, ...]:
        """What each active rule of a list does among the others; kept until anything changes."""
        fitted = self._models.current
        with self.core.store.cursor() as cursor:
            held = self._published.ready(cursor, fitted)
            rows = [row for row in rule_store.every(cursor) if holds(row.spec, list_name)]
        asked = (held.made_of, list_name, k)
        plan = plan_of([row.spec for row in rows], list_name, fitted, held.facts)

        def measured() -> tuple[RuleEffect, ...]:
            found = preview_each(
                fitted.model, list(fitted.model.market.retailer_positions), list_name, k,
                _request(fitted, plan), held.facts, np.random.default_rng(SEED),
            )  # fmt: skip
            return tuple(
                RuleEffect(_view(row, held.choices), effect)
                for row, effect in zip(rows, found, strict=False)  # the recipe's own comes last
            )

        return self._effects.get(asked, measured)

    @permits(Role.ANALYST, Role.ADMIN)
    def add(self, principal: Principal, spec: RuleSpec) -> int:
        """Publish a rule and return its id; it holds from the next list on.

        Raises
        ------
        InputError
            It means nothing, or contradicts another.
        """

        def work(cursor: Cursor) -> int:
            self._check(cursor, [RuleChange(None, spec)])
            rule_id = rule_store.add(cursor, spec, principal.username, self.core.now())
            self._note(cursor, principal, "rule added", rule_id, asdict(spec))
            return rule_id

        return self.core.store.write(work)

    @permits(Role.ANALYST, Role.ADMIN)
    def change(self, principal: Principal, rule_id: int, spec: RuleSpec) -> None:
        """Make a rule another, or switch it off or on.

        Raises
        ------
        InputError
            See `add`.
        NotFoundError
            There is no such rule.
        """

        def work(cursor: Cursor) -> None:
            before = _known(cursor, rule_id).spec
            self._check(cursor, [RuleChange(rule_id, spec)])
            rule_store.change(cursor, rule_id, spec, principal.username, self.core.now())
            detail = {"before": asdict(before), "after": asdict(spec)}
            self._note(cursor, principal, "rule changed", rule_id, detail)

        self.core.store.write(work)

    @permits(Role.ANALYST, Role.ADMIN)
    def remove(self, principal: Principal, rule_id: int) -> RuleSpec:
        """Take a rule away and return it: to undo is to add it again.

        Raises
        ------
        NotFoundError
            There is no such rule.
        """

        def work(cursor: Cursor) -> RuleSpec:
            spec = _known(cursor, rule_id).spec
            rule_store.remove(cursor, rule_id)
            self._note(cursor, principal, "rule removed", rule_id, asdict(spec))
            return spec

        return self.core.store.write(work)

    def published(self, cursor: Cursor, fitted: Fitted) -> Mapping[ListName, Plan]:
        """The active rules of each list, ready for a model: read again only after a change."""
        return self._published.ready(cursor, fitted).plans

    def _check(self, cursor: Cursor, changes: Sequence[RuleChange]) -> None:
        choices = self._published.ready(cursor, self._models.current).choices
        _with(rule_store.every(cursor), changes, choices)

    def _note(
        self,
        cursor: Cursor,
        who: Principal,
        action: str,
        rule_id: int,
        detail: Mapping[str, object],
    ) -> None:
        entry = audit.Entry(self.core.now(), who.username, action, f"rule {rule_id}", detail)
        audit.record(cursor, entry)


def _request(fitted: Fitted, plan: Plan) -> Rules:
    return Rules(available=fitted.catalogue.orderable, plan=plan, places=PLACES)


def _with(
    rows: Sequence[RuleRow], changes: Sequence[RuleChange], choices: RuleChoices
) -> list[RuleSpec]:
    """The rules after some changes, which are checked."""
    after: dict[int, RuleSpec] = {row.rule_id: row.spec for row in rows}
    new: list[RuleSpec] = []
    for change in changes:
        if change.rule_id is not None and change.rule_id not in after:
            raise _unknown(change.rule_id)
        if change.spec is not None:
            check_rule(change.spec, choices)
        if change.rule_id is None:
            new += [] if change.spec is None else [change.spec]
        elif change.spec is None:
            del after[change.rule_id]
        else:
            after[change.rule_id] = change.spec
    specs = [*after.values(), *new]
    check_together(specs)
    return specs


def _known(cursor: Cursor, rule_id: int) -> RuleRow:
    row = rule_store.find(cursor, rule_id)
    if row is None:
        raise _unknown(rule_id)
    return row


def _unknown(rule_id: int) -> NotFoundError:
    return NotFoundError("a rule is named by its number", str(rule_id), "list the rules")


def _view(row: RuleRow, choices: RuleChoices) -> RuleView:
    name = choices.of(row.spec.target_kind).get(row.spec.target_id)
    return RuleView(row.rule_id, row.spec, name, row.username, row.created_at, row.changed_at)
