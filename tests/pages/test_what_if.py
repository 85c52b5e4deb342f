"""The page "What if": ready questions, levers, what comes of them, saved ones and their links."""

from __future__ import annotations

import html

import pytest
from streamlit.testing.v1 import AppTest

from pages.product_manager.what_if import compare
from pages.product_manager.what_if.draft import Draft
from pages.product_manager.what_if.keep import file_name
from pages.product_manager.what_if.lever_forms import FORMS, start
from pages.product_manager.what_if.result import VIEWS
from smartreco.entities import Principal, Role
from smartreco.errors import NotEnoughDataError
from smartreco.language import Language
from smartreco.scenario.levers.registry import LEVERS, lever_from_dict
from smartreco.scenario.outcome import Measure
from smartreco.scenario.scenario import Scenario
from smartreco.workspace import Workspace
from smartreco.workspace.accounts.demo import USERNAMES
from smartreco.workspace.scenario.story_words import tell
from tests.pages.conftest import Tab, open_tab, words

PM = Role.PRODUCT_MANAGER
URL = "what-if"
WRITTEN = ("orders", "order_lines", "stock_levels", "promotions", "rules", "settings", "models")


def seen(at: AppTest) -> str:
    """What a reader reads, with HTML's signs undone."""
    assert not at.exception
    return html.unescape(words(at))


def manager(workspace: Workspace) -> Principal:
    return Principal(USERNAMES[PM], "A manager", PM)


def language_of(workspace: Workspace) -> Language:
    info = workspace.info()
    assert info is not None
    return Language(info.locale, info.currency)


def answer(at: AppTest) -> str:
    return str(at.title[0].value).replace("\\", "")


def shown(workspace: Workspace, **query: str) -> AppTest:
    return open_tab(workspace, URL, PM, **query)


def demand(change: float) -> Scenario:
    return Scenario.from_dict(
        {"name": f"Demand {change:+.0%}", "levers": [{"kind": "demand", "change": change}]}
    )


def stories(workspace: Workspace) -> dict[str, tuple[str, ...]]:
    """The three sentences of each ready question that the data can answer."""
    words, who = language_of(workspace), manager(workspace)
    return {
        one.key: tell(workspace.scenarios.story(who, one.scenario, one.key), words)
        for one in workspace.scenarios.presets(who, words)
        if one.scenario is not None
    }


def test_the_start_tells_each_ready_question_and_one_click_opens_it_with_the_same_figures(
    shared_workspace: Workspace, tab: Tab
) -> None:
    at = tab(URL, PM)
    told, found = seen(at), stories(shared_workspace)
    assert found
    for sentences in found.values():
        assert len(sentences) == 3
        assert all(one in told for one in sentences)
    at.button(key="preset-price-cut").click().run()
    assert "−10%" in seen(at)
    assert all(sentence in seen(at) for sentence in found["price-cut"])
    assert at.query_params["preset"] in ("price-cut", ["price-cut"])
    assert "Revenue over 8 weeks" in answer(at)


def test_every_view_has_at_most_three_charts_and_trust_says_what_was_not_graded(
    shared_workspace: Workspace, tab: Tab
) -> None:
    at = shown(shared_workspace, preset="price-cut")
    for view in ("effect", "where", "trust"):
        assert view in VIEWS
        at.button_group(key="address-view").set_value(view).run()
        assert len(at.get("arrow_vega_lite_chart")) <= 3
    assert "not graded" in seen(at)


