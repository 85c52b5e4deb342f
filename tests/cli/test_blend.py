"""``blend`` from the command line: a recipe from a file, what it changed, and back again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from smartreco.cli.blend import read_file
from smartreco.errors import InputError
from tests.cli.conftest import Run


@pytest.fixture
def filled(run: Run, orders_file: Path) -> Run:
    """A store with three shops and three products."""
    assert run("import", "--orders", orders_file).code == 0
    return run


def test_a_recipe_is_published_shown_and_gone_back_from(filled: Run, tmp_path: Path) -> None:
    first = filled("blend", "list").out
    assert "learned" in first
    assert "in force" in first
    path = tmp_path / "recipe.json"
    shown = filled("blend", "show", "1", "--json")
    plain = json.loads(shown.out)
    plain["blend"]["discover"] = {"peers": 3, "content": 1}
    path.write_text(json.dumps({**plain, "half_life": "forever", "diversity": {"discover": 0.2}}))
    made = filled("blend", "publish", path, "--reason", "peers know better")
    assert (made.code, made.err.count("\n") < 3) == (0, True), made.err
    assert "Version 2 holds" in made.out
    told = filled("blend", "show", "2").out
    assert "peers know better" in told
    assert "discover: peers 75.0%, content 25.0%" in told
    assert "half_life as learned -> forever" in told
    back = filled("blend", "rollback", "1", "--reason", "not so")
    assert "Version 1 holds again" in back.out
    assert filled("blend", "list").out.count("in force") == 1

    again = filled("blend", "rollback", "1", "--reason", "not so")
    assert (again.code, len(again.err.strip().splitlines()[-1:])) == (2, 1)
    assert "changes something" in again.err


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "JSON file"),
        ("[]", "is an object"),
        ('{"blends": {}}', "a recipe has"),
        ('{"blend": {"discover": {"luck": 1}}}', "weights are given to"),
        ('{"blend": {"nowhere": {"peers": 1}}}', "names lists"),
        ('{"blend": {"discover": {"peers": "much"}}}', "names lists"),
        ('{"damping": 7}', "from 0 to"),
        ('{"half_life": 7}', "one of"),
        ('{"half_life": "long"}', 'or "forever"'),
    ],
)
def test_a_file_that_is_no_recipe_is_refused_in_one_sentence(
    tmp_path: Path, content: str, said: str
) -> None:
    path = tmp_path / "recipe.json"
    path.write_text(content)
    with pytest.raises(InputError, match=said):
        read_file(path)
