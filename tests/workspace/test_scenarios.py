"""What-ifs through the workspace: nothing trades, everybody reopens, every number is computed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from smartreco.entities import Principal, Role
from smartreco.errors import InputError, NotAllowedError, NotFoundError
from smartreco.language import Language, Money, Percent, Sentence
from smartreco.scenario.outcome import Compared, Measure, Outcome, Verdict
from smartreco.scenario.scenario import Scenario
from smartreco.store import dataset as dataset_store
from smartreco.store.connection import Cursor
from smartreco.workspace import Workspace
from smartreco.workspace.scenario.choices import choices_of
from smartreco.workspace.scenario.presets import WHY
from smartreco.workspace.scenario.story_words import TOLD, tell
from smartreco.workspace.scenario.views import Preset
from smartreco.workspace.scenario.words import lever_words
from tests.conftest import Cast, opened_copy

WORDS = Language("en_IN", "INR")
NOTHING = Scenario("Nothing", ())
TRADE = (
    "orders", "order_lines", "cancelled_lines", "weekly_sales", "stock_levels", "promotions",
    "products", "retailers", "order_drafts", "rules", "models",
)  # fmt: skip


@pytest.fixture(scope="module")
def played(small_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """One workspace of this file's own: learning today takes longest."""
    own = opened_copy(small_store, tmp_path_factory.mktemp("scenarios"))
    yield own
    own.close()


@pytest.fixture
def clean(played: Workspace) -> Workspace:
    """The same without saved scenarios."""
    for table in ("scenarios", "blend_proposals"):
        played.store.write(lambda cursor, name=table: cursor.execute(f"DELETE FROM {name}"))
    return played


def cut(workspace: Workspace, cast: Cast, name: str = "Ten off", change: float = -0.1) -> Scenario:
    category = workspace.scenarios.choices(cast.product_manager).categories[0]
    lever = {"kind": "price", "category": category, "change": change}
    return Scenario.from_dict({"name": name, "levers": [lever], "draws": 100})


def everything(workspace: Workspace) -> dict[str, list[tuple[object, ...]]]:
    with workspace.store.cursor() as cursor:
        return {
            name: cursor.execute(f"SELECT * FROM {name} ORDER BY ALL").fetchall() for name in TRADE
        }


def test_without_levers_every_difference_is_exactly_nothing(played: Workspace, cast: Cast) -> None:
    outcome = played.scenarios.run(cast.product_manager, NOTHING)
    assert outcome.measures
    for one in outcome.measures:
        found = one.compared
        assert (found.difference, found.low, found.high) == (0.0, 0.0, 0.0)
        assert found.verdict is Verdict.CANNOT_TELL
    said = tell(played.scenarios.story(cast.product_manager, NOTHING), WORDS)
    assert len(said) == 3
    assert "cannot be told apart" in said[0]


def test_a_scenario_writes_to_no_order_no_stock_and_no_blend(clean: Workspace, cast: Cast) -> None:
    blend, before = clean.models.current.model.blend, everything(clean)
    manager = cast.product_manager
    for preset in clean.scenarios.presets(manager, WORDS):
        if preset.scenario is not None:
            saved = clean.scenarios.save(manager, preset.scenario)
            clean.scenarios.report(manager, saved.scenario_id, "html", WORDS)
    assert len(clean.scenarios.all(manager)) >= 4
    clean.scenarios.propose_blend(manager, leaning())
    assert everything(clean) == before
    assert clean.models.current.model.blend is blend


def leaning(name: str = "Peers first") -> Scenario:
    lever = {"kind": "blend", "list": "discover", "weights": {"peers": 1.0}}
    return Scenario.from_dict({"name": name, "levers": [lever]})


def test_another_name_is_no_other_question(played: Workspace, cast: Cast) -> None:
    one = cut(played, cast)
    first = played.scenarios.run(cast.product_manager, one)
    other = played.scenarios.run(cast.analyst, replace(one, name="As it was called before"))
    assert other.measures is first.measures
    assert other.scenario.name == "As it was called before"


def test_another_manager_reopens_it_by_its_number_with_the_same_figures(
    clean: Workspace, cast: Cast
) -> None:
    saved = clean.scenarios.save(cast.product_manager, cut(clean, cast), "for Monday")
    other = Principal("noor", "Noor", Role.PRODUCT_MANAGER)
    opened = clean.scenarios.read(other, saved.scenario_id)
    assert opened.scenario == saved.scenario
    assert (opened.author, opened.note, opened.mine) == ("mira", "for Monday", False)
    outcome = clean.scenarios.run(other, saved.scenario_id)
    assert {one.measure: one.compared for one in outcome.measures} == dict(opened.found)
    assert not opened.outdated


