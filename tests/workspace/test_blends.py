"""What is published decides every list at once, is never altered, and can be gone back from."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from smartreco.entities import OPERATOR, ListName, Recommendation
from smartreco.errors import InputError, NotAllowedError, NotFoundError
from smartreco.language import Language
from smartreco.recommend.blend import Blend
from smartreco.recommend.habits import FOREVER
from smartreco.recommend.recipe import Recipe
from smartreco.scenario.scenario import Scenario
from smartreco.scenario.words import say_all
from smartreco.store import audit, blend_proposals
from smartreco.store import blends as blend_store
from smartreco.store import models as model_store
from smartreco.store.blend_proposals import ProposalRow
from smartreco.store.rules import RuleSpec
from smartreco.store.sealing import canonical, sealed
from smartreco.workspace import Workspace
from smartreco.workspace.blend.book import read_book
from smartreco.workspace.blend.documents import plain_publication
from smartreco.workspace.blend.views import Origin, Publication
from smartreco.workspace.draft_items import DraftItem
from tests.conftest import Cast, opened, opened_copy

Lines = tuple[Recommendation, ...]
LISTS = (ListName.REORDER, ListName.DISCOVER)


@pytest.fixture(scope="module")
def tried(small_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A workspace that tests of this module publish in, one after the other."""
    own = opened_copy(small_store, tmp_path_factory.mktemp("blends"))
    yield own
    own.close()


def leaning(workspace: Workspace, **shares: float) -> Recipe:
    """The recipe in force with other weights for discovery."""
    recipe = workspace.models.current.recipe
    return replace(recipe, blend=recipe.blend.with_list(ListName.DISCOVER, shares))


def lists(workspace: Workspace, cast: Cast) -> tuple[Lines, ...]:
    shop = str(cast.retailer.retailer_id)
    return tuple(workspace.lists.recommend(cast.retailer, shop, name) for name in LISTS)


def entries(workspace: Workspace, action: str) -> list[audit.Entry]:
    with workspace.store.cursor() as cursor:
        return [one for one in audit.latest(cursor, 1000) if one.action == action]


def test_the_first_version_is_what_the_first_fit_learned(tried: Workspace, cast: Cast) -> None:
    first = tried.blends.all(cast.analyst)[-1]
    held = tried.models.current
    assert (first.version, first.origin, first.author) == (1, Origin.LEARNED, "smartreco")
    assert first.recipe.to_dict() == tried.blends.learned(cast.analyst).to_dict()
    assert (first.data_version, first.model_version) == (held.data_version, held.version)
    assert first.whole
    shop = str(cast.retailer.retailer_id)
    plain = held.learned.recommend(shop, ListName.DISCOVER, 5)
    assert held.model.recommend(shop, ListName.DISCOVER, 5) == plain
    settings = tried.blends.settings(cast.analyst)
    assert set(settings.damping) < set(settings.half_life)


def test_a_publication_changes_the_next_page_of_a_shop(tried: Workspace, cast: Cast) -> None:
    shop = str(cast.retailer.retailer_id)
    before = tried.lists.for_you(cast.retailer, shop)
    was = tried.blends.current(cast.analyst)
    evidence = {"inner": {"discover": {"ndcg": 0.31}}}
    made = tried.blends.publish(
        cast.analyst, leaning(tried, peers=1.0), " Peers say more ", Origin.SEARCHED, evidence
    )
    after = tried.lists.for_you(cast.retailer, shop)
    assert after.blend_version == made.version == before.blend_version + 1
    assert [one.product for one in after.discover] != [one.product for one in before.discover]
    assert {one.component for line in after.discover for one in line.recommendation.reasons} == {
        "peers"
    }
    assert made.in_force
    assert made.published_at is not None
    assert (made.author, made.reason, made.origin) == ("ana", "Peers say more", Origin.SEARCHED)
    assert made.metrics == evidence
    assert tried.blends.current(cast.product_manager) == made
    product = after.discover[0].product.product_id
    view = tried.lists.explain(cast.retailer, shop, product, ListName.DISCOVER, Language())
    assert view.blend_version == made.version
    noted = entries(tried, "blend published")[0]
    assert (noted.username, noted.subject) == ("ana", f"blend version {made.version}")
    assert noted.detail["why"] == "Peers say more"
    assert noted.detail["replaced"] == was.version
    changed = {one["setting"] for one in noted.detail["changes"]}  # type: ignore[attr-defined]
    assert "peers" in changed


