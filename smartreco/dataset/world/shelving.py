"""Which products fill the shelves: names, prices and cases."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from smartreco.columns import CASE_SIZE, CATEGORY, NAME, SUBCATEGORY
from smartreco.dataset.world.plan import LaunchPlan, Plan
from smartreco.dataset.world.randomness import Floats, Ints, Randomness, word_codes
from smartreco.dataset.world.shelves import (
    Offer,
    categories,
    interleave,
    neat_price,
    offers,
    subcategories,
)

_EDITIONS = ("Value Pack", "Saver Pack", "Festive Pack", "Twin Pack")
_TIER_SPREAD, _PRICE_SPREAD = 0.08, 0.03


def shelve(plan: Plan) -> pd.DataFrame:
    """One row a product, launches of the plan last.

    Columns name, category, subcategory, brand : str; shelf : code; base_price : rupees;
    case_size : pieces; launch_on : date and appeal : deviations, both missing but for
    launches.
    """
    codes = _shelf_codes(plan.settings.products)
    names, brands = np.empty(len(codes), dtype=object), np.empty(len(codes), dtype=object)
    prices, cases = np.zeros(len(codes)), np.zeros(len(codes), dtype=np.int64)
    for code in np.unique(codes):
        places = np.flatnonzero(codes == code)
        picked = _picked(plan.random, int(code), len(places))
        names[places] = [offer.name for offer in picked]
        brands[places] = [offer.brand for offer in picked]
        cases[places] = [offer.case for offer in picked]
        prices[places] = _prices(plan.random, int(code), picked)
    own = pd.DataFrame(
        {
            NAME: names,
            CATEGORY: np.array([shelf.category for shelf in subcategories()], dtype=object)[codes],
            SUBCATEGORY: np.array([shelf.name for shelf in subcategories()], dtype=object)[codes],
            "brand": brands,
            "shelf": codes,
            "base_price": prices,
            CASE_SIZE: cases,
            "launch_on": None,
            "appeal": np.nan,
        }
    )
    if not plan.launches:
        return own
    added = [_launch_row(plan.random, launch, at) for at, launch in enumerate(plan.launches)]
    return pd.concat([own, pd.DataFrame(added)], ignore_index=True)


def _shelf_codes(count: int) -> Ints:
    """Shelf of each product: categories by their share, shelves of one in turn."""
    kinds = categories()
    category = interleave([kind.share for kind in kinds], count)
    turn = pd.Series(category).groupby(category).cumcount().to_numpy()
    sizes = np.array([len(kind.subcategories) for kind in kinds])
    first = np.cumsum(sizes) - sizes
    return np.asarray(first[category] + turn % sizes[category])


def _picked(random: Randomness, code: int, count: int) -> list[Offer]:
    """A shelf's first products, in a random order that does not depend on how many."""
    range_ = _shuffled(random, code, count)
    rounds = [divmod(at, len(range_)) for at in range(count)]
    return [replace(range_[at], name=range_[at].name + _edition(turn)) for turn, at in rounds]


def _shuffled(random: Randomness, code: int, wanted: int) -> list[Offer]:
    """The shelf's own range first; where it is too small, what other brands could add."""
    chosen: list[Offer] = []
    for part, home in enumerate((True, False)):
        if len(chosen) >= wanted > 0:
            break
        some = offers(subcategories()[code], home)
        order = np.argsort(random.uniform("offer", code, part, np.arange(len(some))))
        chosen += [some[at] for at in order]
    return chosen


def _prices(random: Randomness, code: int, picked: list[Offer]) -> Floats:
    """Prices with a brand's tier and a little of their own."""
    tier = random.normal("brand tier", word_codes([offer.brand for offer in picked]))
    own = random.normal("price", code, np.arange(len(picked)))
    plain = np.array([offer.price for offer in picked])
    return neat_price(plain * np.exp(_TIER_SPREAD * tier + _PRICE_SPREAD * own))


def _edition(turn: int) -> str:
    """What tells a product from its like where a catalogue outgrows all combinations."""
    if turn == 0:
        return ""
    number = (turn - 1) // len(_EDITIONS)
    return f", {_EDITIONS[(turn - 1) % len(_EDITIONS)]}" + (f" {number + 1}" if number else "")


def _launch_row(random: Randomness, launch: LaunchPlan, at: int) -> dict[str, object]:
    """One added product; what the plan leaves open is taken from the shelf."""
    code = [shelf.name for shelf in subcategories()].index(launch.subcategory)
    shelf = subcategories()[code]
    some = offers(shelf, True)
    offer = some[int(random.uniform("launch", at)[0] * len(some))]
    return {
        NAME: launch.name or f"{offer.name} (new)",
        CATEGORY: shelf.category,
        SUBCATEGORY: shelf.name,
        "brand": offer.brand,
        "shelf": code,
        "base_price": launch.list_price or offer.price,
        CASE_SIZE: launch.case_size or offer.case,
        "launch_on": launch.on,
        "appeal": launch.appeal,
    }