def test_only_its_author_or_an_admin_changes_a_saved_one(clean: Workspace, cast: Cast) -> None:
    number = clean.scenarios.save(cast.product_manager, cut(clean, cast)).scenario_id
    other = Principal("noor", "Noor", Role.PRODUCT_MANAGER)
    for act in (
        lambda: clean.scenarios.rename(other, number, "Mine now"),
        lambda: clean.scenarios.delete(other, number),
        lambda: clean.scenarios.save(other, cut(clean, cast), None, number),
    ):
        with pytest.raises(NotAllowedError, match="its author"):
            act()
    copy = clean.scenarios.duplicate(other, number)
    assert (copy.name, copy.author, copy.mine) == ("Ten off (2)", "noor", True)
    assert clean.scenarios.rename(cast.admin, number, " As  agreed ").name == "As agreed"


def test_names_are_told_apart_whatever_their_case(clean: Workspace, cast: Cast) -> None:
    clean.scenarios.save(cast.product_manager, cut(clean, cast))
    with pytest.raises(InputError, match="name of its own"):
        clean.scenarios.save(cast.analyst, cut(clean, cast, "TEN off"))
    number = clean.scenarios.save(cast.analyst, cut(clean, cast, "Other")).scenario_id
    with pytest.raises(InputError, match="name of its own"):
        clean.scenarios.rename(cast.analyst, number, "ten OFF")
    with pytest.raises(InputError, match="characters"):
        clean.scenarios.rename(cast.analyst, number, "  ")


def test_a_deleted_one_is_gone_until_it_is_fetched_back(clean: Workspace, cast: Cast) -> None:
    manager = cast.product_manager
    number = clean.scenarios.save(manager, cut(clean, cast)).scenario_id
    clean.scenarios.delete(manager, number)
    assert clean.scenarios.all(manager) == ()
    with pytest.raises(NotFoundError, match="deleted"):
        clean.scenarios.run(manager, number)
    taken = clean.scenarios.save(manager, cut(clean, cast)).scenario_id
    with pytest.raises(InputError, match="name of its own"):
        clean.scenarios.undo_delete(manager, number)
    clean.scenarios.delete(manager, taken)
    assert clean.scenarios.undo_delete(manager, number).name == "Ten off"
    with clean.store.cursor() as cursor:
        acts = cursor.execute(
            "SELECT action FROM audit_log WHERE subject = ? ORDER BY happened_at",
            [f"scenario {number}"],
        ).fetchall()
    assert acts == [("scenario saved",), ("scenario deleted",), ("scenario fetched back",)]


def test_saving_over_keeps_the_number_and_the_note(clean: Workspace, cast: Cast) -> None:
    manager = cast.product_manager
    first = clean.scenarios.save(manager, cut(clean, cast), "why")
    deeper = cut(clean, cast, change=-0.2)
    second = clean.scenarios.save(manager, deeper, None, first.scenario_id)
    assert (second.scenario_id, second.note, second.scenario) == (first.scenario_id, "why", deeper)
    assert second.found[Measure.UNITS].difference > first.found[Measure.UNITS].difference


def test_what_cannot_be_answered_is_not_kept(clean: Workspace, cast: Cast) -> None:
    lever = {"kind": "price", "category": "No such", "change": -0.1}
    with pytest.raises(NotFoundError, match="a category"):
        clean.scenarios.save(
            cast.product_manager, Scenario.from_dict({"name": "x", "levers": [lever]})
        )
    assert clean.scenarios.all(cast.product_manager) == ()


def test_two_are_compared_and_told_apart_only_where_their_bands_are(
    clean: Workspace, cast: Cast
) -> None:
    one = clean.scenarios.save(cast.product_manager, cut(clean, cast)).scenario_id
    same = clean.scenarios.compare(cast.product_manager, one, one)
    assert same.same_weeks
    assert not any(row.apart for row in same.measures)
    dearer = replace(cut(clean, cast, change=0.5), horizon=4)
    found = clean.scenarios.compare(cast.product_manager, one, dearer)
    units = next(row for row in found.measures if row.measure is Measure.UNITS)
    assert units.apart
    assert not found.same_weeks


def test_two_that_differ_draw_by_draw_are_told_apart_though_their_bands_overlap(
    played: Workspace, cast: Cast
) -> None:
    small, large = (cut(played, cast, change=change) for change in (-0.1, -0.11))
    found = played.scenarios.compare(cast.product_manager, small, large)
    units = next(row for row in found.measures if row.measure is Measure.UNITS)
    assert not units.apart
    assert units.told_apart
    assert units.between is not None
    assert units.between.verdict is Verdict.MORE
    more = units.right.difference - units.left.difference
    assert units.between.difference == pytest.approx(more)
    assert units.between.low < units.between.difference < units.between.high
    back = played.scenarios.compare(cast.product_manager, large, small)
    other = next(row for row in back.measures if row.measure is Measure.UNITS).between
    assert other is not None
    assert (other.low, other.high) == pytest.approx((-units.between.high, -units.between.low))


