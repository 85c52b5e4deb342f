"""The page "Tune": sliders and figures, the search, publishing, versions and the way back."""

from __future__ import annotations

import html
import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from pages.analyst.tune import evidence
from pages.analyst.tune.files import as_json
from pages.analyst.tune.mixing import components, same, whole_shares, with_diversity, with_share
from pages.analyst.tune.wording import KINDS
from pages.components import charts
from pages.components.charts.plane import KINDS as SHAPES
from smartreco.entities import ListName, Principal, Progress, Role
from smartreco.language import Language
from smartreco.recommend.blend import DEFAULT_BLEND
from smartreco.recommend.recipe import Recipe
from smartreco.workspace import Workspace
from smartreco.workspace.accounts.demo import USERNAMES
from smartreco.workspace.blend.views import Origin
from smartreco.workspace.tuning.views import Verdict
from tests.pages.conftest import Tab, open_tab, words
from tests.pages.tune_fakes import VALUES, FakeTuning, running

ANALYST = Role.ANALYST
WHO = Principal(USERNAMES[ANALYST], "An analyst", ANALYST)
PEERS = "tune-share-discover-peers"
DISCOVER = ListName.DISCOVER
RECIPE = Recipe(DEFAULT_BLEND)
Shown = Callable[..., AppTest]


@pytest.fixture
def bench(
    shared_workspace: Workspace, tab: Tab, monkeypatch: pytest.MonkeyPatch
) -> tuple[FakeTuning, Shown]:
    """A bench that answers at once beside the shared store, and its page."""
    fake = FakeTuning(shared_workspace.blends.current(WHO).recipe)
    monkeypatch.setattr(shared_workspace, "tuning", fake)
    return fake, lambda **query: open_tab(shared_workspace, "tune", ANALYST, **query)


def seen(at: AppTest) -> str:
    """What a reader reads, with HTML's signs undone."""
    assert not at.exception
    return html.unescape(words(at))


def answer(at: AppTest) -> str:
    return str(at.title[0].value).replace("\\", "")


def moved(at: AppTest, share: int = 60) -> AppTest:
    """What similar shops order gets a share of the discover list."""
    at.slider(key=PEERS).set_value(share).run()
    assert not at.exception
    return at


def test_a_share_that_grows_takes_from_all_in_their_proportions_and_touches_no_other_list() -> None:
    start = DEFAULT_BLEND.weights[DISCOVER]
    made = with_share(RECIPE, DISCOVER, "peers", 0.5, start).blend.weights
    assert made[DISCOVER]["peers"] == 0.5
    assert sum(made[DISCOVER].values()) == pytest.approx(1.0)
    ratio = start["collaborative"] / start["affinity"]
    assert made[DISCOVER]["collaborative"] / made[DISCOVER]["affinity"] == pytest.approx(ratio)
    assert made[ListName.REORDER] is DEFAULT_BLEND.weights[ListName.REORDER]


def test_a_share_comes_back_from_all_of_the_whole_in_usual_proportions() -> None:
    start = DEFAULT_BLEND.weights[DISCOVER]
    alone = with_share(RECIPE, DISCOVER, "peers", 1.0, start)
    back = with_share(alone, DISCOVER, "peers", start["peers"], start).blend.weights[DISCOVER]
    assert dict(back) == pytest.approx(dict(start))


@pytest.mark.parametrize("weights", [{"a": 1, "b": 1, "c": 1}, {"a": 0.005, "b": 0.995}, {"a": 3}])
def test_shares_shown_always_sum_to_a_hundred(weights: dict[str, float]) -> None:
    assert sum(whole_shares(weights, list(weights)).values()) == 100


def test_no_diversity_is_the_same_as_never_having_asked_for_it() -> None:
    assert same(with_diversity(with_diversity(RECIPE, DISCOVER, 0.3), DISCOVER, 0.0), RECIPE)
    assert "repurchase" not in components(DISCOVER, DEFAULT_BLEND.weights[DISCOVER])


def test_what_is_in_force_is_said_first_and_nothing_is_a_change(
    bench: tuple[FakeTuning, Shown],
) -> None:
    at = bench[1]()
    assert answer(at) == (
        "Version 1 is in force: 12.0% of what lists of new products show is ordered, and they "
        "show 44% of the catalogue"
    )
    assert seen(at).count("unchanged") >= len(VALUES)
    assert at.button(key="tune-published").disabled
    assert at.button(key="tune-undo").disabled
    shares = [one.value for one in at.slider if str(one.key).startswith("tune-share-")]
    assert sum(shares) == 100


def test_a_move_changes_the_answer_the_figures_and_says_what_is_noise(
    bench: tuple[FakeTuning, Shown],
) -> None:
    fake, shown = bench
    at = moved(shown())
    assert answer(at).startswith("Against version 1, lists of new products hit ")
    assert "more of the catalogue" in answer(at)
    change = fake.measured(moved_recipe(fake)).of(DISCOVER).gauge("coverage").change
    assert change is not None
    assert f"+{100 * change:.2f} points" in seen(at)
    assert "better" in seen(at)
    shares = [one.value for one in at.slider if str(one.key).startswith("tune-share-")]
    assert sum(shares) == 100
    assert at.slider(key=PEERS).value == 60
    assert "(was" in str(at.slider(key=PEERS).label)
    tiny = moved(shown(), at.slider(key=PEERS).value and whole(fake)["peers"] + 2)
    assert "within noise" in seen(tiny)


