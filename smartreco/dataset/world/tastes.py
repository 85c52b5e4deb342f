"""Who wants what: latent tastes, and from them the rate of every shop and product.

A shop's wish for a product is the log-sum of the product's appeal, what shops of her kind
and region care for, the meeting of her latent taste with the product's, and something of
her own. Tastes have parts shared by kind, region and shelf, so that what peers buy tells
something about what a shop will buy: there is structure for collaborative models to find.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from smartreco.columns import CASE_SIZE, PRODUCT, RETAILER
from smartreco.dataset.world.places import REGIONS
from smartreco.dataset.world.plan import Plan
from smartreco.dataset.world.randomness import Floats, Ints
from smartreco.dataset.world.segments import segments
from smartreco.dataset.world.shelves import subcategories

FACTORS = 4
TASTE_SPREAD, OWN_SPREAD = 1.9, 0.4
#: Rates below one line in so many average visits are none at all.
RAREST = 1 / 700
#: Shops put a share of their products on the list within the window, and drop some.
LATER_SHARE, DROPPED_SHARE = 0.32, 0.14
#: How much larger the lines of what is wanted most are.
OFTEN_SIZE = 0.25
_BLOCK = 1_000_000


@dataclass(frozen=True)
class Tastes:
    """Latent tastes and what follows from them.

    ``retailers`` and ``products`` are entities x factors; ``pairs`` has one row for each
    retailer and product with a rate, sorted by both. Its columns: retailer, product :
    codes; rate : hazard of a line in an average visit; pieces : expected pieces of that
    visit over the rate; unit : pieces that are not broken up; listed_from, listed_until :
    weeks of the grid, the last one out.
    """

    retailers: Floats
    products: Floats
    pairs: pd.DataFrame


def make_tastes(plan: Plan, shops: pd.DataFrame, goods: pd.DataFrame) -> Tastes:
    """Draw tastes and the rate of every pair of shop and product."""
    mine, theirs = _shop_tastes(plan, shops), _product_tastes(plan, goods)
    step = max(1, _BLOCK // max(1, len(goods)))
    blocks = [
        _pairs(plan, shops, goods, np.arange(first, min(first + step, len(shops))), mine, theirs)
        for first in range(0, len(shops), step)
    ]
    return Tastes(mine, theirs, pd.concat(blocks, ignore_index=True))


def _shop_tastes(plan: Plan, shops: pd.DataFrame) -> Floats:
    """Part kind, part region, part own: unit variance in sum."""
    draw, factor = plan.random, np.arange(FACTORS)
    kind = draw.normal("segment taste", np.arange(len(segments()))[:, None], factor)
    region = draw.normal("region taste", np.arange(len(REGIONS))[:, None], factor)
    own = draw.normal("shop taste", np.arange(len(shops))[:, None], factor)
    return np.asarray(
        0.45 * kind[shops["segment_code"]] + 0.45 * region[shops["region_code"]] + 0.77 * own
    )


def _product_tastes(plan: Plan, goods: pd.DataFrame) -> Floats:
    """Part shelf, part own: unit variance in sum."""
    draw, factor = plan.random, np.arange(FACTORS)
    shelf = draw.normal("shelf taste", np.arange(len(subcategories()))[:, None], factor)
    own = draw.normal("product taste", np.arange(len(goods))[:, None], factor)
    return np.asarray(0.6 * shelf[goods["shelf"]] + 0.8 * own)


def _pairs(
    plan: Plan, shops: pd.DataFrame, goods: pd.DataFrame, block: Ints, mine: Floats, theirs: Floats
) -> pd.DataFrame:
    """The pairs of a block of shops."""
    some = shops.iloc[block]
    wish = _wish(plan, some, goods, block) + _meeting(mine[block], theirs)
    rate = np.exp(wish) * _scale(plan, some, wish)[:, None]
    row, product = np.nonzero(rate >= RAREST)
    retailer = block[row]
    often = rate[row, product]
    unit, size = _sizes(plan, shops, goods, retailer, product)
    # What would be ordered in several lines a visit comes in one, and hardly larger.
    pieces = size * -np.expm1(-often) * (1 + OFTEN_SIZE * np.log1p(often)) / often
    listed, dropped = _listing(plan, retailer, product)
    return pd.DataFrame(
        {
            RETAILER: retailer.astype(np.int32),
            PRODUCT: product.astype(np.int32),
            "rate": often.astype(np.float32),
            "pieces": pieces.astype(np.float32),
            "unit": unit.astype(np.int32),
            "listed_from": listed.astype(np.int16),
            "listed_until": dropped.astype(np.int16),
        }
    )


def _meeting(mine: Floats, theirs: Floats) -> Floats:
    """How well tastes agree, in logs: shops of the block x products.

    Summed factor by factor: a matrix product may differ in its last bit with the number of
    rows, and a world with one shop more would not begin like the one without.
    """
    total = np.zeros((len(mine), len(theirs)))
    for factor in range(FACTORS):
        total += mine[:, factor, None] * theirs[:, factor]
    return np.asarray(TASTE_SPREAD / FACTORS**0.5 * total)


def _wish(plan: Plan, some: pd.DataFrame, goods: pd.DataFrame, block: Ints) -> Floats:
    """Log of the wish without the meeting of tastes: shops of the block x products.

    What sells best moves shops of the trade; others hardly know it.
    """
    shelf = goods["shelf"].to_numpy()
    kind = np.array([segment.appeal for segment in segments()])[some["segment_code"]]
    cares = np.array(
        [[item.regions.get(region, 0.0) for item in subcategories()] for region in REGIONS]
    )[some["region_code"]]
    own = plan.random.normal("pair", block[:, None], np.arange(len(goods)))
    trade = np.clip(1 + kind / 6, 0.3, 1.0)[:, shelf]
    return np.asarray(
        (kind + cares)[:, shelf] + trade * goods["appeal"].to_numpy() + OWN_SPREAD * own
    )


def _scale(plan: Plan, some: pd.DataFrame, wish: Floats) -> Floats:
    """Factor that gives each shop her basket: the sum of 1 - exp(-rate) over products.

    Newton's method on logs, from below; launches of the plan do not enter, so that they
    take nothing from the others.
    """
    plain = np.exp(wish[:, : plan.settings.products])
    usual = np.array([segment.basket for segment in segments()])[some["segment_code"]]
    kind = np.array([segment.appeal for segment in segments()])[some["segment_code"]]
    cared = np.maximum(1.0, (kind > -3).mean(axis=1) * plan.settings.products)
    target = np.minimum(usual * some["size"].to_numpy(), 0.35 * cared)
    scale = target / plain.sum(axis=1)
    for _ in range(8):
        hazard = scale[:, None] * plain
        rest = np.exp(-hazard)
        total = (1 - rest).sum(axis=1)
        slope = (hazard * rest).sum(axis=1) / total
        scale = scale * np.exp(np.log(target / total) / np.maximum(slope, 0.2))
    return np.asarray(scale)


def _sizes(
    plan: Plan, shops: pd.DataFrame, goods: pd.DataFrame, retailer: Ints, product: Ints
) -> tuple[Ints, Floats]:
    """Smallest unit and mean pieces of a line; small shops break dear cases up."""
    case = goods[CASE_SIZE].to_numpy()[product]
    kind = np.array([segment.cases for segment in segments()])[shops["segment_code"]]
    reach = (kind * shops["size"].to_numpy() ** 0.6)[retailer]
    own = np.exp(0.35 * plan.random.normal("usual quantity", retailer, product))
    cases = goods["usual_cases"].to_numpy()[product] * reach * own
    parts = np.select([cases >= 0.6, cases >= 0.35, cases >= 0.18], [1, 2, 4], 6)
    unit = np.maximum(case // parts, 1)
    return unit, np.maximum(cases * case, unit)


def _listing(plan: Plan, retailer: Ints, product: Ints) -> tuple[Ints, Ints]:
    """Weeks between which a product is on the shop's list."""
    draw, total = plan.random, plan.timeline.total
    later = draw.uniform("listed later", retailer, product) < LATER_SHARE
    since = np.where(later, draw.uniform("listed from", retailer, product) * total, 0)
    drops = draw.uniform("dropped", retailer, product) < DROPPED_SHARE
    left = 1 - draw.uniform("listed until", retailer, product)
    until = np.where(drops, since + left * (total - since), total)
    return since.astype(np.int64), until.astype(np.int64)