def test_one_beside_itself_differs_by_exactly_nothing(played: Workspace, cast: Cast) -> None:
    one = cut(played, cast)
    for row in played.scenarios.compare(cast.analyst, one, one).measures:
        assert row.between is not None
        assert (row.between.difference, row.between.low, row.between.high) == (0.0, 0.0, 0.0)
        assert not row.told_apart


def test_other_draws_or_weeks_are_not_paired(played: Workspace, cast: Cast) -> None:
    one = cut(played, cast)
    for other in (replace(one, seed=one.seed + 1), replace(one, horizon=4)):
        found = played.scenarios.compare(cast.analyst, one, other)
        assert all(row.between is None for row in found.measures)
        assert all(row.told_apart == row.apart for row in found.measures)


def test_fewer_draws_are_the_first_of_more(played: Workspace, cast: Cast) -> None:
    one, other = cut(played, cast), cut(played, cast, change=-0.11)
    whole, few = (
        played.scenarios.compare(cast.analyst, one, replace(other, draws=draws)).measures
        for draws in (100, 60)
    )
    for all_of_them, some in zip(whole, few, strict=True):
        assert all_of_them.between is not None
        assert some.between is not None
        if all_of_them.measure in (Measure.UNITS, Measure.REVENUE):
            width, narrow = (each.high - each.low for each in (all_of_them.between, some.between))
            assert narrow == pytest.approx(width, rel=0.5), "one pairs the same draws"
            assert some.between.low < some.between.difference < some.between.high


def test_choices_name_only_what_the_levers_take(played: Workspace, cast: Cast) -> None:
    choices = played.scenarios.choices(cast.analyst)
    assert set(choices.names.products) == set(map(str, market(played).goods.ids))
    assert "" not in (*choices.categories, *choices.regions, *choices.segments)
    assert choices.weeks[0] == market(played).starts[0].item()
    for kind in ("reorder", "discover", "all"):
        assert sum(choices.weights[kind].values()) == pytest.approx(1.0)
    for one in choices.festivals:
        assert 0 <= (one.day - choices.weeks[one.week - 1]).days < 7
    lever = {"kind": "vendor_exit", "vendor": next(iter(choices.names.vendors))}
    (exit_,) = Scenario.from_dict({"name": "x", "levers": [lever]}).levers
    vendor = next(iter(choices.names.vendors.values()))
    assert vendor in lever_words(exit_, choices.names, WORDS)


def test_subcategories_are_told_apart_from_a_category_with_a_slash(played: Workspace) -> None:
    held = played.scenarios._markets.market()
    goods = held.market.goods
    category = np.where(goods.category == "FMCG", "Food/Care", goods.category)
    other = replace(held.market, goods=replace(goods, category=category))
    before = choices_of(held, None).subcategories
    found = choices_of(replace(held, market=other), None).subcategories
    assert found == {"Food/Care" if name == "FMCG" else name: one for name, one in before.items()}


def market(workspace: Workspace):  # type: ignore[no-untyped-def]
    return workspace.scenarios._markets.market().market


def test_kinds_that_need_a_model_say_so_without_one(played: Workspace) -> None:
    choices = choices_of(played.scenarios._markets.market(), None)
    assert {"blend", "rule"} <= set(choices.missing)
    assert choices.weights == {}


def ready(workspace: Workspace, cast: Cast) -> list[Preset]:
    return list(workspace.scenarios.presets(cast.product_manager, WORDS))


def test_five_questions_are_ready_and_each_says_by_what_it_was_chosen(
    played: Workspace, cast: Cast
) -> None:
    found = ready(played, cast)
    assert len({one.key for one in found}) == 5
    for one in found:
        assert one.scenario is not None
        assert one.title == one.scenario.name
        assert "{" not in WORDS.say(WHY[one.why.template], one.why.values)


FIGURES = {"base": "baseline", "then": "scenario", "size": "difference"}
WHOLE = {
    "revenue": Measure.REVENUE, "margin": Measure.MARGIN, "lost": Measure.LOST_UNITS,
    "served": Measure.SERVICE,
}  # fmt: skip


def test_every_number_of_a_story_is_the_outcomes_own(played: Workspace, cast: Cast) -> None:
    checked = 0
    for one in ready(played, cast):
        assert one.scenario is not None
        outcome = played.scenarios.run(cast.product_manager, one.scenario)
        story = played.scenarios.story(cast.product_manager, one.scenario, one.key)
        assert len(story) == 3
        for sentence in story:
            assert "{" not in WORDS.say(TOLD[sentence.template], sentence.values)
            checked += _held_against(sentence, outcome)
    assert checked >= 10


