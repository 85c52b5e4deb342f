"""Who and what is near: the shops most like one, and the products that speak for another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt

from smartreco.recommend.collaborative import Collaborative
from smartreco.recommend.content import Content
from smartreco.recommend.history import day_of
from smartreco.recommend.mixing import dense_rows
from smartreco.recommend.model import Model
from smartreco.recommend.peers import Peers
from smartreco.recommend.standing import Standing

SHARED: Final = 3  # attributes that are named


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A shop like the one asked about, and its orders of the product.

    Attributes
    ----------
    similarity
        Cosine of both shops' recent orders, rare products counting more.
    times, last_on
        Days on which it ordered the product, and the latest; 0 and None: never.
    adds
        What it adds to the score.
    """

    retailer_id: str
    similarity: float
    times: int
    last_on: date | None
    adds: float


@dataclass(frozen=True, slots=True)
class Pull:
    """How far one product speaks for another.

    Attributes
    ----------
    weight
        B_ij of the collaborative component: what one purchase of it adds before it is weighed.
    likeness
        Cosine of both products' attributes, 0..1; ``shared`` names kind and label of the
        strongest.
    bought
        Whether the shop orders it.
    adds
        What the shop's purchase of it adds to the score, over all components.
    """

    product_id: str
    weight: float
    likeness: float
    shared: tuple[tuple[str, str], ...]
    bought: bool
    adds: float


def neighbours(model: Model, stands: Standing) -> tuple[Neighbour, ...]:
    """The shops that this one's list listens to, the most similar first.

    None where the model has no such component, or the shop is like no other.
    """
    peers = model.scorers.get(Peers.name)
    if not isinstance(peers, Peers):
        return ()
    spoken, _ = peers.explain(stands.shop, np.array([stands.product]))
    near, similarity = peers.listened_to(stands.shop)
    adds = spoken.values[:, 0] * stands.scored.factor_of(0).get(Peers.name, 0.0)
    times, last = _orders(model, near, stands.product)
    return tuple(
        Neighbour(
            str(model.market.retailer_ids[shop]), float(similarity[at]), int(times[at]),
            day_of(int(last[at])) if times[at] else None, float(adds[at]),
        )
        for at, shop in enumerate(near.tolist())
    )  # fmt: skip


def pulls(model: Model, stands: Standing, adds: dict[str, float], k: int) -> tuple[Pull, ...]:
    """Products that speak loudest for one, by weight and by likeness, `k` of each.

    Parameters
    ----------
    adds
        What each purchase of the shop adds to the score, by product id.
    """
    market, product = model.market, stands.product
    weight, likeness = _weights(model, product), _likeness(model, product)
    weight[product] = likeness[product] = 0.0
    found = list(dict.fromkeys([*_largest(weight, k), *_largest(likeness, k)]))
    bought = stands.shop.habits.bought(market.shape[1])[0]
    shared = _shared(model, product, found)
    return tuple(
        Pull(
            str(market.product_ids[at]), float(weight[at]), float(likeness[at]), named,
            bool(bought[at]), adds.get(str(market.product_ids[at]), 0.0),
        )
        for at, named in zip(found, shared, strict=True)
    )  # fmt: skip


def _orders(
    model: Model, shops: npt.NDArray[np.integer], product: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Days with an order of a product and the latest day, one entry a shop."""
    times = np.zeros(len(shops), dtype=np.int64)
    last = np.zeros(len(shops), dtype=np.int64)
    if len(shops):
        habits = model.market.habits.of(np.append(shops, shops[0]))  # two at least: all rows kept
        rows = np.flatnonzero((habits.product == product) & (habits.shop < len(shops)))
        times[habits.shop[rows]] = habits.times[rows]
        last[habits.shop[rows]] = habits.last[rows]
    return times, last


def _weights(model: Model, product: int) -> npt.NDArray[np.float64]:
    found = model.scorers.get(Collaborative.name)
    everything = np.arange(model.market.shape[1])
    if not isinstance(found, Collaborative):
        return np.zeros(len(everything))
    damped = model.market.damping(found.settings.damping)[product]
    return np.asarray(found.ease_.between(everything, np.array([product]))[:, 0] * damped)


def _likeness(model: Model, product: int) -> npt.NDArray[np.float64]:
    content = model.scorers.get(Content.name)
    if not isinstance(content, Content):
        return np.zeros(model.market.shape[1])
    return np.asarray(content.weights_ @ dense_rows(content.weights_, np.array([product]))[0])


def _shared(model: Model, product: int, others: list[int]) -> list[tuple[tuple[str, str], ...]]:
    content = model.scorers.get(Content.name)
    if not isinstance(content, Content) or not others:
        return [()] * len(others)
    own = dense_rows(content.weights_, np.array([product]))[0]
    addends = dense_rows(content.weights_, np.array(others)) * own
    kind, label = model.market.attributes.kind, model.market.attributes.label
    return [
        tuple((str(kind[one]), str(label[one])) for one in _largest(row, SHARED)) for row in addends
    ]


def _largest(values: npt.NDArray[np.float64], k: int) -> list[int]:
    order = np.argsort(-values, kind="stable")[:k]
    return [int(at) for at in order if values[at] > 0]
