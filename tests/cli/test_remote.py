"""Commands against a running app say what the same commands on the store's file say."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from smartreco.cli import main
from smartreco.cli.registry import COMMANDS
from smartreco.cli.remote.keeping import multipart
from smartreco.cli.remote.registry import REMOTE
from smartreco.workspace.vendor.listing.registry import LISTINGS
from tests.cli.apps import App, copied, serving
from tests.cli.conftest import OWN, Answer, Run

Call = Callable[..., Answer]
SCENARIO = (
    'name = "Cheaper rice"\nhorizon = 4\ndraws = 40\n[[levers]]\nkind = "demand"\nchange = 0.2\n'
)


@pytest.fixture(scope="module")
def shop_app(imported: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    settings = copied(imported, tmp_path_factory.mktemp("shop-app"))
    with serving(settings, "shop-1", None) as app:
        yield app


@pytest.fixture(scope="module")
def trade_app(trade: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    settings = copied(trade, tmp_path_factory.mktemp("trade-app"))
    with serving(settings, "r1", "v1") as app:
        yield app


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Call:
    for name in (*OWN, "SMARTRECO_STORE", "SMARTRECO_TOKEN"):
        monkeypatch.delenv(name, raising=False)

    def ask(app: App | None, token: str | None, *words: str | Path) -> Answer:
        monkeypatch.setenv("SMARTRECO_URL", "http://127.0.0.1:9" if app is None else app.url)
        if token is not None:
            monkeypatch.setenv("SMARTRECO_TOKEN", token)
        try:
            code = main([str(word) for word in words])
        except SystemExit as stop:
            code = int(stop.code or 0)
        caught = capsys.readouterr()
        return Answer(code, caught.out, caught.err)

    return ask


@pytest.mark.parametrize(
    "words",
    [
        ("recommend", "--all", "-k", "3"),
        ("recommend", "--retailer", "shop-3", "shop-1", "--list", "discover"),
        ("forecast", "--level", "product", "--horizon", "3"),
        ("forecast", "--level", "total", "--horizon", "5", "--freq", "day"),
        ("order", "--retailer", "shop-1", "--budget", "900"),
        ("elasticity", "--id", "rice"),
        ("blend", "list"),
        ("blend", "show", "1"),
        ("blend", "show", "1", "--json"),
        ("scenario", "levers"),
        ("scenario", "list"),
    ],
    ids=" ".join,
)
def test_the_app_says_what_the_file_says(
    filled: Run, shop_app: App, call: Call, words: tuple[str, ...]
) -> None:
    there = call(shop_app, shop_app.tokens["admin"], *words)
    assert there.code == 0, there.err
    assert plain(there.out) == plain(filled(*words).out)


@pytest.mark.parametrize(
    ("part", "table"), [(one.name, table) for one in LISTINGS for table in one.tables]
)
def test_every_table_of_a_vendor_is_the_same_frame(
    trading: Run, trade_app: App, call: Call, tmp_path: Path, part: str, table: str
) -> None:
    here, there = tmp_path / "here.parquet", tmp_path / "there.parquet"
    words = ("vendor", part, "--vendor", "v1", "--show", table)
    trade_app.workspace.vendor_reach.warm()
    local = trading(*words, "--out", here)
    remote = call(trade_app, trade_app.tokens["vendor"], *words, "--out", there)
    assert (remote.code, local.code) == (0, 0), remote.err + local.err
    assert remote.out.replace("there.", "here.") == local.out
    one, other = pd.read_parquet(here), pd.read_parquet(there)
    pd.testing.assert_frame_equal(one, other, check_dtype=False, check_exact=True)


def test_the_filter_of_a_vendor_goes_along(trading: Run, trade_app: App, call: Call) -> None:
    words = ("vendor", "demand", "--vendor", "v1", "--show", "shops", "--region", "North")
    there = call(trade_app, trade_app.tokens["vendor"], *words)
    assert there.out == trading(*words).out
    assert "Bela" not in there.out


def test_a_vendor_asks_in_vain_for_another(trade_app: App, call: Call) -> None:
    refused = call(trade_app, trade_app.tokens["vendor"], "vendor", "stock", "--vendor", "v2")
    assert refused.code == 2
    assert "an account sees its own products only" in refused.err
    assert refused.out == ""


def test_a_scenario_is_run_kept_and_reported(
    filled: Run, shop_app: App, call: Call, tmp_path: Path
) -> None:
    file, token = tmp_path / "s.toml", shop_app.tokens["product_manager"]
    file.write_text(SCENARIO)
    for words in (("scenario", "run", file), ("scenario", "run", file, "--show", "products")):
        there = call(shop_app, token, *words)
        assert there.code == 0, there.err
        assert there.out == filled(*words).out
    saved = call(shop_app, token, "scenario", "save", file)
    assert re.match(r"Saved as scenario \d+: Cheaper rice", saved.out), saved.err
    report = tmp_path / "r.html"
    assert call(shop_app, token, "scenario", "run", "--saved", "1", "--out", report).code == 0
    assert "Cheaper rice" in report.read_text()


def test_a_recipe_is_published_and_taken_back(shop_app: App, call: Call, tmp_path: Path) -> None:
    file, token = tmp_path / "r.json", shop_app.tokens["analyst"]
    file.write_text(json.dumps({"blend": {"discover": {"peers": 1.0}}}))
    made = call(shop_app, token, "blend", "publish", file, "--reason", "To see")
    assert "Version 2 holds" in made.out, made.err
    assert "peers" in call(shop_app, token, "blend", "show", "2").out
    back = call(shop_app, token, "blend", "rollback", "1", "--reason", "Enough seen")
    assert "Version 1 holds again" in back.out, back.err


def test_a_fit_and_an_evaluation_are_waited_for(shop_app: App, call: Call, tmp_path: Path) -> None:
    token = shop_app.tokens["analyst"]
    fitted = call(shop_app, token, "fit")
    assert re.search(r"Model \d+ fitted in", fitted.out), fitted.err
    out = tmp_path / "e.json"
    judged = call(shop_app, token, "evaluate", "-k", "2", "--out", out)
    if judged.code == 0:
        assert "Kept as evaluation 1" in judged.out
        assert json.loads(out.read_text())["k"] == 2
    else:
        assert "found" in judged.err


def test_accounts_are_added_listed_and_shut_out(shop_app: App, call: Call) -> None:
    token = shop_app.tokens["admin"]
    added = call(shop_app, token, "accounts", "add", "asha", "--role", "retailer",
                 "--retailer", "shop-2")  # fmt: skip
    assert "asha is invited" in added.out, added.err
    assert "/?reset=" in added.out
    assert "invited" in call(shop_app, token, "accounts", "list").out
    assert "can no longer" in call(shop_app, token, "accounts", "disable", "asha").out
    again = call(shop_app, token, "accounts", "enable", "asha")
    assert "without a password" in again.out, again.err
    assert call(shop_app, token, "accounts", "disable", "nobody").code == 2


def test_an_import_is_sent_and_waited_for(
    imported: Path, orders: pd.DataFrame, tmp_path: Path, call: Call
) -> None:
    more = orders.tail(5).assign(order_id=[f"new-{at}" for at in range(5)])
    more.to_csv(tmp_path / "more.csv", index=False)
    with serving(copied(imported, tmp_path / "store"), "shop-1", None) as app:
        done = call(app, app.tokens["admin"], "import", "--orders", tmp_path / "more.csv")
    assert done.code == 0, done.err
    assert "5 added" in done.out


def test_a_backup_is_made_listed_and_checked(imported: Path, tmp_path: Path, call: Call) -> None:
    (tmp_path / "kept").mkdir()
    settings = replace(copied(imported, tmp_path / "store"), backup_dir=tmp_path / "kept")
    with serving(settings, "shop-1", None) as app:
        token = app.tokens["admin"]
        made = call(app, token, "backup")
        assert made.code == 0, made.err
        name = made.out.split(":")[0]
        assert name in call(app, token, "backup", "--list").out
        assert "is whole" in call(app, token, "backup", "--check", name).out
        assert call(app, token, "backup", "--check", "../x").code == 2
        assert call(app, token, "backup", "--to", tmp_path).code == 2


@pytest.mark.parametrize("role", ["retailer", "product_manager"])
def test_a_token_does_no_more_than_its_role(shop_app: App, call: Call, role: str) -> None:
    refused = call(shop_app, shop_app.tokens[role], "accounts", "list")
    assert refused.code == 2
    assert "scope" in refused.err


def test_what_only_a_file_can_answer_says_so(shop_app: App, call: Call) -> None:
    for command in {one.name for one in COMMANDS} - set(REMOTE):
        assert command not in REMOTE
    refused = call(shop_app, "x", "backtest", "--level", "total")
    assert refused.code == 2
    assert "unset it" in refused.err
    assert refused.err.count("\n") == 1


def test_no_token_a_wrong_one_and_no_app_are_one_sentence_each(shop_app: App, call: Call) -> None:
    assert "SMARTRECO_TOKEN" in call(shop_app, None, "blend", "list").err
    assert "token" in call(shop_app, "wrong", "blend", "list").err
    gone = call(None, "x", "blend", "list")
    assert gone.code == 2
    assert "check SMARTRECO_URL" in gone.err


def test_db_asks_the_file_although_an_app_is_named(
    imported: Path, tmp_path: Path, call: Call
) -> None:
    shutil.copytree(imported, tmp_path / "s")
    done = call(None, "x", "--db", tmp_path / "s" / "store.duckdb", "blend", "list")
    assert done.code == 0, done.err


def test_the_name_of_a_file_cannot_break_out_of_its_header() -> None:
    _, body = multipart({}, {"orders": ('a"\r\nX: y.csv', b"1")})
    assert b"\r\nX: y" not in body


def plain(text: str) -> str:
    """Without when a version was made: two stores were not filled in the same minute."""
    return re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d", "", text)
