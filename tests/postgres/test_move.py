"""``move`` carries a whole store over and back: all of it arrives, or none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from smartreco.cli import main
from smartreco.config import Settings
from tests.postgres.processes import checksums, commanded
from tests.postgres.server import PASSWORD, Server

Named = Callable[[Settings], str]
BREAKS = """
    CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'no room is left here'; END $$;
    CREATE TRIGGER broken BEFORE INSERT ON vendors EXECUTE FUNCTION broken()
"""


def test_a_store_goes_over_and_back_and_loses_nothing(
    small: Settings, empty: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    before = checksums(small)
    assert before["order_lines"][0] > 1000
    assert main(["--db", str(small.db), "move", "--to", str(empty.store)]) == 0
    assert PASSWORD not in capsys.readouterr().out
    there = replace(small, store=empty.store)
    assert {name for name, sums in checksums(there).items() if sums != before[name]} == set()
    back = tmp_path / "back" / "store.duckdb"
    monkeypatch.setenv("SMARTRECO_STORE", str(empty.store))
    assert main(["--db", str(small.db), "move", "--to", str(back)]) == 0
    assert checksums(Settings(db=back, threads=1)) == before
    monkeypatch.delenv("SMARTRECO_STORE")
    assert main(["--db", str(small.db), "move", "--to", str(empty.store)]) == 2
    assert "a store is moved into an empty one" in capsys.readouterr().err


@pytest.mark.full
def test_what_breaks_half_way_leaves_the_target_empty_and_the_source_as_it_was(
    small: Settings, kept: str, server: Server, database: Named, empty: Settings,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    url = server.make("broken", template=kept)
    with server.connect("broken") as outside:
        tables = [name for (name,) in outside.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' "
            "AND tablename <> 'schema_migrations'"
        )]  # fmt: skip
        outside.execute(f"TRUNCATE {', '.join(tables)}")
        outside.execute(BREAKS)
    before = checksums(small)
    assert main(["--db", str(small.db), "move", "--to", url]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "moved whole or not at all; found no room is left here" in said
    assert PASSWORD not in said
    assert checksums(small) == before
    with server.connect("broken") as outside:
        rows = [outside.execute(f"SELECT count(*) FROM {name}").fetchone() for name in tables]  # type: ignore[call-overload]
    assert set(rows) == {(0,)}
    with server.connect("broken") as outside:
        outside.execute("DROP TRIGGER broken ON vendors")
    assert main(["--db", str(small.db), "move", "--to", url]) == 0


@pytest.mark.full
def test_commands_carry_it_and_its_model_answers_on_either_side(
    small: Settings, empty: Settings, server: Server, tmp_path: Path
) -> None:
    asks = ("recommend", "--retailer", "R0001", "-k", "20")
    before, listed = checksums(small), commanded(small, *asks)
    assert listed.returncode == 0, listed.stderr
    there = replace(small, store=empty.store)
    back = Settings(db=tmp_path / "back" / "store.duckdb", threads=1)
    over = commanded(small, "move", "--to", str(there.store))
    assert (over.returncode, over.stderr) == (0, "")
    assert "the old store is as it was" in over.stdout
    assert same(checksums(there), before)
    assert commanded(there, *asks).stdout == listed.stdout
    assert commanded(there, "move", "--to", str(back.db)).returncode == 0
    assert same(checksums(back), before)
    assert commanded(back, *asks).stdout == listed.stdout
    assert fits(back) == fits(small)


@pytest.mark.full
@pytest.mark.parametrize(
    ("to", "words"),
    [
        ("postgres://a:hunter2@127.0.0.1:1/b", "Connection refused"),
        ("postgres://a:hunter2@/", "a PostgreSQL store is named"),
        ("nowhere", 'database "nowhere" does not exist'),
        ("itself", "moved to another place"),
    ],
)
def test_what_cannot_be_is_said_in_one_sentence_without_a_password(
    carried: Settings, server: Server, to: str, words: str
) -> None:
    urls = {"nowhere": server.url("nowhere"), "itself": str(carried.store)}
    done = commanded(carried, "move", "--to", urls.get(to, to))
    assert done.returncode == 2
    assert words in done.stderr
    assert done.stderr.count("\n") == 1
    assert not [secret for secret in (PASSWORD, "hunter2", "Traceback") if secret in done.stderr]


def same(one: dict[str, tuple[int, str]], other: dict[str, tuple[int, str]]) -> bool:
    """Whether two stores hold the same, but for what commands note of themselves."""
    return {n for n in one if one[n] != other[n]} <= {"request_log", "audit_log", "list_events"}


def fits(settings: Settings) -> int:
    """How many models were ever fitted in a store."""
    return checksums(settings)["models"][0]
