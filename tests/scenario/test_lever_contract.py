"""What every lever holds to: nothing moved changes nothing, plain form and back, clear refusals."""

from __future__ import annotations

import tomllib
from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from smartreco.errors import InputError, NotEnoughDataError, NotFoundError, SmartRecoError
from smartreco.language import Language
from smartreco.scenario.effects import Effects
from smartreco.scenario.levers.base import Lever
from smartreco.scenario.levers.launch import Launch
from smartreco.scenario.levers.lists import ListLever
from smartreco.scenario.levers.registry import LEVERS, lever_from_dict
from smartreco.scenario.market import Market
from smartreco.scenario.scenario import Scenario
from smartreco.scenario.simulate import simulate
from smartreco.scenario.words import say_all
from tests.scenario.markets import learned, uncertain

EXAMPLES: dict[str, dict[str, Any]] = {
    "price": {"change": -0.1, "category": "Food", "weeks": 2},
    "promotion": {"depth": 0.2, "products": ["P0", "P2"], "from_week": 2},
    "stock_out": {"vendor": "V2", "weeks": 1},
    "restored": {"category": "Food"},
    "product_exit": {"products": ["P1"], "from_week": 2},
    "vendor_exit": {"vendor": "V2"},
    "demand": {"change": 0.3, "region": "East", "category": "Food"},
    "launch": {"name": "mint", "category": "Food", "price": 60.0, "cost": 40.0, "from_week": 2},
    "lead_time": {"added": 2, "category": "Food"},
    "festival": {"festival": "Diwali", "days": 7},
    "new_retailers": {"count": 2, "region": "East", "segment": "corner"},
    "blend": {"list": "discover", "weights": {"peers": 0.5, "content": 0.5}},
    "rule": {"rule": "boost", "amount": 0.5, "target": "category", "target_id": "Food"},
}
#: The same levers, moved by nothing.
NOTHING: dict[str, dict[str, Any]] = {
    "price": {"change": 0.0, "category": "Food"},
    "promotion": {"depth": 0.0, "category": "Food"},
    "demand": {"change": 0.0},
    "lead_time": {"added": 0, "category": "Food"},
    "new_retailers": {"count": 0, "region": "East"},
}
DEMAND = [kind for kind in EXAMPLES if not issubclass(LEVERS[kind], ListLever)]
ON_TINY = [kind for kind in DEMAND if kind != "festival"]


def made(kind: str) -> Lever:
    return lever_from_dict({"kind": kind, **EXAMPLES[kind]})


def asked(*levers: Lever, seed: int = 1) -> Scenario:
    return Scenario("a question", levers, horizon=4, seed=seed, draws=60)


@pytest.fixture(scope="module")
def tiny() -> Market:
    return uncertain()


def test_every_kind_has_an_example_here() -> None:
    assert list(EXAMPLES) == list(LEVERS)
    assert all(LEVERS[kind].kind == kind for kind in LEVERS)


@pytest.mark.parametrize("kind", EXAMPLES)
def test_a_lever_is_itself_again_after_its_plain_form(kind: str) -> None:
    lever = made(kind)
    assert lever_from_dict(lever.to_dict()) == lever
    assert lever.to_dict()["kind"] == kind
    assert hash(lever) == hash(lever_from_dict(lever.to_dict()))


@pytest.mark.parametrize("kind", EXAMPLES)
def test_a_lever_can_be_written_as_toml(kind: str) -> None:
    plain = made(kind).to_dict()

    def value(one: object) -> str:
        if isinstance(one, dict):
            return "{" + ", ".join(f"{key} = {value(its)}" for key, its in one.items()) + "}"
        return str(one).lower() if isinstance(one, bool) else repr(one).replace("'", '"')

    text = "\n".join(f"{name} = {value(one)}" for name, one in plain.items())
    assert lever_from_dict(tomllib.loads(text)) == made(kind)


@pytest.mark.parametrize("kind", EXAMPLES)
def test_a_lever_says_what_it_does_in_words(kind: str) -> None:
    words = say_all(made(kind).describe(), Language("en_IN", "INR"))
    assert len(words) > 10
    assert "{" not in words


