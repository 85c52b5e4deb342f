"""Which rules make sense: one by one, and together."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from smartreco.entities import ListName
from smartreco.errors import InputError, NotFoundError
from smartreco.recommend.rules import KINDS, PRODUCT, VENDOR
from smartreco.recommend.rules.boost import Boost
from smartreco.recommend.rules.leave_out import LeaveOut
from smartreco.recommend.rules.min_margin import MinMargin
from smartreco.recommend.rules.pin import Pin
from smartreco.recommend.rules.vendor_cap import VendorCap, most_places
from smartreco.recommend.rules.vendor_floor import VendorFloor, least_places
from smartreco.store.rules import RuleSpec
from smartreco.workspace.rule_views import PLACES, RuleChoices

LONGEST_NOTE = 200
FURTHEST = Boost.most  # spreads


def check_rule(spec: RuleSpec, choices: RuleChoices) -> None:
    """Refuse a rule that means nothing.

    Raises
    ------
    InputError
        Its kind, target, list or amount is not one there is.
    NotFoundError
        This data set does not know its product, vendor or category.
    """
    kind = KINDS.get(spec.kind)
    if kind is None:
        raise InputError("a rule is one of " + ", ".join(KINDS), repr(spec.kind), "choose one")
    if spec.target_kind not in kind.targets:
        raise InputError(
            f"a rule of the kind {spec.kind} is about {' or '.join(kind.targets)}",
            spec.target_kind, "choose another target",
        )  # fmt: skip
    if spec.list is not None and spec.list not in {name.value for name in ListName}:
        raise InputError("a list is reorder, discover or all", repr(spec.list), "choose one")
    if spec.target_kind != "all" and spec.target_id not in choices.of(spec.target_kind):
        raise NotFoundError(
            f"a rule names a {spec.target_kind} of this data set", repr(spec.target_id),
            "check the id",
        )  # fmt: skip
    if len(spec.note) > LONGEST_NOTE:
        raise InputError(
            f"a note has at most {LONGEST_NOTE} signs", f"{len(spec.note)}", "make it shorter"
        )
    _check_amount(spec, kind.least, kind.most)


def check_together(specs: Sequence[RuleSpec]) -> None:
    """Refuse active rules that contradict each other on any list.

    Raises
    ------
    InputError
        Two rules say the same or the opposite, or more places are promised than there are.
    """
    for name in ListName:
        held = [spec for spec in specs if spec.active and spec.list in (None, name.value)]
        _check_twice(held)
        _check_places(held)
        _check_pins(held)


def _check_amount(spec: RuleSpec, least: float, most: float) -> None:
    if not math.isfinite(spec.amount) or not least <= spec.amount <= most:
        raise InputError(
            f"the amount of a rule of the kind {spec.kind} is from {least:g} to {most:g}",
            f"{spec.amount:g}", "choose another amount",
        )  # fmt: skip
    if spec.kind == Boost.kind and spec.amount == 0:
        raise InputError("a boost moves something", "0", "choose an amount above or below 0")
    whole = spec.amount == int(spec.amount) and spec.amount <= PLACES
    if spec.kind in (VendorFloor.kind, VendorCap.kind) and spec.amount >= 1 and not whole:
        raise InputError(
            f"places are a share below 1 or a whole number up to {PLACES}",
            f"{spec.amount:g}", "choose another amount",
        )  # fmt: skip
    if spec.push is None:
        return
    if spec.kind != MinMargin.kind or not 0 < spec.push <= FURTHEST:
        raise InputError(
            f"only a minimum margin moves products down, by up to {FURTHEST:g}",
            f"{spec.push:g} on a rule of the kind {spec.kind}", "leave it out",
        )  # fmt: skip


def _check_twice(held: Sequence[RuleSpec]) -> None:
    counts = Counter((spec.kind, spec.target_kind, spec.target_id) for spec in held)
    for (kind, target_kind, target_id), count in counts.items():
        if count > 1:
            raise InputError(
                "one rule of a kind for a target", f"two of {kind} for {target_id or target_kind}",
                "change the one that is there",
            )  # fmt: skip


def _check_places(held: Sequence[RuleSpec]) -> None:
    floors = {
        spec.target_id: least_places(spec.amount, PLACES)
        for spec in held
        if spec.kind == VendorFloor.kind
    }
    if sum(floors.values()) > PLACES:
        raise InputError(
            f"floors keep at most the {PLACES} places there are", f"{sum(floors.values())}",
            "lower one of them",
        )  # fmt: skip
    for spec in held:
        if spec.kind != VendorCap.kind:
            continue
        most = most_places(spec.amount, PLACES)
        named = [spec.target_id] if spec.target_kind == VENDOR else list(floors)
        for vendor_id in named:
            if floors.get(vendor_id, 0) > most:
                raise InputError(
                    "a vendor's cap is not below his floor",
                    f"a cap of {most} and a floor of {floors[vendor_id]} of {PLACES} places",
                    "lower the floor or raise the cap",
                )  # fmt: skip


def _check_pins(held: Sequence[RuleSpec]) -> None:
    pinned = [spec.target_id for spec in held if spec.kind == Pin.kind]
    if len(pinned) > PLACES:
        raise InputError(f"at most {PLACES} products are pinned", f"{len(pinned)}", "take one away")
    for spec in held:
        out = spec.kind == LeaveOut.kind and spec.target_kind == PRODUCT
        if out and spec.target_id in pinned:
            raise InputError(
                "a product is pinned or left out", f"both for {spec.target_id}", "keep one rule"
            )
