"""A new version when only new orders came: what was learned is kept, the rest is fitted.

Settings, weights and probabilities change slowly, and learning them takes most of
a fit. So they are learned anew only when the data they were learned from have
become other data: by `GROWTH` in lines, shops or products, by `DAYS` of newer
orders, or by another release of the code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, Final, Self

import numpy as np
import numpy.typing as npt

from smartreco import __version__
from smartreco.columns import PRODUCT_ID, RETAILER_ID
from smartreco.recommend.fitting import Report, fit_model
from smartreco.recommend.history import History
from smartreco.recommend.model import Model
from smartreco.recommend.settings import ModelSettings

GROWTH: Final = 0.10
"""Share by which lines, shops or products may differ from those learned from."""

DAYS: Final = 28
"""Days of newer orders from which on settings are learned anew."""

BASIS: Final = "learned_from"
"""Key of `Model.facts`: what the settings were learned from."""


@dataclass(frozen=True)
class Basis:
    """The data that settings were learned from, in figures.

    Attributes
    ----------
    rows
        Of the history: one a shop x product x day.
    as_of
        First day that was not known, as ISO text.
    code
        Release that learned them.
    version
        Of the model they were learned for; 0 while it has none.
    """

    rows: int
    retailers: int
    products: int
    as_of: str
    code: str
    version: int = 0

    @classmethod
    def of_history(cls, history: History, version: int = 0) -> Self:
        """Read off a history."""
        retailers, products = history.shape
        rows = len(history.purchases)
        return cls(rows, retailers, products, history.as_of.isoformat(), __version__, version)

    @classmethod
    def of_model(cls, model: Model) -> Self | None:
        """What a model remembers; None where its settings were not learned by `learn_model`."""
        kept = model.facts.get(BASIS)
        return cls(**kept) if isinstance(kept, Mapping) else None


def learn_model(
    history: History,
    *,
    rng: np.random.Generator,
    version: int = 0,
    progress: Report | None = None,
) -> Model:
    """Learn and fit everything, and note what it was learned from."""
    model = fit_model(history, ModelSettings(), rng=rng, progress=progress)
    basis = Basis.of_history(history, version)
    return replace(model, facts={**model.facts, BASIS: asdict(basis)})


def refit_model(
    history: History,
    earlier: Model,
    *,
    rng: np.random.Generator,
    progress: Report | None = None,
) -> Model:
    """Fit the scorers on a history with the settings, weights and probabilities of a model."""
    chosen = {name: getattr(one, "settings") for name, one in earlier.scorers.items()}  # noqa: B009
    settings = ModelSettings(**chosen, blend=earlier.blend, learn=False)
    model = fit_model(history, settings, rng=rng, progress=progress)
    return replace(
        model, calibration=earlier.calibration, facts={**earlier.facts, **_sizes(model.facts)}
    )


def why_learn(earlier: Model | None, history: History) -> str | None:
    """Why settings have to be learned anew; None where the earlier ones may be kept."""
    basis = None if earlier is None else Basis.of_model(earlier)
    if earlier is None or basis is None:
        return "no earlier settings"
    if basis.code != __version__:
        return "another release of the code"
    if (history.as_of - date.fromisoformat(basis.as_of)).days >= DAYS:
        return f"{DAYS} days or more of newer orders"
    now = Basis.of_history(history)
    if _moved(now.rows, basis.rows):
        return f"order lines changed by more than {GROWTH:.0%}"
    counted = _moved(now.retailers, basis.retailers) or _moved(now.products, basis.products)
    shops = _others(earlier.market.retailer_ids, history.retailers[RETAILER_ID].to_numpy())
    products = _others(earlier.market.product_ids, history.products[PRODUCT_ID].to_numpy())
    if counted or max(shops, products) > GROWTH:
        return f"retailers or products changed by more than {GROWTH:.0%}"
    return None


def _sizes(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: facts[name] for name in ("retailers", "products") if name in facts}


def _moved(now: int, then: int) -> bool:
    return abs(now - then) > GROWTH * then


def _others(known: npt.NDArray[np.str_], given: npt.NDArray[Any]) -> float:
    """Share of ids that only one of both has."""
    return len(np.setxor1d(known, given.astype(str))) / max(len(known), 1)
