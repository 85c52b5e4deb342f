"""What stands beside one product, whoever asks: what is like it, and what is ordered with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, TypeVar

import numpy as np

from smartreco.recommend.affinity import Affinity
from smartreco.recommend.content import Content
from smartreco.recommend.mixing import dense_rows
from smartreco.recommend.model import Model
from smartreco.recommend.runs import ranges
from smartreco.recommend.scorer import IntArray, Scorer

FEWEST_TOGETHER: Final = 5  # orders with both, below which a tie is as good as chance
SHARED: Final = 3  # attributes that are named

Fitted = TypeVar("Fitted", bound=Scorer[Any])


@dataclass(frozen=True, slots=True)
class Alike:
    """A product that resembles another.

    ``likeness`` : cosine of their attributes, 0..1; ``shared`` : kind and label of the
    attributes that count most in it, the strongest first (kinds as in `Attributes`).
    """

    product_id: str
    likeness: float
    shared: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Together:
    """A product that is ordered with another.

    ``both`` of the ``orders`` read hold it as well; ``lift`` is how often that is against
    chance: both / (orders x share of all orders that hold it).
    """

    product_id: str
    both: int
    orders: int
    lift: float


def alike(model: Model, product_id: str, k: int) -> tuple[Alike, ...]:
    """Products that may still be ordered and are most like one, the likest first.

    Raises
    ------
    NotFoundError
        The model knows no such product.
    """
    product = model.product_at(product_id)
    content = _scorer(model, Content)
    if content is None:
        return ()
    own = dense_rows(content.weights_, np.array([product]))[0]
    likeness = np.asarray(content.weights_ @ own)
    found = _best(np.where(_others(model, product), likeness, 0.0), k)
    addends = dense_rows(content.weights_, found) * own
    attributes = model.market.attributes
    return tuple(
        Alike(
            str(model.market.product_ids[at]),
            float(likeness[at]),
            tuple(
                (str(attributes.kind[one]), str(attributes.label[one]))
                for one in _best(row, SHARED)
            ),
        )
        for at, row in zip(found, addends, strict=True)
    )


def together(model: Model, product_id: str, k: int) -> tuple[Together, ...]:
    """Products most ordered with one beyond chance, by the latest orders that hold it.

    Ranked as `Affinity` scores a basket of that product alone. None where fewer than
    `FEWEST_TOGETHER` orders hold both.

    Raises
    ------
    NotFoundError
        The model knows no such product.
    """
    product = model.product_at(product_id)
    affinity = _scorer(model, Affinity)
    if affinity is None:
        return ()
    orders = _latest(affinity, product)
    held = affinity.orders_
    cells = ranges(held.indptr[orders], held.indptr[orders + 1])
    both = np.bincount(held.indices[cells], minlength=model.market.shape[1]).astype(float)
    share = np.diff(affinity.holders_.indptr) / max(held.shape[0], 1)
    expected, prior = len(orders) * share, affinity.settings.prior
    strength = (both - expected) / np.sqrt((expected + prior) * (len(orders) + prior))
    ties = _others(model, product) & (both >= FEWEST_TOGETHER)
    return tuple(
        Together(
            str(model.market.product_ids[at]), int(both[at]), len(orders),
            float(both[at] / expected[at]),
        )
        for at in _best(np.where(ties, strength, 0.0), k)
    )  # fmt: skip


def _latest(affinity: Affinity, product: int) -> IntArray:
    first, stop = affinity.holders_.indptr[product : product + 2]
    return np.asarray(
        affinity.holders_.indices[max(first, stop - affinity.settings.orders) : stop],
        dtype=np.int64,
    )


def _others(model: Model, product: int) -> np.ndarray:
    mask = model.market.active.copy()
    mask[product] = False
    return mask


def _best(values: np.ndarray, k: int) -> IntArray:
    """Places of the `k` largest values above 0, largest first; equal ones by place."""
    order = np.argsort(-values, kind="stable")[:k]
    return np.asarray(order[values[order] > 0])


def _scorer(model: Model, kind: type[Fitted]) -> Fitted | None:
    """The model's scorer of a kind; None where it has none."""
    found = model.scorers.get(kind.name)
    return found if isinstance(found, kind) else None
