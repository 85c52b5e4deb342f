"""What readers hold: one model with its recipe and the products it speaks of, never changed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from smartreco.errors import NotReadyError
from smartreco.recommend.engine import Model
from smartreco.recommend.recipe import Recipe
from smartreco.recommend.refitting import Basis
from smartreco.store import catalogue as catalogue_store
from smartreco.store import dataset as dataset_store
from smartreco.store import running_promotions
from smartreco.store.connection import Cursor
from smartreco.store.models import ModelRow
from smartreco.workspace import clock
from smartreco.workspace.catalogue import Catalogue
from smartreco.workspace.promoted_prices import with_promotions

LEARNING = "learned_because"  # of the summary: why settings were learned anew; None: kept


@dataclass(frozen=True)
class Fitted:
    """A model with the products and shops it speaks of.

    Attributes
    ----------
    model
        Answers by the recipe in force.
    learned
        The same as its fit left it.
    reading
        How often the catalogue was read again beside the same model.
    blend_version, recipe
        In force; version 0 where no published one can be read.
    publication
        Number of the newest publication when this was put in place.
    """

    model: Model
    learned: Model
    catalogue: Catalogue
    version: int
    data_version: int
    fitted_at: datetime
    seconds: float
    recipe: Recipe
    blend_version: int
    publication: int
    summary: dict[str, object] = field(default_factory=dict)
    reading: int = 0

    @property
    def state(self) -> tuple[int, int, int]:
        """What a list rests on: versions of model and blend, reading of the catalogue."""
        return self.version, self.blend_version, self.reading

    @property
    def learning(self) -> str:
        """In words: where the settings of this version come from."""
        basis, why = Basis.of_model(self.model), self.summary.get(LEARNING)
        if basis is None or why is not None:
            return f"learned anew: {why}" if why else "as given"
        return f"settings of version {basis.version} kept, learned from orders before {basis.as_of}"

    def read_again(self, catalogue: Catalogue) -> Fitted:
        """The same model beside products as they are now."""
        return replace(self, catalogue=catalogue, reading=self.reading + 1)


@dataclass(frozen=True)
class Decision:
    """The recipe that decides lists, its version, and the newest publication there is."""

    recipe: Recipe
    version: int
    publication: int


def fitted(
    learned: Model, model: Model, catalogue: Catalogue, row: ModelRow, decision: Decision
) -> Fitted:
    """Put together what readers hold."""
    return Fitted(
        model, learned, catalogue, row.version, row.data_version, row.fitted_at, row.seconds,
        decision.recipe, decision.version, decision.publication, dict(row.summary),
    )  # fmt: skip


def read_catalogue(cursor: Cursor, now: datetime) -> Catalogue:
    """Products, shops, prices and promotions of the day.

    Raises
    ------
    NotReadyError
        The store holds no data.
    """
    info = dataset_store.read(cursor)
    if info is None:
        raise NotReadyError("lists need data", "none", "import orders or make the demo data")
    running = running_promotions.running(cursor, clock.today(cursor, now))
    products = with_promotions(catalogue_store.products(cursor), running)
    return Catalogue(info, products, catalogue_store.retailers(cursor))