def moved_recipe(fake: FakeTuning, share: float = 0.6) -> Recipe:
    return with_share(fake.published, DISCOVER, "peers", share, {})


def whole(fake: FakeTuning) -> dict[str, int]:
    weights = fake.published.blend.weights[DISCOVER]
    return whole_shares(weights, components(DISCOVER, weights))


def test_moves_are_taken_back_one_by_one_or_all_at_once(bench: tuple[FakeTuning, Shown]) -> None:
    at = moved(bench[1]())
    first = answer(at)
    at.slider(key="tune-damping").set_value(0.5).run()
    at.slider(key="tune-diversity-discover").set_value(0.4).run()
    at.selectbox(key="tune-half-life").set_value(180.0).run()
    assert answer(at) != first
    for _ in range(3):
        at.button(key="tune-undo").click().run()
    assert answer(at) == first
    at.button(key="tune-published").click().run()
    assert "is in force" in answer(at)
    at.button(key="tune-undo").click().run()
    assert answer(at) == first


def test_the_other_list_has_its_own_weights_and_rules_can_be_left_out(
    bench: tuple[FakeTuning, Shown],
) -> None:
    fake, shown = bench
    at = shown(list="reorder", rules="off")
    assert any(one.key == "tune-share-reorder-repurchase" for one in at.slider)
    assert not any("discover" in str(one.key) for one in at.slider)
    assert ("measure", False) in fake.asked


def test_half_lives_not_made_yet_are_said_and_not_offered(bench: tuple[FakeTuning, Shown]) -> None:
    fake, shown = bench
    fake.ready = (20.0,)
    at = shown()
    assert "Still being prepared, not to be chosen yet: 60 days; 180 days" in seen(at)
    assert len(at.selectbox(key="tune-half-life").options) == 2


def test_while_the_bench_is_made_its_figures_are_explained(
    bench: tuple[FakeTuning, Shown],
) -> None:
    fake, shown = bench
    fake.progress = Progress(0.4, "Scoring shops on the past window")
    at = shown()
    assert answer(at) == "Setting up the bench"
    assert not at.slider
    assert all(one.label in seen(at) for one in KINDS.values())


def test_data_that_cannot_judge_lists_say_so_and_versions_stay_readable(
    bench: tuple[FakeTuning, Shown],
) -> None:
    fake, shown = bench
    fake.refused = True
    assert answer(shown()) == "These data cannot judge lists yet"
    assert "3 shops" in seen(shown())
    assert answer(shown(view="versions")) == "Version 1 decides what shops see"


def test_a_point_of_the_plane_is_loaded_by_name_without_a_pointer(
    bench: tuple[FakeTuning, Shown],
) -> None:
    at = bench[1]()
    choice = at.selectbox(key="tune-plane-load-tune-plane-discover")
    wider = next(one for one in choice.options if "58%" in one)
    choice.set_value(wider).run()
    assert at.slider(key="tune-damping").value == 0.4
    assert "(learned:" in str(at.slider(key="tune-damping").label)


def test_the_plane_is_told_apart_by_shape_and_said_in_words() -> None:
    spots = [
        charts.Spot(str(at), kind, 0.1 * at, 0.2, kind, kind) for at, kind in enumerate(SHAPES)
    ]
    assert len({(shape, colour) for shape, _, colour in SHAPES.values()}) == len(SHAPES)
    spec = charts.plane(spots, {kind: kind for kind in SHAPES}, Language())
    scale = spec["layer"][1]["encoding"]["shape"]["scale"]
    assert scale["domain"] == list(SHAPES)
    said = charts.plane_in_words(spots, "Where", Language())
    assert "published" in said
    assert "tried" not in said


def test_a_plane_of_one_point_has_room_around_it() -> None:
    here = charts.Spot("", "current", 0.4254, 0.349, "here", "here")
    spec = charts.plane([here], {"current": "here"}, Language())
    for axis in ("x", "y"):
        low, high = spec["layer"][1]["encoding"][axis]["scale"]["domain"]
        assert high - low > 0.01


def test_lists_of_three_shops_say_what_came_left_and_moved(
    bench: tuple[FakeTuning, Shown],
) -> None:
    at = bench[1](look="shops")
    assert "The same list" in seen(at)
    told = seen(moved(at))
    assert "3 of 3 lists would be others, 3 products are new on them" in told
    assert "No longer on it" in told
    assert "What similar shops order +21" in told
    assert "up 1 place" in told


def test_kinds_of_shops_are_one_click_away_and_small_ones_have_no_figure(
    bench: tuple[FakeTuning, Shown],
) -> None:
    at = moved(bench[1](look="segments"))
    assert "2 kinds of shops change by more than noise" in seen(at)
    assert "too few shops" in seen(moved(bench[1](look="segments", by="region")))


