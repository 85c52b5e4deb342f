"""Recipes applied to the fitted model; what takes a fit is made once and kept."""

from __future__ import annotations

import threading

from smartreco.recommend.engine import Model
from smartreco.recommend.recipe import Recipe
from smartreco.recommend.serving import ages_otherwise, served, with_half_life
from smartreco.workspace.model_files import ModelFiles
from smartreco.workspace.status import Report, silent


class Serving:
    """Holds the model with the half-life last asked for; others are on disk."""

    def __init__(self, files: ModelFiles) -> None:
        self._files = files
        self._held: tuple[Model, float, Model] | None = None  # as learned, half-life, as asked
        self._making = threading.Lock()

    def served(
        self, version: int, learned: Model, recipe: Recipe, progress: Report = silent
    ) -> Model:
        """A version of the model, answering by a recipe."""
        half_life = recipe.half_life
        if half_life is None or not ages_otherwise(learned, half_life):
            return served(learned, recipe)
        return served(self._aged(version, learned, half_life, progress), recipe)

    def _aged(self, version: int, learned: Model, half_life: float, progress: Report) -> Model:
        with self._making:
            held = self._held
            if held is not None and held[0] is learned and held[1] == half_life:
                return held[2]
            progress(0.1, "Fitting with another half-life")
            made = self._files.aged(
                version, learned, half_life, lambda: with_half_life(learned, half_life)
            )
            self._held = learned, half_life, made
            progress(1.0, "Fitted")
            return made
