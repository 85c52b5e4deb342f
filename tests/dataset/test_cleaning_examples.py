"""The examples in the docstrings of cleaning hold."""

from __future__ import annotations

import doctest
from types import ModuleType

import pytest

from smartreco.dataset.cleaning import netting, spelling, texts, vendors


@pytest.mark.parametrize("module", [netting, spelling, texts, vendors], ids=lambda m: m.__name__)
def test_examples_hold(module: ModuleType) -> None:
    failed, tried = doctest.testmod(module)
    assert tried > 0
    assert failed == 0
