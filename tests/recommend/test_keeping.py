"""Kept arrays are read by the code that wrote them, and by no other."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import numpy as np
import pytest

from smartreco.recommend import keeping
from smartreco.recommend.collaborative import Collaborative, pseudo_shops, tastes
from smartreco.recommend.ease import LowRankEase, ProductEase, ShopEase
from smartreco.recommend.market import Market
from smartreco.recommend.model import Model
from smartreco.recommend.packing import pack, signature, unpack
from smartreco.recommend.scorer import total


@dataclass
class Inner:
    ridge: float


@dataclass
class Outer:
    inner: Inner
    name: str


def test_a_signature_follows_from_names_and_types_at_every_depth() -> None:
    first = signature(Outer)
    assert first == signature(Outer)
    for changed in ([("ridge", int)], [("lambda_", float)], [("ridge", float), ("more", float)]):
        other = dataclasses.make_dataclass("Inner", changed)
        other.__qualname__, other.__module__ = Inner.__qualname__, Inner.__module__
        outer = dataclasses.make_dataclass("Outer", [("inner", other), ("name", str)])
        outer.__qualname__, outer.__module__ = Outer.__qualname__, Outer.__module__
        assert signature(outer) != first


def test_members_of_a_union_count() -> None:
    either = dataclasses.make_dataclass("Either", [("part", Inner | Outer)])
    only = dataclasses.make_dataclass("Either", [("part", Inner)])
    assert signature(either) != signature(only)


def test_arrays_of_another_shape_of_the_classes_are_refused(
    small_model: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    arrays = small_model.to_arrays()
    monkeypatch.setattr(keeping, "FORMAT", "of another release")
    with pytest.raises(ValueError, match="format"):
        Model.from_arrays(arrays)


def test_a_number_instead_of_the_model_is_refused(small_model: Model) -> None:
    arrays = small_model.to_arrays() | {"model": np.array("7")}
    with pytest.raises(TypeError):
        Model.from_arrays(arrays)


def test_every_form_of_ease_is_kept_and_explains_itself(
    small_model: Model, small_market: Market
) -> None:
    """Reasons of a shop add up to its scores, also after a restart."""
    fitted = small_model.scorers[Collaborative.name]
    assert isinstance(fitted, Collaborative)
    purchases = tastes(small_market, small_market.habits, fitted.settings)
    pseudo = pseudo_shops(small_market.attributes, fitted.settings)
    products, shop = np.arange(small_market.shape[1]), small_market.shops(np.array([4]))
    for form in (ProductEase, ShopEase, LowRankEase):
        scorer = dataclasses.replace(
            fitted, market=small_market, ease_=form.fit(purchases, pseudo, fitted.settings.ridge)
        )
        arrays = pack(scorer, "one.", leave_out=("market",))
        again = unpack(Collaborative, arrays, "one.", market=small_market)
        assert isinstance(again.ease_, form)
        scores = again.score(shop)[0]
        assert np.array_equal(scores, scorer.score(shop)[0])
        told = total(again.explain(shop, products), len(products))
        assert told == pytest.approx(scores, rel=1e-9, abs=1e-12)
