"""One fit from the store: what is read for it, and what of the last version it keeps."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from smartreco.recommend.engine import Model
from smartreco.recommend.history import History
from smartreco.recommend.refitting import learn_model, refit_model, why_learn
from smartreco.store import dataset as dataset_store
from smartreco.workspace.catalogue import Catalogue
from smartreco.workspace.core import Core
from smartreco.workspace.fitted import LEARNING, Fitted, read_catalogue
from smartreco.workspace.model_files import ModelFiles
from smartreco.workspace.past import read_history
from smartreco.workspace.status import Report

SEED = 20260  # of the fit's own draws of shops and orders, so that a fit can be repeated


def read_all(core: Core, progress: Report) -> tuple[int, History, Catalogue]:
    """State of the data, orders and catalogue, as of one moment."""
    progress(0.0, "Reading orders")
    with core.store.cursor() as cursor:
        cursor.execute("BEGIN TRANSACTION READ ONLY")
        data_version = dataset_store.data_version(cursor)
        history = read_history(cursor)
        catalogue = read_catalogue(cursor, core.now())
        cursor.execute("COMMIT")
    progress(1.0, "Orders read")
    return data_version, history, catalogue


def fit(
    files: ModelFiles, held: Fitted | None, history: History, full: bool, progress: Report
) -> tuple[Model, str | None]:
    """Learn anew or keep what the last version learned, and say why (None: kept)."""
    rng = np.random.default_rng(SEED)
    earlier = None if full else _last(files, held)
    why = "asked for" if full else why_learn(earlier, history)
    if earlier is None or why is not None:
        model = learn_model(history, rng=rng, version=files.next_version(), progress=progress)
    else:
        model = refit_model(history, earlier, rng=rng, progress=progress)
    return replace(model, facts={**model.facts, LEARNING: why}), why


def _last(files: ModelFiles, held: Fitted | None) -> Model | None:
    """The newest version as it was learned, also where it does not know the present data."""
    row = files.latest()
    if row is None:
        return None
    if held is not None and held.version == row.version:
        return held.learned
    return files.load(row) if files.there(row) else None