def test_a_search_is_started_followed_and_stopped(bench: tuple[FakeTuning, Shown]) -> None:
    fake, shown = bench
    at = shown(view="search")
    at.button_group(key="search-objective").set_value("coverage").run()
    at.button(key="search-go").click().run()
    assert ("search", ("coverage", 60.0, 200, fake.published)) in fake.asked
    assert at.query_params["job"] in ("7", ["7"])
    assert answer(at) == "Looking for a better recipe"
    assert "0.0123 above the start" in seen(at)
    at.button(key="search-stop").click().run()
    assert ("stop", 7) in fake.asked


def test_what_a_search_found_can_be_loaded_and_taken_to_publishing(
    bench: tuple[FakeTuning, Shown],
) -> None:
    fake, shown = bench
    fake.found(moved_recipe(fake))
    at = shown(view="search", job="7")
    assert answer(at) == "On orders it has never seen it is better than where the search began"
    assert "120 recipes tried in 31 seconds" in seen(at)
    at.button(key="search-publish").click().run()
    assert "The sliders differ from version 1 in" in answer(at)


def test_a_search_that_found_nothing_offers_nothing(bench: tuple[FakeTuning, Shown]) -> None:
    fake, shown = bench
    fake.found(fake.published, Verdict.NOT_SURE)
    at = shown(view="search", job="7")
    assert not any(one.key == "search-load" for one in at.button)
    fake.state = replace(running(), running=False, message="it broke")
    assert "ended without a result: it broke" in seen(shown(view="search", job="7"))
    assert answer(shown(view="search", job="99")) == "Let a search look for better weights"


def test_with_nothing_moved_there_is_nothing_to_publish(bench: tuple[FakeTuning, Shown]) -> None:
    at = bench[1](view="publish")
    assert "Nothing to publish" in seen(at)
    assert not any(one.key == "publish-go" for one in at.button)
    assert "Nothing waits" in seen(at)


def test_a_version_is_checked_published_with_its_evidence_and_gone_back_from(
    own_tab: Tab, workspace: Workspace
) -> None:
    fake = FakeTuning(workspace.blends.current(WHO).recipe)
    workspace.tuning = fake  # type: ignore[assignment]
    at = moved(own_tab("tune", ANALYST))
    at.button(key="tune-publish").click().run()
    assert "What similar shops order" in seen(at)
    at.button(key="publish-go").click().run()
    assert "That did not work" in seen(at)  # no reason given
    assert workspace.blends.current(WHO).version == 1
    at.button(key="publish-check").click().run()
    assert ("check", True) in fake.asked
    assert "On held-out weeks, against version 1" in seen(at)
    at.text_area(key="publish-reason").set_value("For small shops").run()
    at.button(key="publish-go").click().run()
    assert answer(at) == "Version 2 decides what shops see"
    made = workspace.blends.current(WHO)
    assert (made.version, made.author, made.reason) == (2, WHO.username, "For small shops")
    assert made.origin is Origin.TUNED
    assert made.recipe.blend.weights[DISCOVER]["peers"] == 0.6
    assert made.metrics["held_out"]["discover"]["ndcg"]["value"] > 0
    assert "On held-out weeks: " in seen(at)
    at.button(key="open-version-2").click().run()
    assert "60.0%" in seen(at)
    at.button(key="roll-back-1").click().run()
    assert answer(at) == "Version 1 decides what shops see"
    assert "Back to version 1, from version 2" in seen(at)
    assert workspace.blends.publications(WHO)[0].reason == "Back from version 2 to version 1"


def test_an_altered_version_is_marked_and_offers_no_way_back(
    bench: tuple[FakeTuning, Shown], shared_workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = shared_workspace.blends.current(WHO)
    spoiled = replace(real, version=2, whole=False, in_force=False, published_at=None)
    monkeypatch.setattr(shared_workspace.blends, "all", lambda principal: (spoiled, real))
    at = bench[1](view="versions")
    assert "The stored version was altered: it is not served." in seen(at)
    monkeypatch.setattr(shared_workspace.blends, "changes", lambda *given: ())
    at.button(key="open-version-2").click().run()
    assert not any(str(one.key).startswith(("roll-", "load-")) for one in at.button)


def test_the_recipe_that_is_taken_away_is_the_one_on_the_sliders() -> None:
    made = replace(RECIPE, half_life=float("inf"), damping=0.2)
    assert Recipe.from_dict(json.loads(as_json(made))).to_dict() == made.to_dict()


def test_evidence_that_cannot_be_read_is_left_out(shared_workspace: Workspace) -> None:
    from pages.context import Context, nobody

    ctx = Context.of(shared_workspace, nobody)
    assert evidence.in_words(ctx, {"inner": {"discover": {"ndcg": "high"}}, "x": 1}) == []
    kept = evidence.plain(FakeTuning(RECIPE).measured(RECIPE), None)
    assert set(kept) == {"inner"}
    assert "NDCG 0.280" in evidence.in_words(ctx, kept)[0]
