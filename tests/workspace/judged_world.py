"""A workspace with two versions that were judged, quickly: two baselines, nothing learned."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from smartreco.entities import OPERATOR, ListName
from smartreco.evaluation import responding
from smartreco.evaluation.baselines.registry import BASELINES
from smartreco.evaluation.evaluate import evaluate
from smartreco.evaluation.learning_curve import learning_curve
from smartreco.recommend.engine import ModelSettings
from smartreco.recommend.recipe import Recipe
from smartreco.workspace import Workspace
from smartreco.workspace import evaluations as module
from tests.conftest import opened_copy

QUICK = ModelSettings(learn=False)
FEW = {name: BASELINES[name] for name in ("popularity", "own_frequency")}


@contextmanager
def quickly() -> Iterator[None]:
    """Judge without learning settings, beside two baselines, with few timed calls."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "evaluate", partial(evaluate, settings=QUICK, baselines=FEW))
        patch.setattr(module, "learning_curve", partial(learning_curve, settings=QUICK))
        patch.setattr(responding, "MOST_CALLS", 2)
        patch.setattr(responding, "WARM_UP", 1)
        yield


def published(workspace: Workspace, **shares: float) -> Recipe:
    """Publish other weights for discovery as the next version."""
    recipe = workspace.blends.learned(OPERATOR)
    made = replace(recipe, blend=recipe.blend.with_list(ListName.DISCOVER, shares))
    workspace.blends.publish(OPERATOR, made, "to be judged")
    return made


def two_versions(small_store: Path, folder: Path) -> Workspace:
    """Version 2 is published and in force; nothing is judged yet."""
    own = opened_copy(small_store, folder)
    published(own, content=1)
    return own