@pytest.mark.parametrize("kind", EXAMPLES)
def test_an_unknown_setting_is_refused_by_name(kind: str) -> None:
    with pytest.raises(InputError, match="colour"):
        lever_from_dict({"kind": kind, **EXAMPLES[kind], "colour": "red"})


@pytest.mark.parametrize("kind", [kind for kind in EXAMPLES if EXAMPLES[kind]])
def test_a_lever_without_settings_is_refused(kind: str) -> None:
    with pytest.raises(InputError):
        lever_from_dict({"kind": kind})


@pytest.mark.parametrize("kind", DEMAND)
def test_a_name_that_the_data_do_not_know_is_refused(kind: str) -> None:
    named = ("category", "vendor", "region", "products", "festival")
    name = next(one for one in named if one in EXAMPLES[kind])
    wrong: object = ["nobody"] if name == "products" else "nobody"
    lever = lever_from_dict({"kind": kind, **EXAMPLES[kind], name: wrong})
    with pytest.raises((NotFoundError, NotEnoughDataError), match=r"nobody|calendar"):
        simulate(uncertain(), asked(lever))


@pytest.mark.parametrize("kind", ON_TINY)
def test_the_same_seed_says_the_same(kind: str, tiny: Market) -> None:
    first, again = (simulate(tiny, asked(made(kind))) for _ in range(2))
    assert first == again
    other = simulate(tiny, asked(made(kind), seed=2))
    assert other.measures != first.measures


@pytest.mark.parametrize("kind", NOTHING)
def test_a_lever_moved_by_nothing_changes_exactly_nothing(kind: str, tiny: Market) -> None:
    outcome = simulate(tiny, asked(lever_from_dict({"kind": kind, **NOTHING[kind]})))
    for one in outcome.measures:
        figures = one.compared
        assert (figures.difference, figures.low, figures.high) == (0.0, 0.0, 0.0)
        assert figures.verdict == "cannot tell apart from no change"


def test_a_festival_that_stays_changes_exactly_nothing() -> None:
    outcome = simulate(learned(), asked(lever_from_dict({**made("festival").to_dict(), "days": 0})))
    assert all(one.compared.difference == 0 for one in outcome.measures)


@pytest.mark.parametrize("kind", ON_TINY)
def test_a_lever_leaves_the_market_and_what_it_does_not_touch_alone(
    kind: str, tiny: Market
) -> None:
    before = tiny.mean.copy(), tiny.depth.copy(), tiny.price.copy()
    effects = Effects(tiny)
    made(kind).apply(effects)
    after = tiny.mean, tiny.depth, tiny.price
    assert all(np.array_equal(*one) for one in zip(before, after, strict=True))
    if kind != "lead_time":  # whose today is a shelf that is played
        base, moved = (simulate(tiny, one) for one in (asked(), asked(made(kind))))
        known = {one.measure: one.compared.baseline for one in base.measures}
        for one in moved.measures:
            assert one.compared.baseline == pytest.approx(known[one.measure])


@pytest.mark.parametrize(
    ("kind", "settings"),
    [
        ("price", {"change": -1.0, "category": "Food"}),
        ("price", {"change": float("nan"), "category": "Food"}),
        ("price", {"change": 0.1}),
        ("price", {"change": 0.1, "category": "Food", "weeks": 0}),
        ("price", {"change": "much", "category": "Food"}),
        ("promotion", {"depth": 1.0, "category": "Food"}),
        ("demand", {"change": -1.0}),
        ("launch", {"name": " ", "category": "Food", "price": 1.0}),
        ("launch", {"name": "x", "category": "Food", "price": 0.0}),
        ("lead_time", {"added": 0.5, "category": "Food"}),
        ("new_retailers", {"count": -1, "region": "East"}),
        ("festival", {"festival": "Diwali", "days": 1000}),
        ("blend", {"list": "best", "weights": {"peers": 1.0}}),
        ("blend", {"list": "discover", "weights": {"magic": 1.0}}),
        ("rule", {"rule": "bribe"}),
        ("rule", {"rule": "boost", "amount": 0.5, "target": "all"}),
        ("rule", {"rule": "diversity", "amount": 7.0}),
        ("teleport", {}),
    ],
)
def test_a_value_that_cannot_be_is_refused(kind: str, settings: dict[str, Any]) -> None:
    with pytest.raises(SmartRecoError) as refused:
        lever_from_dict({"kind": kind, **settings})
    assert refused.value.rule
    assert refused.value.action


