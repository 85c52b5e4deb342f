"""The front door of the recommender: a history in, a model out."""

from __future__ import annotations

from smartreco.recommend.fitting import fit_model
from smartreco.recommend.model import Model
from smartreco.recommend.settings import ModelSettings

__all__ = ["Model", "ModelSettings", "fit_model"]