def test_going_back_restores_lists_and_scores_to_the_bit(
    small_store: Path, tmp_path: Path, cast: Cast
) -> None:
    own = opened_copy(small_store, tmp_path)
    other = 20.0 if set(own.blends.settings(OPERATOR).half_life.values()) != {20.0} else 60.0
    seen: dict[int, tuple[Lines, ...]] = {1: lists(own, cast)}
    recipes = (
        leaning(own, peers=2.0, collaborative=1.0),
        replace(leaning(own, collaborative=1.0), half_life=other, damping=0.3),
        replace(leaning(own, succession=1.0), half_life=FOREVER, diversity={LISTS[1]: 0.6}),
    )
    for recipe in recipes:
        made = own.blends.publish(cast.analyst, recipe, "to be gone back from")
        seen[made.version] = lists(own, cast)
    assert all(seen[one] != seen[two] for one in seen for two in seen if one < two)
    for version in (3, 1, 2, 4):
        if version != own.blends.current(cast.analyst).version:
            done = own.blends.roll_back(cast.analyst, version, "it was better")
            assert (done.version, done.username) == (version, "ana")
        assert lists(own, cast) == seen[version]
    own.blends.roll_back(cast.analyst, 3, "again")
    folder = own.settings.db.parent
    own.close()
    again = opened(folder)
    try:
        assert again.models.current.blend_version == 3
        assert lists(again, cast) == seen[3]
        noted = [one.version for one in again.blends.publications(cast.analyst)]
        assert noted == [3, 4, 2, 1, 3, 4, 3, 2, 1]
        assert len(entries(again, "blend rolled back")) == 5
    finally:
        again.close()


def test_the_same_again_a_word_too_few_and_strange_weights_are_refused(
    tried: Workspace, cast: Cast
) -> None:
    blends, held = tried.blends, tried.models.current.recipe
    before = len(blends.all(cast.analyst)), len(blends.publications(cast.analyst))
    other = leaning(tried, content=1.0)
    strange = Recipe(Blend.from_dict({"discover": {"gut_feeling": 1.0}}))
    with pytest.raises(InputError, match="changes something"):
        blends.publish(cast.analyst, held, "once more")
    with pytest.raises(InputError, match="changes something"):
        blends.roll_back(cast.analyst, blends.current(cast.analyst).version, "once more")
    with pytest.raises(InputError, match="3 to 500"):
        blends.publish(cast.analyst, other, "  x ")
    with pytest.raises(InputError, match="plain numbers"):
        blends.publish(cast.analyst, other, "why not", metrics={"ndcg": float("nan")})
    with pytest.raises(InputError, match="weights are given to"):
        blends.publish(cast.analyst, strange, "a feeling")
    with pytest.raises(NotFoundError, match="named by its number"):
        blends.roll_back(cast.analyst, 99, "no such")
    for who in (cast.product_manager, cast.retailer, cast.vendor):
        with pytest.raises(NotAllowedError):
            blends.publish(who, other, "let me")
    assert (len(blends.all(cast.analyst)), len(blends.publications(cast.analyst))) == before


def test_differences_name_list_setting_and_both_values(tried: Workspace, cast: Cast) -> None:
    held = tried.models.current.recipe
    after = replace(held, half_life=60.0, diversity={ListName.DISCOVER: 0.4})
    found = {(one.list, one.setting): one for one in tried.blends.changes(cast.analyst, 1, after)}
    assert found[None, "half_life"].before is None
    assert found[None, "half_life"].after == 60.0
    assert found[ListName.DISCOVER, "diversity"].after == 0.4
    assert tried.blends.changes(cast.analyst, 1, 1) == ()


