"""Formulas are shown by examples that a reader can check by hand; here they are checked."""

from __future__ import annotations

import doctest
import importlib

import pytest

SHOWN = [
    "measures.ranking", "measures.splits", "measures.bootstrap", "measures.calibration",
    "measures.variety",
    "recommend.rules.vendor_cap", "recommend.rules.vendor_floor",
    "recommend.runs", "recommend.quantity", "recommend.ranking", "recommend.mixing",
    "recommend.logistic", "recommend.rhythm",
]  # fmt: skip


@pytest.mark.parametrize("module", SHOWN)
def test_examples_in_the_documentation_hold(module: str) -> None:
    outcome = doctest.testmod(importlib.import_module(f"smartreco.{module}"))
    assert outcome.attempted > 0
    assert outcome.failed == 0
