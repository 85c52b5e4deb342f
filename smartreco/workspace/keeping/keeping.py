"""The use cases of keeping data and letting them go, one file a subject."""

from __future__ import annotations

import threading

from smartreco.workspace.core import Core
from smartreco.workspace.draft_steps import DraftSteps
from smartreco.workspace.keeping.daily import Daily
from smartreco.workspace.keeping.erasing import Erasing
from smartreco.workspace.models import Models


class Keeping(Daily, Erasing):
    """Backups, one shop's data, and what is forgotten with time."""

    def __init__(self, core: Core, models: Models, steps: DraftSteps) -> None:
        self.core = core
        self._models = models
        self._steps = steps
        self._closing = threading.Event()
        self._thread = None
