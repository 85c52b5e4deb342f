"""What rules change and what they cost, before anybody sees them.

Shops of a sample get their lists with and without; every difference is paired by
shop. How good lists are is not known here, only what the model expects of them: the
cost is orders that it expects and the lists no longer hold.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from smartreco.entities import ListName
from smartreco.recommend.model import Model
from smartreco.recommend.rules.comparing import compared
from smartreco.recommend.rules.effects import RulesPreview
from smartreco.recommend.rules.facts import ProductFacts
from smartreco.recommend.rules.outcome import outcomes
from smartreco.recommend.rules.request import Rules

SAMPLE = 200  # shops: their lists take a second, and a share is known to a few points


def preview(
    model: Model,
    retailer_ids: Sequence[str],
    list_name: ListName,
    k: int,
    rules_before: Rules,
    rules_after: Rules,
    facts: ProductFacts,
    rng: np.random.Generator,
    sample: int = SAMPLE,
) -> RulesPreview:
    """Compare two sets of rules on at most `sample` shops, drawn with `rng`.

    Shops come out in the order given, so the same seed looks at the same ones.
    """
    drawn = drawn_shops(retailer_ids, rng, sample)
    by = {"before": rules_before, "after": rules_after}
    found = outcomes(model, drawn, list_name, k, by, facts)
    return compared(
        found["before"], found["after"], model, list_name, k, facts, rng, len(retailer_ids)
    )


def preview_each(
    model: Model,
    retailer_ids: Sequence[str],
    list_name: ListName,
    k: int,
    rules: Rules,
    facts: ProductFacts,
    rng: np.random.Generator,
    sample: int = SAMPLE,
) -> tuple[RulesPreview, ...]:
    """What each rule of the plan does among the others: without it against with all."""
    drawn = drawn_shops(retailer_ids, rng, sample)
    by: Mapping[str, Rules] = {"all": rules} | {
        str(at): replace(rules, plan=rules.plan.without(at)) for at in range(len(rules.plan.rules))
    }
    found = outcomes(model, drawn, list_name, k, by, facts)
    return tuple(
        compared(found[str(at)], found["all"], model, list_name, k, facts, rng, len(retailer_ids))
        for at in range(len(rules.plan.rules))
    )


def drawn_shops(retailer_ids: Sequence[str], rng: np.random.Generator, sample: int) -> list[str]:
    """At most so many shops, in the order given."""
    if len(retailer_ids) <= sample:
        return list(retailer_ids)
    at = np.sort(rng.choice(len(retailer_ids), sample, replace=False))
    return [retailer_ids[one] for one in at]
