"""Examples in the documentation of scenarios hold."""

from __future__ import annotations

import doctest
import importlib

import pytest


@pytest.mark.parametrize("module", ["turning"])
def test_examples_hold(module: str) -> None:
    outcome = doctest.testmod(importlib.import_module(f"smartreco.scenario.{module}"))
    assert outcome.attempted > 0
    assert outcome.failed == 0
