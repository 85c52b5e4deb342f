"""The reorder list as a page shows it: what is due on top, whatever is on the draft.

The draft draws what goes with it up the list. A reader who works through what is due must
not see lines come and go with each one added, so those are scored without the draft, and
the list is arranged once: rules that count places see it as the reader does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import ceil

import numpy as np
import numpy.typing as npt

from smartreco.entities import ListName, Recommendation
from smartreco.recommend.lines import lines
from smartreco.recommend.model import Model
from smartreco.recommend.rules import Rules
from smartreco.recommend.scorer import IntArray

Mask = npt.NDArray[np.bool_]


def due_now(model: Model, retailer_id: str, rules: Rules) -> npt.NDArray[np.int64]:
    """Products whose interval has passed, the likeliest first, as many as will be ordered.

    A shop with a long range has hundreds of them and will not order them all: the sum of
    their probabilities is how many it is expected to order in four weeks, so that many are
    due. Rules that count a list's places decide what it shows, not what is due.

    Raises
    ------
    NotFoundError
        The model knows no such shop.
    """
    passed = model.due(retailer_id)
    some = passed if rules.eligible is None else passed & rules.eligible
    wanted = replace(rules, eligible=some, plan=rules.plan.unplaced, pinned=())
    most = max(int(passed.sum()), 1)
    ranked = model.rank([retailer_id], ListName.REORDER, most, rules=wanted)[0]
    ranked = ranked[ranked >= 0]
    shop = model.shops([retailer_id])
    scored = model.score(shop, ListName.REORDER)
    (chances,) = model.chances(scored, shop, ListName.REORDER, ranked[None, :])
    known = [chance for chance in chances if chance is not None]
    return np.asarray(ranked[: ceil(sum(known))] if known else ranked)


def marked(products: IntArray, of: int) -> Mask:
    """Positions as a mask with so many entries."""
    mask = np.zeros(of, dtype=bool)
    mask[products] = True
    return mask


def due_first(
    model: Model, retailer_id: str, k: int, due: Mask, basket: Sequence[str], rules: Rules
) -> tuple[Recommendation, ...]:
    """The first lines of the reorder list.

    Parameters
    ----------
    due
        Products that come first, one entry a product; scored without the draft.
    basket
        Ids on the draft: they draw the other lines.

    Raises
    ------
    NotFoundError
        The model knows no such shop.
    """
    name = ListName.REORDER
    alone, drawn = model.shops([retailer_id]), model.shops([retailer_id], basket)
    plain, mixed = model.score(alone, name), model.score(drawn, name)
    resolved = replace(rules, ahead=due).resolve(model.market.product_positions)
    totals = np.where(due, plain.totals, mixed.totals)
    offers = np.where(due, plain.offers, mixed.offers)
    (ranked,) = resolved.ranked(totals, offers, k)
    ranked = ranked[ranked >= 0]
    notes = resolved.notes(totals[0], offers[0], ranked)
    found: list[Recommendation] = []
    for shops, scored, part in ((alone, plain, due[ranked]), (drawn, mixed, ~due[ranked])):
        places, products = np.flatnonzero(part), ranked[part][None, :]
        (written,) = lines(
            model.market, model.scorers, name, shops, scored, products,
            model.chances(scored, shops, name, products), [[notes[place] for place in places]],
        )  # fmt: skip
        found += [
            replace(line, rank=int(place) + 1) for place, line in zip(places, written, strict=True)
        ]
    return tuple(sorted(found, key=lambda line: line.rank))