def _held_against(sentence: Sentence, outcome: Outcome) -> bool:
    """A sentence's figures are those of the one result that it speaks of."""
    subject, _, ending = sentence.template.partition(".")
    found: Compared | None = None
    if subject in WHOLE and ending != "unknown":
        found = outcome.of(WHOLE[subject])
    elif subject in ("part", "gains") and ending != "none":
        parts = [*outcome.by_category, *outcome.by_vendor]
        sizes = {abs(part.units.difference): part.units for part in parts}
        found = sizes[float(plain(sentence.values["size"]))]
    elif sentence.template == "launch.sells":
        new = next(part for part in outcome.by_product if part.units.baseline == 0)
        assert plain(sentence.values["money"]) == new.revenue.difference
        assert plain(sentence.values["high"]) == new.revenue.high
        return True
    elif sentence.template == "launch.shops":
        shops = [shop for one in outcome.likely_shops for shop in one]
        assert sentence.values["count"] == sum(shop.likelihood >= 0.5 for shop in shops)
        return True
    elif subject == "list" and ending != "unchanged" and "margin" in ending:
        margin = outcome.lists[0].preview.margin
        assert plain(sentence.values["base"]) == margin.before
        return True
    if found is None:
        return False
    assert {"more": 1, "less": -1, "same": 0}[ending] == _side(found)
    for name, value in FIGURES.items():
        assert abs(plain(sentence.values[name])) == abs(getattr(found, value))
    ends = {abs(plain(sentence.values[name])) for name in ("low", "high")}
    assert ends == {abs(found.low), abs(found.high)}
    return True


def _side(found: Compared) -> int:
    return int(found.low > 0) - int(found.high < 0)


def plain(value: object) -> float:
    match value:
        case Money():
            return value.amount
        case Percent():
            return value.share
    assert isinstance(value, int | float)
    return float(value)


def test_a_proposal_carries_its_evidence_and_publishes_nothing(
    clean: Workspace, cast: Cast
) -> None:
    made = clean.scenarios.propose_blend(cast.product_manager, leaning(), "try it")
    (found,) = clean.scenarios.proposals(cast.analyst)
    assert (found, found.note, found.author) == (made, "try it", "mira")
    outcome = clean.scenarios.run(cast.analyst, found.scenario)
    preview = outcome.lists[0].preview
    assert found.evidence["discover"]["orders_after"] == preview.orders.after
    with pytest.raises(InputError, match="weights or rules"):
        clean.scenarios.propose_blend(cast.product_manager, NOTHING)


def test_a_report_holds_the_story_the_levers_and_what_they_rest_on(
    played: Workspace, cast: Cast
) -> None:
    scenario = cut(played, cast, "Ten <off>")
    page = played.scenarios.report(cast.product_manager, scenario, "html", WORDS).decode()
    assert "Ten &lt;off&gt;" in page
    assert "<script" not in page
    assert "everything in" in page
    assert "How far to trust this" in page
    pdf = played.scenarios.report(cast.product_manager, scenario, "pdf", WORDS)
    assert pdf.startswith(b"%PDF")
    assert pdf.count(b"/Type /Page\n") == 1
    with pytest.raises(InputError, match="html or pdf"):
        played.scenarios.report(cast.product_manager, scenario, "doc", WORDS)  # type: ignore[arg-type]


def test_a_market_is_learned_once_until_the_data_change(workspace: Workspace, cast: Cast) -> None:
    assert not workspace.scenarios.ready(cast.analyst)
    workspace.scenarios.warm()
    assert workspace.scenarios.ready(cast.analyst)
    first = workspace.scenarios._markets.market()
    assert workspace.scenarios._markets.market() is first
    saved = workspace.scenarios.save(cast.analyst, cut(workspace, cast))

    def counted(cursor: Cursor) -> None:
        cursor.execute("UPDATE stock_levels SET on_hand = on_hand + 7 WHERE holder_kind = 'vendor'")
        dataset_store.acted(cursor, "counted")

    workspace.store.write(counted)
    after = workspace.scenarios._markets.market()
    assert after.market.whole_panel is first.market.whole_panel, "forecasts stay"
    assert after.market.shelves is not None
    assert first.market.shelves is not None
    more = after.market.shelves.on_hand - first.market.shelves.on_hand
    assert set(more[~np.isnan(more)]) == {7.0}
    assert not workspace.scenarios.read(cast.analyst, saved.scenario_id).outdated
    workspace.store.write(dataset_store.changed)
    assert not workspace.scenarios.ready(cast.analyst)
    assert workspace.scenarios.read(cast.analyst, saved.scenario_id).outdated