def test_an_assumption_is_moved_marked_saved_and_set_back(
    own_tab: Tab, workspace: Workspace
) -> None:
    at = shown(workspace, preset="price-cut")
    usual = answer(at)
    assert "moved by you" not in seen(at)
    at.session_state["what-if-assumptions"] = True
    at.run()
    names = {one.key for one in at.slider if one.key and one.key.startswith("assume-")}
    assert names == {"assume-demand", "assume-response", "assume-substitution"}
    at.slider(key="assume-response").set_value(90).run()
    assert answer(at) != usual
    assert "1 assumption moved by you" in seen(at)
    assert "is held at an elasticity of" in seen(at)
    at.session_state["what-if-save-as"] = True
    at.run()
    at.button(key="what-if-save-it").click().run()
    (kept,) = workspace.scenarios.all(manager(workspace))
    assert kept.scenario.assumptions.moved() == {"response": 0.9}
    for kind in ("html", "pdf"):
        assert workspace.scenarios.report(
            manager(workspace), kept.scenario_id, kind, language_of(workspace)
        )
    page = workspace.scenarios.report(
        manager(workspace), kept.scenario_id, "html", language_of(workspace)
    )
    assert "is held at an elasticity of" in page.decode()
    at.session_state["what-if-assumptions"] = True
    at.run()
    at.button(key="assume-reset").click().run()
    assert answer(at) == usual
    assert "moved by you" not in seen(at)


def test_a_launch_names_likely_shops_and_a_rule_shows_lists(
    shared_workspace: Workspace, tab: Tab
) -> None:
    assert "Shops that may take" in seen(shown(shared_workspace, preset="launch", view="shops"))
    lists = shown(shared_workspace, preset="margin-first")
    assert "New for the shop: changes" in answer(lists)
    assert {"Come onto lists", "Leave lists"} <= {
        part for part in ("Come onto lists", "Leave lists") if part in seen(lists)
    }


def test_a_lever_is_added_moved_and_undone(shared_workspace: Workspace, tab: Tab) -> None:
    at = shown(shared_workspace, new="1")
    assert answer(at) == "Nothing is moved yet"
    at.selectbox(key="what-if-add").set_value("demand").run()
    first = answer(at)
    assert "more" in first
    at.slider(key="lever-0-change").set_value(-20).run()
    scenario = Scenario.from_dict({"name": "x", "levers": [{"kind": "demand", "change": -0.2}]})
    found = shared_workspace.scenarios.run(manager(shared_workspace), scenario)
    share = language_of(shared_workspace).percent(abs(found.of(Measure.REVENUE).share or 0), 1)
    assert f"{share} less" in answer(at)
    at.button(key="what-if-undo").click().run()
    assert answer(at) == first
    assert at.slider(key="lever-0-change").value == 10
    at.button(key="remove-lever-0").click().run()
    assert answer(at) == "Nothing is moved yet"


def test_several_levers_make_one_question_and_weeks_narrow_it(
    shared_workspace: Workspace, tab: Tab
) -> None:
    at = shown(shared_workspace, preset="price-cut")
    at.selectbox(key="what-if-add").set_value("stock_out").run()
    assert {"lever-0-change", "lever-1-weeks"} & {one.key for one in at.slider} == {"lever-1-weeks"}
    whole = answer(at)
    at.slider(key="lever-1-weeks").set_range(1, 1).run()
    assert not at.exception
    assert answer(at) != whole
    at.slider(key="what-if-horizon").set_value(4).run()
    assert "over 4 weeks" in answer(at)


def test_a_refused_lever_says_why_beside_it_and_there_is_no_result(
    shared_workspace: Workspace, tab: Tab
) -> None:
    at = shown(shared_workspace, preset="vendor-out")
    at.slider(key="what-if-horizon").set_value(1).run()
    assert "a lever is moved within the 1 weeks looked at" in seen(at)
    at = shown(shared_workspace, preset="price-cut")
    at.selectbox(key="lever-0-category").set_value(None).run()
    assert answer(at) == "This cannot be asked yet"
    assert "a price lever says what it is about" in seen(at)
    assert not at.get("arrow_vega_lite_chart")


def test_every_kind_of_lever_starts_as_something_that_can_be_asked(
    shared_workspace: Workspace, tab: Tab
) -> None:
    choices = shared_workspace.scenarios.choices(manager(shared_workspace))
    at = shown(shared_workspace, new="1")
    asked = [kind for kind in LEVERS if kind not in choices.missing]
    assert set(LEVERS) <= set(FORMS)
    for place, kind in enumerate(asked):
        lever_from_dict(start(kind, choices))
        at.selectbox(key="what-if-add").set_value(kind).run()
        assert not at.exception
        assert answer(at) != "This cannot be asked yet", kind
        at.button(key=f"remove-lever-{place}").click().run()