def test_two_who_publish_at_once_give_two_whole_versions(tried: Workspace, cast: Cast) -> None:
    wanted = [leaning(tried, collaborative=1.0, peers=one) for one in (0.5, 2.0)]
    made = []

    def publish(recipe: Recipe) -> None:
        made.append(tried.blends.publish(cast.analyst, recipe, "at once"))

    threads = [threading.Thread(target=publish, args=(one,)) for one in wanted]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    versions = sorted(one.version for one in made)
    assert versions == [versions[0], versions[0] + 1]
    newest, before = tried.blends.all(cast.analyst)[:2]
    assert newest.whole
    assert before.whole
    kept = {canonical(one.recipe.to_dict()) for one in (newest, before)}
    assert kept == {canonical(one.to_dict()) for one in wanted}
    held = tried.models.current
    assert held.blend_version == newest.version
    assert held.model.blend.to_dict() == newest.recipe.blend.to_dict()


def test_the_stronger_of_rule_and_recipe_varies_a_list(tried: Workspace, cast: Cast) -> None:
    def strength() -> float:
        with tried.store.cursor() as cursor:
            held = tried.models.latest(cursor)
            return tried.rules.published(cursor, held)[ListName.DISCOVER].strength

    assert strength() == 0.0
    varied = replace(tried.models.current.recipe, diversity={ListName.DISCOVER: 0.5})
    tried.blends.publish(cast.analyst, varied, "less of the same")
    assert strength() == 0.5
    rule = tried.rules.add(cast.analyst, RuleSpec("diversity", amount=0.2))
    assert strength() == 0.5
    assert len(tried.rules.effects(cast.analyst)) == 1
    tried.rules.change(cast.analyst, rule, RuleSpec("diversity", amount=0.9))
    assert strength() == 0.9
    tried.rules.remove(cast.analyst, rule)
    assert strength() == 0.5


def test_acts_lines_and_orders_carry_the_version_that_showed_them(
    workspace: Workspace, cast: Cast
) -> None:
    shop, drafts = str(cast.retailer.retailer_id), workspace.drafts
    for sql in (
        "UPDATE vendors SET min_order_value = NULL", "UPDATE retailers SET credit_limit = NULL",
    ):  # fmt: skip
        workspace.store.write(lambda cursor, asked=sql: cursor.execute(asked))
    old = workspace.lists.for_you(cast.retailer, shop)
    first, second, third = (line.product.product_id for line in old.discover[:3])
    drafts.add_many(cast.retailer, shop, [(first, 6, ListName.DISCOVER), (third, 6, None)])
    made = workspace.blends.publish(cast.analyst, leaning(workspace, peers=1.0), "in between")
    late = DraftItem(second, 6, ListName.DISCOVER, old.blend_version)
    drafts.add_many(cast.retailer, shop, [late])
    new = workspace.lists.for_you(cast.retailer, shop)
    shown = [line.product.product_id for line in new.discover]
    taken = next(one for one in shown if one not in {first, second, third})
    workspace.lists.seen(cast.retailer, shop, new.discover[:1], new.model_version, made.version)
    draft = drafts.add(cast.retailer, shop, taken, 6, ListName.DISCOVER)
    by = {line.product.product_id: line.blend_version for line in draft.lines}
    assert by == {first: 1, second: 1, third: None, taken: made.version}
    drafts.remove(cast.retailer, shop, second)
    assert {line.blend_version for line in drafts.undo(cast.retailer, shop).lines} == {1, None, 2}
    drafts.dismiss(cast.retailer, shop, shown[-1], ListName.DISCOVER)
    order = workspace.orders.place(cast.retailer, shop)
    with workspace.store.cursor() as cursor:
        rows = cursor.execute(
            "SELECT kind, product_id, blend_version FROM events WHERE kind <> 'added'"
        ).fetchall()
        (placed,) = cursor.execute(
            "SELECT blend_version FROM orders WHERE order_id = ?", [order.summary.order_id]
        ).fetchall()
    assert placed == (made.version,)
    assert {(kind, version) for kind, _, version in rows if kind != "ordered"} == {
        ("shown", made.version), ("removed", 1), ("dismissed", made.version),
    }  # fmt: skip
    ordered = {product: version for kind, product, version in rows if kind == "ordered"}
    assert ordered == by


