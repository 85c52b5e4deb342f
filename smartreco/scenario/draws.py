"""Random draws that are looked up by product, week and draw, never drawn in turn.

Today and the scenario read the same numbers, so that what differs between them is the
levers and nothing else (common random numbers); a product launched or taken away leaves
all other products their luck.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from scipy.special import gammaincinv

from smartreco.dataset.world.randomness import Keys, Randomness, extend, to_uniform, word_codes
from smartreco.forecast.arrays import Floats, Ints
from smartreco.forecast.quantiles import NORMAL
from smartreco.scenario.market import Market
from smartreco.scenario.market_parts import Goods, Response, Together

__all__ = ["Draws", "Luck", "pieces"]

STEEPEST = -8.0  # no elasticity below is believed, and none above 0
LARGEST_LIFT = 0.7
FLAT = 0.05  # least share of a mean that draws are stretched or pressed to


@dataclass(frozen=True)
class Luck:
    """Standard normal draws of demand, parts kept apart so that one of them can be held.

    ``lasting`` : products x draws, the same in all weeks; ``passing`` : products x weeks x
    draws; both already weighted. ``common`` : standard deviation of their mean over all of
    these products and weeks.
    """

    lasting: Floats
    passing: Floats
    common: float

    def total(self) -> Floats:
        """Products x weeks x draws."""
        return np.asarray(self.lasting[:, None, :] + self.passing)


@dataclass(frozen=True)
class Draws:
    """So many draws of one seed; what was looked up is kept while this is."""

    seed: int
    count: int
    _kept: dict[tuple[object, ...], Floats] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def luck(self, goods: Goods, weeks: Ints, together: Together) -> Luck:
        """Of demand: what all, a category, and a product have, lasting and passing.

        Parameters
        ----------
        weeks
            A number of each week that never changes.
        """
        ids, kinds = word_codes(list(goods.ids)), word_codes(list(goods.category))
        names, code = np.unique(kinds, return_inverse=True)
        own = max(1.0 - together.everywhere - together.category, 0.0)
        parts = (
            ("all", np.zeros(1, dtype=np.int64), np.zeros(len(goods), dtype=np.int64),
             together.everywhere, together.common),
            ("category", names, code, together.category, together.common),
            ("product", ids, np.arange(len(goods)), own, together.product),
        )  # fmt: skip
        lasting = np.zeros((len(goods), self.count))
        passing = np.zeros((len(goods), len(weeks), self.count))
        for name, keys, at, share, lasts in parts:
            if share <= 0:
                continue
            stays, goes = np.sqrt(share * lasts), np.sqrt(share * (1 - lasts))
            lasting += stays * self.normal(f"lasting {name}", keys)[at]
            week = goes * self.normal(f"passing {name}", keys[:, None], weeks)
            passing += week if name == "product" else week[at]
        return Luck(lasting, passing, spread_of_mean(together, len(goods), len(weeks)))

    def slopes(self, response: Response, goods: Goods) -> Floats:
        """Elasticity and promotion's own lift: products x 2 x draws."""
        code, place = np.unique(response.category, return_inverse=True)
        factors = np.arange(response.shared.shape[2])
        common = self.normal("response category", code[:, None], factors)[place]
        ids = word_codes(list(goods.ids))
        own = self.normal("response", ids[:, None], np.arange(2))
        error = np.einsum("nak,nks->nas", response.shared, common)
        error += np.einsum("nab,nbs->nas", response.apart, own)
        # Widths are known from few blocks of weeks: Student's t, one width for all of them.
        half = response.freedom / 2
        wider = np.sqrt(half / gammaincinv(half, self.uniform("response width")))
        return believed(response.mean[:, :, None] + error * wider)

    def normal(self, stream: str, *indexes: Ints) -> Floats:
        """Standard normal: indexes broadcast x draws, not to be written to."""
        asked = (stream, *((one.shape, one.tobytes()) for one in indexes))
        if asked not in self._kept:
            self._kept[asked] = self._normal(self._keys(stream, *indexes))
            self._kept[asked].flags.writeable = False
        return self._kept[asked]

    def _normal(self, keys: Keys) -> Floats:
        """Standard normal numbers from keys (Box and Muller 1958)."""
        pairs = keys[..., : (self.count + 1) // 2]
        far = np.sqrt(-2.0 * np.log(to_uniform(pairs)))
        turn = 2.0 * np.pi * to_uniform(extend(pairs, 1))
        made = np.empty((*pairs.shape[:-1], 2 * pairs.shape[-1]))
        made[..., ::2], made[..., 1::2] = far * np.cos(turn), far * np.sin(turn)
        return made[..., : self.count]

    def uniform(self, stream: str, *indexes: Ints) -> Floats:
        """Uniform on (0, 1): indexes broadcast x draws."""
        return to_uniform(self._keys(stream, *indexes))

    def _keys(self, stream: str, *indexes: Ints) -> Keys:
        first = Randomness(self.seed).keys(stream, *indexes)
        if not indexes:
            return extend(first, np.arange(self.count))
        return extend(first[..., None], np.arange(self.count))


def believed(slopes: Floats) -> Floats:
    """Demand never grows with the price, and a promotion never drives shops away."""
    made = slopes.copy()
    made[:, 0] = np.clip(made[:, 0], STEEPEST, 0.0)
    made[:, 1] = np.clip(made[:, 1], 0.0, LARGEST_LIFT)
    return made


def pieces(market: Market, rows: Ints, luck: Luck, held: float | None = None) -> Floats:
    """Demand: products x weeks x draws, with the forecast's own mean unless that is held.

    The forecast's quantiles are joined by straight lines in normal coordinates, the outer
    ones carried on, nothing below zero.

    Parameters
    ----------
    held
        Standard normal value that the mean of all of it is held at.
    """
    if held is None:
        return _with_mean(market, rows, luck.total())
    moved = held_mean(market, rows, held * luck.common)
    mean = market.mean[rows]
    share = np.divide(moved, mean, out=np.ones_like(mean), where=mean > 0)
    return _with_mean(market, rows, luck.passing) * share[..., None]


def held_mean(market: Market, rows: Ints, at: float) -> Floats:
    """Mean of what is asked for with all of it moved to a standard normal value: as `mean`."""
    band = market.quantiles[rows]
    moved = _joined(band, np.full((*band.shape[:2], 1), at))[..., 0] - band[..., 2]
    return np.asarray(np.maximum(market.mean[rows] + moved, 0.0))


def spread_of_mean(together: Together, products: int, weeks: int) -> float:
    """Standard deviation of the mean draw of so many products and weeks."""
    own = max(1.0 - together.everywhere - together.category, 0.0)
    lasts = together.common + (1 - together.common) / max(weeks, 1)
    shared = (together.everywhere + together.category) * lasts
    lasts = together.product + (1 - together.product) / max(weeks, 1)
    return float(np.sqrt(shared + own * lasts / max(products, 1)))


def _with_mean(market: Market, rows: Ints, normal: Floats) -> Floats:
    made = _joined(market.quantiles[rows], normal)
    mean, found = market.mean[rows], made.mean(axis=2)
    scale = np.divide(mean, found, out=np.zeros_like(mean), where=found > FLAT * mean)
    return np.where((scale > 0)[..., None], made * scale[..., None], mean[..., None])


def _joined(quantiles: Floats, z: Floats) -> Floats:
    """Quantiles at standard normal values, in place of those between: products x weeks x values."""
    band = quantiles[..., None]
    made = band[..., 2, :] + _slope(band, 2, 3) * np.clip(z, 0.0, NORMAL[3])
    made += _slope(band, 3, 4) * np.maximum(z - NORMAL[3], 0.0)
    made += _slope(band, 1, 2) * np.clip(z, NORMAL[1], 0.0)
    made += _slope(band, 0, 1) * np.minimum(z - NORMAL[1], 0.0)
    return np.maximum(made, 0.0)


def _slope(band: Floats, low: int, high: int) -> Floats:
    return np.asarray((band[..., high, :] - band[..., low, :]) / (NORMAL[high] - NORMAL[low]))