def test_saved_opens_by_its_address_for_an_analyst_and_says_what_is_not_saved(
    own_tab: Tab, workspace: Workspace
) -> None:
    kept = workspace.scenarios.save(manager(workspace), demand(0.2))
    at = open_tab(workspace, URL, Role.ANALYST, scenario=str(kept.scenario_id))
    assert "What if: Demand +20%" in seen(at)
    said = answer(at)
    at.slider(key="lever-0-change").set_value(40).run()
    assert "changed, not saved" in seen(at)
    assert answer(at) != said
    assert "what-if-save" not in {button.key for button in at.button}  # it is not the analyst's


def test_an_author_saves_a_change_in_place(own_tab: Tab, workspace: Workspace) -> None:
    kept = workspace.scenarios.save(manager(workspace), demand(0.2))
    at = shown(workspace, scenario=str(kept.scenario_id))
    at.slider(key="lever-0-change").set_value(35).run()
    at.button(key="what-if-save").click().run()
    assert "changed, not saved" not in seen(at)
    read = workspace.scenarios.read(manager(workspace), kept.scenario_id)
    assert read.scenario.levers[0].to_dict()["change"] == 0.35
    assert len(workspace.scenarios.all(manager(workspace))) == 1


def test_a_saved_one_is_renamed_copied_deleted_and_fetched_back(
    own_tab: Tab, workspace: Workspace
) -> None:
    who = manager(workspace)
    number = workspace.scenarios.save(who, demand(0.2)).scenario_id
    at = shown(workspace)
    more(at, number)
    at.text_input(key=f"name-saved-{number}").set_value("A good year")
    at.button(key=f"rename-saved-{number}").click().run()
    assert "A good year" in seen(at)
    more(at, number)
    at.button(key=f"copy-saved-{number}").click().run()
    assert len(workspace.scenarios.all(who)) == 2
    more(at, number)
    at.button(key=f"delete-saved-{number}").click().run()
    assert "“A good year” is deleted" in seen(at)
    assert [one.name for one in workspace.scenarios.all(who)] == ["A good year (2)"]
    at.button(key="saved-undo").click().run()
    assert number in {one.scenario_id for one in workspace.scenarios.all(who)}
    assert "is deleted" not in seen(at)


def more(at: AppTest, number: int) -> None:
    """Open what can be done with a saved one."""
    at.session_state[f"more-saved-{number}"] = True
    at.run()


def test_a_composed_question_is_saved_under_a_name_and_its_link_is_shown(
    own_tab: Tab, workspace: Workspace
) -> None:
    at = shown(workspace, preset="price-cut")
    at.session_state["what-if-save-as"] = True
    at.run()
    at.text_input(key="what-if-name").set_value("Mine").run()
    at.button(key="what-if-save-it").click().run()
    assert not at.exception
    (kept,) = workspace.scenarios.all(manager(workspace))
    assert kept.name == "Mine"
    assert at.query_params["scenario"] in (str(kept.scenario_id), [str(kept.scenario_id)])
    assert "preset" not in at.query_params
    at.session_state["what-if-share"] = True
    at.run()
    assert at.code[0].value.endswith(f"?scenario={kept.scenario_id}")


def test_saved_ones_are_listed_with_what_they_found_and_two_are_compared(
    own_tab: Tab, workspace: Workspace
) -> None:
    who = manager(workspace)
    low, high = (workspace.scenarios.save(who, demand(one)) for one in (-0.3, 0.3))
    at = shown(workspace)
    assert all(one.name in seen(at) for one in (low, high))
    at.button(key="compare-go").click().run()
    assert f"more with “{high.name}” than with “{low.name}”" in answer(at)
    found = workspace.scenarios.compare(who, low.scenario_id, high.scenario_id)
    table = compare.table(found)
    assert set(table["apart"]) <= {"yes", "no"}
    assert table["left_difference"].iloc[0] < 0 < table["right_difference"].iloc[0]