def test_what_another_process_publishes_is_noticed_at_the_next_list(
    workspace: Workspace, cast: Cast
) -> None:
    mine = workspace.blends.publish(cast.analyst, leaning(workspace, peers=1.0), "mine")
    before, was = lists(workspace, cast), workspace.models.current

    def elsewhere(cursor: duckdb.DuckDBPyConnection) -> None:
        last = blend_store.publications(cursor)[-1]
        seal = blend_store.versions(cursor)[0].seal
        said = Publication(last.number + 1, 1, 2, "olu", "from elsewhere", workspace.core.now())
        row = sealed(last.number + 1, plain_publication(said, seal), last.seal)
        blend_store.add_publication(cursor, row)

    workspace.store.write(elsewhere)
    assert workspace.models.current is was
    assert lists(workspace, cast) != before
    held = workspace.models.current
    assert (held.blend_version, held.model.blend) == (1, held.recipe.blend)
    assert workspace.blends.read(cast.analyst, mine.version).in_force is False
    with workspace.store.cursor() as cursor:
        assert workspace.blends.in_force(cursor) == 1


def test_a_version_altered_by_sql_is_refused_or_found_and_never_served(
    small_store: Path, tmp_path: Path, cast: Cast
) -> None:
    own = opened_copy(small_store, tmp_path)
    for share in (1.0, 2.0):
        own.blends.publish(cast.analyst, leaning(own, peers=share, content=1.0), "a good one")
    store = own.store
    for table in ("blends", "blend_publications"):
        with pytest.raises(duckdb.Error, match=r"(?i)constraint"):  # in the words of either home
            store.write(lambda c, t=table: c.execute(f"UPDATE {t} SET body = body || ' '"))
    store.write(
        lambda c: c.execute(
            "UPDATE blends SET body = replace(body, 'a good one', 'a better one'), "
            "checksum = md5(version || ':' || replace(body, 'a good one', 'a better one')) "
            "WHERE version = 3"
        )
    )
    found = own.blends.read(cast.analyst, 3)
    assert not found.whole
    assert own.models.current.blend_version == 3  # as it was read when it was whole
    folder = own.settings.db.parent
    own.close()
    again = opened(folder)
    try:
        assert again.models.current.blend_version == 2
        assert again.blends.current(cast.analyst).version == 2
        with pytest.raises(InputError, match="never served"):
            again.blends.roll_back(cast.analyst, 3, "I liked it")
        again.blends.all(cast.analyst)
        assert [one.subject for one in entries(again, "blend altered")] == ["blend version 3"]
        made = again.blends.publish(cast.analyst, leaning(again, affinity=1.0), "go on")
        assert made.version == 4
        assert again.blends.read(cast.analyst, 4).whole
    finally:
        again.close()


def test_a_version_taken_away_is_missed_and_its_number_never_comes_again(
    workspace: Workspace, cast: Cast
) -> None:
    blends = workspace.blends
    for share in (1.0, 2.0):
        blends.publish(cast.analyst, leaning(workspace, peers=share, content=1.0), "a good one")
    workspace.store.write(lambda c: c.execute("DELETE FROM blends WHERE version IN (2, 3)"))
    assert [one.version for one in blends.all(cast.analyst)] == [1]
    gone = {one.subject for one in entries(workspace, "blend altered")}
    assert gone == {"blend version 2", "blend version 3"}
    assert blends.current(cast.analyst).version == 1
    made = blends.publish(cast.analyst, leaning(workspace, affinity=1.0), "go on")
    assert (made.version, made.whole) == (4, True)
    with workspace.store.cursor() as cursor:
        troubles = read_book(cursor).troubles
    assert troubles == {"blend version 2": "gone", "blend version 3": "gone"}


