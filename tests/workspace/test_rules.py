"""Published rules: who changes them, what they do to every list, what is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from smartreco.entities import ListName, Role
from smartreco.errors import InputError, NotAllowedError, NotFoundError
from smartreco.language import Language
from smartreco.store import rules as rule_store
from smartreco.store.connection import Cursor
from smartreco.store.rules import RuleSpec
from smartreco.workspace import Workspace
from smartreco.workspace.rule_views import RuleChange, rule_words
from smartreco.workspace.views import ListFilter
from tests.conftest import Cast


def vendor(workspace: Workspace, number: int = 0) -> str:
    products = workspace.models.current.catalogue.products
    return str(sorted(products["vendor_id"].dropna().unique())[number])


def listed(workspace: Workspace, cast: Cast, name: ListName = ListName.DISCOVER) -> list[str]:
    shop = str(cast.retailer.retailer_id)
    return [line.product_id for line in workspace.lists.recommend(cast.retailer, shop, name, 10)]


def test_a_rule_holds_from_the_next_list_on_until_it_is_gone(
    workspace: Workspace, cast: Cast
) -> None:
    free = listed(workspace, cast)
    spec = RuleSpec("leave_out", "product", free[0])
    rule_id = workspace.rules.add(cast.analyst, spec)
    assert listed(workspace, cast)[:3] == free[1:4]
    workspace.rules.change(cast.analyst, rule_id, replace(spec, active=False))
    assert listed(workspace, cast) == free
    workspace.rules.change(cast.admin, rule_id, spec)
    assert listed(workspace, cast) != free
    assert workspace.rules.remove(cast.analyst, rule_id) == spec
    assert listed(workspace, cast) == free


def test_a_rule_of_one_list_leaves_the_others_alone(workspace: Workspace, cast: Cast) -> None:
    before = listed(workspace, cast, ListName.REORDER)
    top = listed(workspace, cast, ListName.ALL)[0]
    workspace.rules.add(cast.analyst, RuleSpec("leave_out", "product", top, "discover"))
    assert listed(workspace, cast, ListName.REORDER) == before
    assert listed(workspace, cast, ListName.ALL)[0] == top


def test_pages_files_and_explanations_follow_the_same_rules(
    workspace: Workspace, cast: Cast
) -> None:
    shop = str(cast.retailer.retailer_id)
    catalogue = workspace.models.current.catalogue
    workspace.rules.add(cast.analyst, RuleSpec("boost", "vendor", vendor(workspace), None, 2.0))
    workspace.rules.add(cast.analyst, RuleSpec("vendor_cap", amount=2.0))
    workspace.rules.add(cast.analyst, RuleSpec("diversity", amount=0.5))
    found = listed(workspace, cast)
    page = workspace.lists.for_you(cast.retailer, shop)
    assert [line.product.product_id for line in page.discover][:10] == found
    (frame,) = workspace.lists.recommend_many(
        cast.analyst, [shop], ListName.DISCOVER, 10, Language()
    )
    assert frame["product_id"].tolist() == found
    counts: dict[str | None, int] = {}
    for product_id in found:
        of = catalogue.product(product_id).vendor_id
        counts[of] = counts.get(of, 0) + 1
    assert max(counts.values()) <= 2
    for place, product_id in enumerate(found):
        answer = workspace.lists.explain(
            cast.retailer, shop, product_id, ListName.DISCOVER, Language()
        )
        assert answer.rank == place + 1


def test_who_filters_by_a_vendor_sees_all_of_his_products(workspace: Workspace, cast: Cast) -> None:
    shop = str(cast.retailer.retailer_id)
    names = workspace.rules.choices(cast.analyst).vendors
    name = names[vendor(workspace)]

    def asked() -> list[str]:
        lines = workspace.lists.recommend(
            cast.retailer, shop, ListName.ALL, 10, ListFilter(vendors=(name,))
        )
        return [line.product_id for line in lines]

    free = asked()
    assert len(free) > 2
    workspace.rules.add(cast.analyst, RuleSpec("vendor_cap", amount=1.0))
    workspace.rules.add(cast.analyst, RuleSpec("leave_out", "product", free[1]))
    assert asked()[: len(free) - 1] == [free[0], *free[2:]]


def test_the_store_is_asked_for_rules_again_only_after_a_change(
    workspace: Workspace, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed(workspace, cast)
    read, reads = rule_store.every, []

    def counted(cursor: Cursor) -> object:
        reads.append(cursor)
        return read(cursor)

    monkeypatch.setattr("smartreco.workspace.published_rules.rule_store.every", counted)
    listed(workspace, cast)
    assert not reads
    workspace.rules.add(cast.analyst, RuleSpec("diversity", amount=0.5))
    reads.clear()
    listed(workspace, cast)
    listed(workspace, cast)
    assert len(reads) == 1


def test_a_preview_keeps_nothing_and_agrees_with_what_then_happens(
    workspace: Workspace, cast: Cast
) -> None:
    free = listed(workspace, cast)
    spec = RuleSpec("leave_out", "product", free[0])
    found = workspace.rules.preview(cast.product_manager, [RuleChange(None, spec)])
    assert found.changed > 0
    assert found.leaving[0].product_id == free[0]
    assert listed(workspace, cast) == free
    assert workspace.rules.all(cast.product_manager) == ()
    rule_id = workspace.rules.add(cast.analyst, spec)
    back = workspace.rules.preview(cast.analyst, [RuleChange(rule_id, None)])
    assert back.changed == found.changed
    assert back.entering[0].product_id == free[0]
    (one,) = workspace.rules.effects(cast.analyst)
    assert one.rule.rule_id == rule_id
    assert one.effect.changed == found.changed


def test_a_product_manager_previews_and_changes_nothing(workspace: Workspace, cast: Cast) -> None:
    rule_id = workspace.rules.add(cast.analyst, RuleSpec("diversity", amount=0.5))
    attempts = (
        lambda: workspace.rules.add(cast.product_manager, RuleSpec("vendor_cap", amount=2.0)),
        lambda: workspace.rules.change(cast.product_manager, rule_id, RuleSpec("diversity")),
        lambda: workspace.rules.remove(cast.product_manager, rule_id),
    )
    for attempt in attempts:
        with pytest.raises(NotAllowedError):
            attempt()
    for role in (Role.RETAILER, Role.VENDOR):
        with pytest.raises(NotAllowedError):
            workspace.rules.all(cast.of(role))


def test_every_change_is_in_the_audit_log(workspace: Workspace, cast: Cast) -> None:
    spec = RuleSpec("diversity", amount=0.5, note="calmer lists")
    rule_id = workspace.rules.add(cast.analyst, spec)
    workspace.rules.change(cast.admin, rule_id, replace(spec, amount=0.2))
    workspace.rules.remove(cast.analyst, rule_id)
    newest, _ = workspace.people.audit_trail(cast.admin, limit=3)
    entries = {entry.action: entry for entry in newest}
    assert set(entries) == {"rule added", "rule changed", "rule removed"}
    assert entries["rule added"].detail["note"] == "calmer lists"
    changed = entries["rule changed"]
    assert changed.username == cast.admin.username
    assert changed.detail["before"]["amount"] == 0.5  # type: ignore[index]
    assert changed.detail["after"]["amount"] == 0.2  # type: ignore[index]


@pytest.mark.parametrize(
    ("spec", "words"),
    [
        (RuleSpec("luck"), "a rule is one of"),
        (RuleSpec("boost", amount=1.0), "about product or category or vendor"),
        (RuleSpec("boost", "vendor", "nobody", amount=1.0), "of this data set"),
        (RuleSpec("leave_out", "product", "nothing"), "of this data set"),
        (RuleSpec("diversity", list="weekly"), "a list is"),
        (RuleSpec("diversity", amount=1.5), "from 0 to 1"),
        (RuleSpec("diversity", amount=float("nan")), "from 0 to 1"),
        (RuleSpec("vendor_cap", amount=0.0), "from 0.01"),
        (RuleSpec("vendor_cap", amount=2.5), "whole number"),
        (RuleSpec("vendor_cap", amount=11.0), "whole number"),
        (RuleSpec("diversity", amount=0.5, push=1.0), "only a minimum margin"),
        (RuleSpec("diversity", amount=0.5, note="x" * 201), "a note has"),
    ],
)
def test_a_rule_that_means_nothing_is_refused(
    shared_workspace: Workspace, cast: Cast, spec: RuleSpec, words: str
) -> None:
    for attempt in (
        lambda: shared_workspace.rules.add(cast.analyst, spec),
        lambda: shared_workspace.rules.preview(cast.analyst, [RuleChange(None, spec)]),
    ):
        with pytest.raises(InputError, match=words):
            attempt()
    assert shared_workspace.rules.all(cast.analyst) == ()


def test_rules_that_contradict_each_other_are_refused(workspace: Workspace, cast: Cast) -> None:
    one, two = vendor(workspace), vendor(workspace, 1)
    product = str(workspace.models.current.catalogue.products["product_id"].iloc[0])
    rules = workspace.rules
    first = rules.add(cast.analyst, RuleSpec("vendor_floor", "vendor", one, amount=6.0))
    rules.add(cast.analyst, RuleSpec("pin", "product", product))
    for spec, words in (
        (RuleSpec("vendor_floor", "vendor", two, amount=5.0), "places there are"),
        (RuleSpec("vendor_cap", "vendor", one, amount=2.0), "cap is not below"),
        (RuleSpec("vendor_cap", amount=0.3), "cap is not below"),
        (RuleSpec("vendor_floor", "vendor", one, amount=2.0), "one rule of a kind"),
        (RuleSpec("leave_out", "product", product), "pinned or left out"),
    ):
        with pytest.raises(InputError, match=words):
            rules.add(cast.analyst, spec)
    rules.add(cast.analyst, RuleSpec("vendor_cap", amount=0.3, active=False))
    rules.change(cast.analyst, first, RuleSpec("vendor_floor", "vendor", one, "reorder", 6.0))
    rules.add(cast.analyst, RuleSpec("vendor_floor", "vendor", two, "discover", 5.0))


def test_a_rule_is_named_by_a_number_that_exists(shared_workspace: Workspace, cast: Cast) -> None:
    for attempt in (
        lambda: shared_workspace.rules.remove(cast.analyst, 77),
        lambda: shared_workspace.rules.change(cast.analyst, 77, RuleSpec("diversity", amount=0.5)),
        lambda: shared_workspace.rules.preview(cast.analyst, [RuleChange(77, None)]),
    ):
        with pytest.raises(NotFoundError, match="number"):
            attempt()


def test_a_rule_reads_as_a_sentence_with_names(shared_workspace: Workspace, cast: Cast) -> None:
    english = Language()
    names = shared_workspace.rules.choices(cast.analyst)
    vendor_id, name = next(iter(names.vendors.items()))
    said = {
        rule_words(RuleSpec("boost", "vendor", vendor_id, amount=0.5), name, english),
        rule_words(RuleSpec("boost", "vendor", vendor_id, amount=-0.5), name, english),
        rule_words(RuleSpec("vendor_cap", amount=3.0), None, english),
        rule_words(RuleSpec("vendor_floor", "vendor", vendor_id, amount=0.2), name, english),
        rule_words(RuleSpec("min_margin", amount=0.1, push=1.0), None, english),
        rule_words(RuleSpec("pin", "product", "gone"), None, english),
    }
    assert said == {
        f"Promote {name} by 0.50 spreads of a shop's scores",
        f"Hold {name} back by 0.50 spreads of a shop's scores",
        "Give any vendor at most 3 of 10 places",
        f"Keep at least 20% of the places for {name}",
        "Move products with a margin below 10% down by 1.00 spreads",
        "Pin gone (not in this data set) to the top",
    }