def test_a_link_to_nothing_says_so_and_leads_back(shared_workspace: Workspace, tab: Tab) -> None:
    assert answer(shown(shared_workspace, compare="4711-4712")) == "There is no such question"
    at = shown(shared_workspace, scenario="4711")
    assert answer(at) == "There is no such question"
    at.button(key="empty-what-if").click().run()
    assert "Ready questions" in "".join(str(one.value) for one in at.header)


@pytest.mark.parametrize("query", [{"scenario": "x", "view": "=1"}, {"compare": "1"}])
def test_an_address_that_means_nothing_shows_a_page_all_the_same(
    shared_workspace: Workspace, tab: Tab, query: dict[str, str]
) -> None:
    assert not shown(shared_workspace, **query).exception


def test_data_that_cannot_answer_say_so_in_words(
    shared_workspace: Workspace, tab: Tab, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(*_: object) -> None:
        raise NotEnoughDataError("a forecast needs 8 weeks of orders", "2", "import more weeks")

    monkeypatch.setattr(shared_workspace.scenarios, "presets", none)
    at = shown(shared_workspace)
    assert answer(at) == "These data cannot say what would happen"
    assert "a forecast needs 8 weeks of orders" in seen(at)


def test_two_questions_about_lists_are_compared_by_what_they_do_to_lists(
    own_tab: Tab, workspace: Workspace
) -> None:
    who = manager(workspace)
    rule = {"kind": "rule", "rule": "min_margin", "push": 0.5, "list": "discover"}
    mild, hard = (
        workspace.scenarios.save(
            who, Scenario.from_dict({"name": name, "levers": [{**rule, "amount": amount}]})
        )
        for name, amount in (("Mild", 0.05), ("Hard", 0.4))
    )
    at = shown(workspace, compare=f"{mild.scenario_id}-{hard.scenario_id}")
    assert "Revenue" not in answer(at)
    assert "“Mild”" in answer(at)
    assert "Mean margin, %" in seen(at)
    assert "Pieces sold" not in seen(at)
    table = compare.table(workspace.scenarios.compare(who, mild.scenario_id, hard.scenario_id))
    assert list(table["figure"]) == ["orders", "margin", "variety"]


def test_nothing_on_the_page_writes_to_orders_stock_or_blends(
    own_tab: Tab, workspace: Workspace
) -> None:
    before = counted(workspace)
    at = shown(workspace, preset="margin-first")
    at = shown(workspace, preset="vendor-out")
    at.selectbox(key="what-if-add").set_value("price").run()
    assert not at.exception
    assert counted(workspace) == before


def counted(workspace: Workspace) -> list[int]:
    with workspace.store.cursor() as cursor:
        return [
            int(cursor.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # type: ignore[index]
            for table in (
                "orders",
                "order_lines",
                "stock_levels",
                "promotions",
                "rules",
                "settings",
            )
        ]


def test_a_draft_keeps_what_is_half_filled_in_and_counts_levers_on() -> None:
    draft = Draft("x").with_lever({"kind": "price", "change": 0.1})
    assert set(draft.problems()) == {0}
    draft = draft.changed(0, {"category": "Tea"}).with_lever({"kind": "demand", "change": 0.1})
    assert not draft.problems()
    assert [one.at for one in draft.without(0).with_lever({"kind": "demand"}).levers] == [1, 2]
    again = Draft.of(draft.scenario())
    assert again.asks_the_same(draft)
    assert not again.asks_the_same(draft.without(0))
    assert "category" not in draft.changed(0, {"category": None}).levers[0].plain


def test_a_files_name_holds_nothing_that_a_system_would_refuse() -> None:
    assert file_name("../−10% on “Tea / Coffee”") == "what-if-10-on-tea-coffee"