def test_an_analysts_version_outlives_fits_and_a_learned_one_gives_way(
    workspace: Workspace, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    blends, models = workspace.blends, workspace.models
    models.fit(OPERATOR, full=True)
    assert [one.version for one in blends.all(cast.analyst)] == [1]  # it learned the same
    mine = blends.publish(cast.analyst, leaning(workspace, peers=1.0), "mine", Origin.TUNED)
    _learn_otherwise(monkeypatch)
    models.fit(OPERATOR, full=True)
    assert models.current.blend_version == mine.version
    newest = blends.all(cast.analyst)[0]
    assert (newest.version, newest.origin, newest.published_at) == (3, Origin.LEARNED, None)
    assert newest.recipe.to_dict() == blends.learned(cast.analyst).to_dict()
    assert not newest.in_force
    blends.roll_back(cast.analyst, newest.version, "as learned")
    monkeypatch.undo()
    models.fit(OPERATOR, full=True)
    held = blends.current(cast.analyst)
    assert (held.version, held.origin, models.current.blend_version) == (4, Origin.LEARNED, 4)
    assert blends.publications(cast.analyst)[0].username == "smartreco"


def _learn_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    from smartreco.workspace import fits

    learn = fits.learn_model

    def otherwise(*given: object, **named: object) -> object:
        model = learn(*given, **named)  # type: ignore[arg-type]
        return replace(model, blend=model.blend.with_list(ListName.DISCOVER, {"content": 1.0}))

    monkeypatch.setattr(fits, "learn_model", otherwise)


def test_other_data_begin_with_what_is_learned_from_them(workspace: Workspace, cast: Cast) -> None:
    blends = workspace.blends
    mine = blends.publish(cast.analyst, leaning(workspace, peers=1.0), "for the old data")
    workspace.store.write(blend_store.other_data)
    workspace.models.forget()
    workspace.models.fit(OPERATOR)
    held = blends.current(cast.analyst)
    assert (held.version, held.origin) == (mine.version + 1, Origin.LEARNED)
    assert [one.version for one in blends.all(cast.analyst)] == [3, 2, 1]
    again = blends.publish(cast.analyst, mine.recipe, "for the new data")
    workspace.models.fit(OPERATOR)
    assert workspace.models.current.blend_version == again.version


def test_another_half_life_is_kept_beside_its_model_and_goes_with_it(
    workspace: Workspace, cast: Cast
) -> None:
    folder = workspace.settings.model_dir
    recipe = replace(workspace.models.current.recipe, half_life=FOREVER)
    workspace.blends.publish(cast.analyst, recipe, "all of it")
    assert (folder / model_store.aged_file(1, FOREVER)).exists()
    for _ in range(model_store.KEPT):
        workspace.models.fit(OPERATOR)
    kept = sorted(path.name for path in folder.glob("aged-*.npz"))
    assert kept == [model_store.aged_file(one, FOREVER) for one in (2, 3, 4)]


def proposal(workspace: Workspace, number: int, levers: list[dict[str, object]]) -> None:
    content = Scenario.from_dict({"name": "Peers first", "levers": levers}).to_dict()
    row = ProposalRow(number, None, content, {}, "", "mira", workspace.core.now(), 1, 1)
    workspace.store.write(lambda cursor: blend_proposals.add(cursor, row))


def test_a_proposal_becomes_a_recipe_of_its_weights(tried: Workspace, cast: Cast) -> None:
    blends, held = tried.blends, tried.models.current.recipe
    weights = {"kind": "blend", "list": "discover", "weights": {"peers": 3.0, "content": 1.0}}
    rule: dict[str, object] = {"kind": "rule", "rule": "diversity", "amount": 0.5}
    proposal(tried, 1, [weights, rule])
    proposal(tried, 2, [rule])
    found = blends.from_proposal(cast.analyst, 1)
    shares = found.recipe.blend.weights
    assert (shares[ListName.DISCOVER]["peers"], shares[ListName.DISCOVER]["content"]) == (
        0.75,
        0.25,
    )
    assert shares[ListName.REORDER] == held.blend.weights[ListName.REORDER]
    assert "diversity" in say_all(found.left_out, Language())
    made = blends.publish(cast.analyst, found.recipe, "proposed", Origin.SCENARIO)
    assert made.origin is Origin.SCENARIO
    with pytest.raises(InputError, match="comes of weights"):
        blends.from_proposal(cast.analyst, 2)
    with pytest.raises(NotFoundError):
        blends.from_proposal(cast.analyst, 99)
