"""The page "After publishing": what it says before there is anything, and once there is."""

from __future__ import annotations

import html
from datetime import datetime, timedelta

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from pages.analyst.after import wording
from pages.analyst.after.versions import frame as table
from smartreco.entities import ListName, Role
from smartreco.evaluation.after import Verdict
from smartreco.workspace import Workspace
from smartreco.workspace.after.after import After
from smartreco.workspace.after.summing import HeldOut, summed
from smartreco.workspace.after.views import AfterPublishing
from smartreco.workspace.core import permits
from tests.pages.conftest import Tab, open_tab, signed_in, words

URL = "after-publishing"
ANALYST = Role.ANALYST
NOW = datetime(2030, 6, 3, 9, 0)


def seen(at: AppTest) -> str:
    assert not at.exception
    return html.unescape(words(at))


def title(at: AppTest) -> str:
    return str(at.title[0].value).replace("\\", "")


def lines(
    version: int, chance: float, shops: int = 40, each: int = 12, *, ago: float = 60.0,
    said: float = np.nan, days: float = 28.0, model: int = -1,
) -> pd.DataFrame:  # fmt: skip
    """Lines of both lists as the store counts them."""
    rng = np.random.default_rng(version + 50)
    size = shops * each
    frame = pd.DataFrame({"shop": np.repeat(np.arange(shops), each)})
    frame = frame.assign(
        version=version, model=model, rank=1 + np.tile(np.arange(each), shops),
        shown_at=NOW - timedelta(days=ago), days=days, said=said,
        added=rng.uniform(size=size) < chance, ordered=rng.uniform(size=size) < chance,
        dismissed=rng.uniform(size=size) < 0.02,
    )  # fmt: skip
    return pd.concat([frame.assign(list="discover"), frame.assign(list="reorder")])


def showing(
    monkeypatch: pytest.MonkeyPatch, *parts: pd.DataFrame, held_out: HeldOut | None = None
) -> None:
    """Let the page read lines that a test made up; the store is left alone."""

    @permits(Role.ANALYST, Role.ADMIN)
    def read(self: After, principal: object, days: int = 28) -> AfterPublishing:
        return summed(pd.concat(parts, ignore_index=True), NOW, days, held_out or {})

    monkeypatch.setattr(After, "read", read)


def test_before_any_shop_has_looked_it_says_what_will_be_here(own_tab: Tab) -> None:
    at = own_tab(URL, ANALYST)
    assert title(at) == "No shop has opened a list yet"
    assert "will appear here" in seen(at)
    assert "What this cannot tell" in seen(at)
    assert "%" not in title(at)


def test_what_a_shop_has_just_seen_is_counted_and_the_first_shares_have_a_date(
    workspace: Workspace, own_tab: Tab
) -> None:
    own_tab("for-you", Role.RETAILER)
    at = own_tab(URL, ANALYST)
    assert "lines shown so far: first shares on" in title(at)
    assert "at 1 shop" in seen(at)
    assert "not enough data" in seen(at)
    version = workspace.blends.current(signed_in(workspace, ANALYST)).version
    assert f"Version {version}" in seen(at)


def test_the_answer_tells_what_came_beside_what_was_promised(
    tab: Tab, monkeypatch: pytest.MonkeyPatch
) -> None:
    showing(monkeypatch, lines(1, 0.2, ago=100, said=0.2), lines(2, 0.5, said=0.2))
    at = tab(URL, ANALYST)
    assert title(at).endswith("of the lines of version 2 were ordered within 4 weeks")
    assert "20.0% was promised: more came than that." in seen(at)
    assert "beyond noise" in seen(at)
    assert "20.0% stated" in seen(at)


def test_noise_is_called_noise_and_unlike_times_are_not_compared(
    tab: Tab, monkeypatch: pytest.MonkeyPatch
) -> None:
    showing(monkeypatch, lines(1, 0.3, ago=100), lines(2, 0.3, said=0.3))
    text = seen(tab(URL, ANALYST))
    assert "no more than noise" in text
    assert "kept, as far as can be told" in text
    showing(monkeypatch, lines(1, 0.3, ago=100, days=12.0), lines(2, 0.3))
    text = seen(tab(URL, ANALYST))
    assert "cannot be compared" in text


def test_few_shops_make_no_figure(tab: Tab, monkeypatch: pytest.MonkeyPatch) -> None:
    showing(monkeypatch, lines(1, 0.3, shops=4, each=40))
    at = tab(URL, ANALYST)
    assert title(at) == "160 lines shown so far: not enough data for a share"
    assert "A share takes at least 100 lines of 10 shops" in seen(at)
    assert "not enough data" in seen(at)


def test_lines_of_before_versions_and_held_out_precision_are_named(
    tab: Tab, monkeypatch: pytest.MonkeyPatch
) -> None:
    older = lines(-1, 0.3, ago=120, model=4)
    showing(monkeypatch, older, lines(2, 0.3), held_out={(2, ListName.DISCOVER): 0.125})
    text = seen(tab(URL, ANALYST))
    assert "Before versions (model 4)" in text
    assert "12.5% on held-out weeks" in text


def test_a_week_is_not_held_against_a_promise_of_four(
    tab: Tab, monkeypatch: pytest.MonkeyPatch, shared_workspace: Workspace
) -> None:
    showing(monkeypatch, lines(2, 0.3, said=0.9))
    assert "was promised" in seen(tab(URL, ANALYST))
    at = open_tab(shared_workspace, URL, ANALYST, days="7", list="reorder")
    assert "within one week" in title(at)
    assert "was promised" not in seen(at)


def test_another_pair_of_versions_can_be_compared(
    tab: Tab, monkeypatch: pytest.MonkeyPatch
) -> None:
    showing(monkeypatch, lines(1, 0.2, ago=120), lines(2, 0.6, ago=90), lines(3, 0.6, ago=60))
    at = tab(URL, ANALYST)
    assert "Version 3 against Version 2" in seen(at)
    at.selectbox(key="after-pair").set_value(1).run()
    text = seen(at)
    assert "Version 2 against Version 1" in text
    assert "Ordered: +" in text


def test_the_file_holds_every_version_and_list() -> None:
    found = summed(pd.concat([lines(1, 0.2), lines(2, 0.4, ago=40)]), NOW, 28, {})
    frame = table(found)
    assert len(frame) == 4
    assert (frame["ordered_lines"] == [one.ordered.hits for one in found.outcomes]).all()
    assert frame["ordered_low"].le(frame["ordered"]).all()


def test_every_verdict_has_words() -> None:
    assert set(wording.VERDICTS) == set(Verdict)
