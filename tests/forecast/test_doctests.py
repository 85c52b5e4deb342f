"""Examples in the forecaster's documentation hold."""

from __future__ import annotations

import doctest
import importlib

import pytest


@pytest.mark.parametrize("module", ["panel", "scale", "smoothing", "theta", "accuracy"])
def test_examples_hold(module: str) -> None:
    outcome = doctest.testmod(importlib.import_module(f"smartreco.forecast.{module}"))
    assert outcome.attempted > 0
    assert outcome.failed == 0