#: What JSON can hold, and numbers that it cannot.
numbers = st.integers() | st.floats() | st.just(10**400)
anything = st.recursive(
    st.none() | st.booleans() | numbers | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["peers", "x"]), inner, max_size=2)
    ),
    max_leaves=4,
)
#: What no setting of any lever may be.
never = (
    st.sampled_from([float("nan"), float("inf"), 10**400, [[]], [5], ["rice", None], {"peers": []}])
    | st.dictionaries(st.just("peers"), st.text(max_size=3) | st.booleans(), min_size=1, max_size=1)
)  # fmt: skip
SETTINGS = [(kind, one.name) for kind, lever in LEVERS.items() for one in fields(lever)]


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(SETTINGS), anything)
@example(("price", "products"), 5)
@example(("price", "products"), "rice")
@example(("promotion", "depth"), "much")
@example(("promotion", "depth"), True)
def test_whatever_stands_for_a_setting_makes_a_lever_or_one_clear_refusal(
    setting: tuple[str, str], value: object
) -> None:
    kind, name = setting
    said = ""
    try:
        lever = lever_from_dict({"kind": kind, **EXAMPLES[kind], name: value})
    except InputError as refused:
        said = str(refused)
    else:
        assert lever_from_dict(lever.to_dict()) == lever
        assert isinstance(hash(lever), int)
        assert lever.describe()
    assert len(said.splitlines()) <= 1


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(SETTINGS), never)
def test_a_value_of_a_wrong_type_is_refused_with_its_lever_and_its_setting(
    setting: tuple[str, str], value: object
) -> None:
    kind, name = setting
    with pytest.raises(InputError) as refused:
        lever_from_dict({"kind": kind, **EXAMPLES[kind], name: value})
    if value == 10**400 and name in ("from_week", "weeks", "added", "days", "count", "case_size"):
        return  # a whole number, and out of range
    assert refused.value.rule.startswith(f"{name} of a {kind} lever is ")


@pytest.mark.parametrize(
    ("kind", "name", "value", "said"),
    [
        ("price", "products", 5, "a list of texts"),
        ("price", "products", "rice", "a list of texts"),
        ("price", "change", "much", "a number"),
        ("price", "change", True, "a number"),
        ("price", "category", 7, "a text"),
        ("price", "weeks", 2.0, "a whole number"),
        ("lead_time", "planned", 1, "true or false"),
        ("launch", "name", None, "a text"),
        ("blend", "weights", {"peers": "a"}, "a table of numbers"),
        ("rule", "push", float("nan"), "a number"),
    ],
)
def test_a_refusal_says_which_type_is_wanted(
    kind: str, name: str, value: object, said: str
) -> None:
    with pytest.raises(InputError, match=f"{name} of a {kind} lever is {said}"):
        lever_from_dict({"kind": kind, **EXAMPLES[kind], name: value})


@pytest.mark.parametrize("category", ["Cocktails/RTD", "Food"])
def test_a_launch_finds_the_sub_categories_of_a_category_with_a_slash(
    tiny: Market, category: str
) -> None:
    named = np.where(tiny.goods.category == "Food", category, tiny.goods.category)
    market = replace(tiny, goods=replace(tiny.goods, category=named))
    launch = Launch(name="mint", category=category, subcategory="hot", price=60.0)
    outcome = simulate(market, asked(launch))
    assert {one.id for one in outcome.by_product} == {"new: mint", "P0", "P1"}
    other = replace(launch, subcategory="RTD/hot")
    with pytest.raises(NotFoundError, match="choose one of hot"):
        simulate(market, asked(other))


def test_a_lever_beyond_the_weeks_looked_at_is_refused(tiny: Market) -> None:
    late = lever_from_dict({"kind": "demand", "change": 0.1, "from_week": 5})
    with pytest.raises(InputError, match="week 5"):
        simulate(tiny, asked(late))
