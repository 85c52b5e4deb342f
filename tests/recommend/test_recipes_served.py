"""A recipe changes what it speaks of, and what it does not speak of stays to the bit."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartreco.entities import ListName
from smartreco.recommend.blend import COMPONENTS, Blend
from smartreco.recommend.engine import Model
from smartreco.recommend.habits import FOREVER
from smartreco.recommend.recipe import HALF_LIFE_CHOICES, MOST_DAMPING, Recipe
from smartreco.recommend.serving import aged_arrays, served, with_aged, with_half_life
from smartreco.store.sealing import canonical

weights = st.dictionaries(st.sampled_from(COMPONENTS), st.floats(0.01, 5.0), min_size=1)
recipes = st.builds(
    Recipe,
    st.builds(Blend.of, st.fixed_dictionaries(dict.fromkeys(ListName, weights))),
    st.one_of(st.none(), st.sampled_from(HALF_LIFE_CHOICES)),
    st.one_of(st.none(), st.floats(0.0, MOST_DAMPING)),
    st.dictionaries(st.sampled_from(ListName), st.floats(0.0, 1.0)),
)


@given(recipes)
def test_any_recipe_comes_back_from_its_plain_form(recipe: Recipe) -> None:
    plain = recipe.to_dict()
    again = Recipe.from_dict(plain)
    assert again.to_dict() == plain
    assert canonical(again.to_dict()) == canonical(plain)
    assert again.blend.to_dict() == recipe.blend.to_dict()


def all_lists(model: Model) -> Mapping[ListName, object]:
    shops = list(model.market.retailer_positions)
    return {name: model.recommend_many(shops, name, 10) for name in ListName}


def test_a_recipe_of_what_was_learned_makes_the_same_lists_to_the_bit(small_model: Model) -> None:
    learned = Recipe(small_model.blend)
    assert all_lists(served(small_model, learned)) == all_lists(small_model)
    own = small_model.scorers["succession"].settings.half_life
    if all(
        small_model.scorers[one].settings.half_life == own for one in ("peers", "collaborative")
    ):
        assert served(small_model, Recipe(small_model.blend, own)).scorers is small_model.scorers


@pytest.mark.parametrize("half_life", [20.0, FOREVER])
def test_another_half_life_gives_the_same_scores_each_time_and_from_disk(
    small_model: Model, half_life: float
) -> None:
    recipe = Recipe(small_model.blend, half_life)
    first, second = served(small_model, recipe), served(small_model, recipe)
    assert all_lists(first) == all_lists(second)
    kept = with_aged(small_model, aged_arrays(with_half_life(small_model, half_life)))
    assert all_lists(served(kept, recipe)) == all_lists(first)
    assert first.floors == served(kept, recipe).floors
    assert all_lists(first) != all_lists(small_model)


def test_other_weights_leave_chances_as_they_were_learned(small_model: Model) -> None:
    blend = small_model.blend.with_list(ListName.DISCOVER, {"peers": 1.0})
    by_recipe = served(small_model, Recipe(blend))
    shop = str(small_model.market.retailer_ids[0])
    asked = small_model.recommend(shop, ListName.DISCOVER, 10, blend=blend)
    assert by_recipe.recommend(shop, ListName.DISCOVER, 10) == asked
    again = served(by_recipe, Recipe(small_model.blend))
    assert again.recommend(shop, ListName.DISCOVER) == small_model.recommend(
        shop, ListName.DISCOVER
    )
    restored = Model.from_arrays(by_recipe.to_arrays())
    assert restored.recommend(shop, ListName.DISCOVER, 10) == asked


def test_damping_holds_best_sellers_back(small_model: Model) -> None:
    shops = list(small_model.market.retailer_positions)
    seen = [
        len(np.unique(served(small_model, Recipe(small_model.blend, damping=power)).rank(
            shops, ListName.DISCOVER, 5)))
        for power in (0.0, MOST_DAMPING)
    ]  # fmt: skip
    assert seen[1] >= seen[0]
    plain = served(small_model, Recipe(small_model.blend, damping=0.0))
    assert plain.scorers["collaborative"].settings.damping == 0.0
