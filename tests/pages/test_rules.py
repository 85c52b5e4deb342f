"""The page "List rules": try, see what it costs, publish, switch, remove, undo; for whom."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from smartreco.entities import ListName, Role
from smartreco.store.rules import RuleSpec
from smartreco.workspace import Workspace
from tests.conftest import Cast
from tests.pages.conftest import Tab, keys, seen


def a_vendor(workspace: Workspace, cast: Cast) -> tuple[str, str]:
    """Id and name of one vendor."""
    return next(iter(workspace.rules.choices(cast.analyst).vendors.items()))


@pytest.fixture
def promote(workspace: Workspace, cast: Cast) -> Callable[[AppTest], AppTest]:
    """Fill the form with a strong promotion of a vendor and ask what it changes."""

    def act(at: AppTest) -> AppTest:
        vendor_id, _ = a_vendor(workspace, cast)
        at.selectbox(key="rule-target-vendor").set_value(vendor_id)
        at.slider(key="rule-boost").set_value(2.0)
        at.run()
        at.button(key="rule-preview").click().run()
        assert not at.exception
        return at

    return act


def test_without_rules_the_page_says_so_and_offers_a_trial(tab: Tab) -> None:
    at = tab("list-rules", Role.ANALYST)
    assert not at.exception
    assert at.title[0].value == "No rule holds on the lists"
    assert "Lists are ordered by score alone" in seen(at)
    assert at.button(key="rule-preview").disabled
    assert "rule-publish" not in keys(at)


def test_the_effect_comes_before_publishing_and_the_answer_comes_first(
    own_tab: Tab, workspace: Workspace, cast: Cast, promote: Callable[[AppTest], AppTest]
) -> None:
    at = promote(own_tab("list-rules", Role.ANALYST))
    text = seen(at)
    assert "of lists, " in text
    assert "expected orders" in text or "next to no orders" in text
    assert "Come onto lists" in text
    assert "Leave lists" in text
    shops = len(workspace.models.current.model.market.retailer_ids)
    assert f"Looked at: {shops} shops of {shops}" in text
    assert {"Expected orders a list", "Variety"} <= {metric.label for metric in at.metric}
    assert workspace.rules.all(cast.analyst) == ()
    at.slider(key="rule-boost").set_value(-1.0).run()
    assert "Come onto lists" not in seen(at)
    assert "rule-publish" not in keys(at)


def test_a_published_rule_is_listed_switched_removed_and_brought_back(
    own_tab: Tab, workspace: Workspace, cast: Cast, promote: Callable[[AppTest], AppTest]
) -> None:
    at = promote(own_tab("list-rules", Role.ANALYST))
    at.button(key="rule-publish").click().run()
    _, name = a_vendor(workspace, cast)
    (rule,) = workspace.rules.all(cast.analyst)
    assert rule.spec.amount == 2.0
    assert at.title[0].value.replace("\\", "") == "1 rule holds on the lists"
    assert f"Promote {name} by 2.00 spreads of a shop's scores" in seen(at)
    at.toggle(key=f"rule-on-{rule.rule_id}").set_value(False).run()
    assert not workspace.rules.all(cast.analyst)[0].spec.active
    assert "1 is switched off" in at.title[0].value
    at.button(key=f"rule-off-{rule.rule_id}").click().run()
    assert workspace.rules.all(cast.analyst) == ()
    at.button(key="rule-undo").click().run()
    assert not at.exception
    (back,) = workspace.rules.all(cast.analyst)
    assert back.spec.target_id == rule.spec.target_id
    assert not back.spec.active


def test_a_refused_rule_says_why_and_keeps_nothing(
    own_tab: Tab, workspace: Workspace, cast: Cast, promote: Callable[[AppTest], AppTest]
) -> None:
    vendor_id, _ = a_vendor(workspace, cast)
    workspace.rules.add(cast.analyst, RuleSpec("boost", "vendor", vendor_id, None, 1.0))
    at = promote(own_tab("list-rules", Role.ANALYST))
    assert any("one rule of a kind" in toast.value for toast in at.toast)
    assert "rule-publish" not in keys(at)


def test_each_rule_shows_what_it_does_when_asked(
    own_tab: Tab, workspace: Workspace, cast: Cast
) -> None:
    vendor_id, _ = a_vendor(workspace, cast)
    workspace.rules.add(cast.analyst, RuleSpec("leave_out", "vendor", vendor_id))
    at = own_tab("list-rules", Role.ANALYST)
    assert "of lists, " not in seen(at)
    at.button_group(key="rules-each").set_value(ListName.DISCOVER).run()
    assert not at.exception
    assert "of lists, " in seen(at)


@pytest.mark.parametrize("kind", ["vendor_floor", "vendor_cap", "min_margin", "diversity",
                                  "leave_out", "pin"])  # fmt: skip
def test_every_kind_has_its_own_fields(tab: Tab, kind: str) -> None:
    at = tab("list-rules", Role.ANALYST)
    at.selectbox(key="rule-kind").set_value(kind).run()
    assert not at.exception
    sliders = {slider.key for slider in at.slider}
    own = {"vendor_floor": "rule-floor", "vendor_cap": "rule-cap", "min_margin": "rule-margin",
           "diversity": "rule-variety"}  # fmt: skip
    assert sliders == ({own[kind]} if kind in own else set())
    if kind == "min_margin":
        at.toggle(key="rule-soft").set_value(True).run()
        assert "rule-push" in {slider.key for slider in at.slider}
    if kind in ("diversity", "vendor_cap"):
        at.button(key="rule-preview").click().run()
        assert not at.exception
        assert "Looked at" in seen(at)


def test_a_product_manager_previews_and_can_change_nothing(
    own_tab: Tab, workspace: Workspace, cast: Cast, promote: Callable[[AppTest], AppTest]
) -> None:
    rule_id = workspace.rules.add(cast.analyst, RuleSpec("diversity", amount=0.5))
    at = promote(own_tab("list-rules", Role.PRODUCT_MANAGER))
    assert "of lists, " in seen(at)
    assert "rule-publish" not in keys(at)
    assert f"rule-off-{rule_id}" not in keys(at)
    assert at.toggle(key=f"rule-on-{rule_id}").disabled
    assert "an analyst publishes it" in seen(at)


def test_an_admin_may_publish(own_tab: Tab, promote: Callable[[AppTest], AppTest]) -> None:
    assert "rule-publish" in keys(promote(own_tab("list-rules", Role.ADMIN)))


def test_a_shop_reads_which_rule_moved_a_line(
    own_tab: Tab, workspace: Workspace, cast: Cast
) -> None:
    vendor_id, name = a_vendor(workspace, cast)
    workspace.rules.add(cast.analyst, RuleSpec("boost", "vendor", vendor_id, "discover", 3.0))
    at = own_tab("for-you", Role.RETAILER)
    product = workspace.models.current.catalogue.product
    offered = [key.removeprefix("add-") for key in keys(at) - {"add-all-due"} if "add-" in key]
    at.session_state[f"why-{next(one for one in offered if product(one).vendor == name)}"] = True
    at.run()
    assert not at.exception
    assert f"Moved up by a rule: {name} is promoted" in seen(at)
