"""``rules`` from the command line: a preview first, then the rule, then its end."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Run


def test_a_rule_is_previewed_added_listed_and_removed(filled: Run) -> None:
    assert "No rules yet" in filled("rules", "list").out
    tried = filled("rules", "preview", "leave-out", "--product", "rice")
    assert tried.code == 0, tried.err
    assert "changes" in tried.out
    assert "leaves" in tried.out
    assert "No rules yet" in filled("rules", "list").out
    added = filled("rules", "add", "leave-out", "--product", "rice", "--note", "out of season")
    assert added.code == 0, added.err
    assert "Rule 1 holds" in added.out
    shown = filled("rules", "list").out
    assert "Leave out" in shown
    assert "out of season" in shown
    lists = filled("recommend", "--all", "--list", "all")
    assert "tea" in lists.out
    assert " rice " not in lists.out
    each = filled("rules", "preview", "--list", "all").out
    assert "1. Leave out" in each
    assert filled("rules", "remove", "1").code == 0
    assert " rice " in filled("recommend", "--all", "--list", "all").out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", "boost", "--product", "soap", "--amount", "1"), "of this data set"),
        (("add", "diversity", "--amount", "7"), "from 0 to 1"),
        (("add", "vendor-cap", "--product", "rice", "--amount", "2"), "is about"),
        (("remove", "5"), "named by its number"),
        (("preview", "--without", "5"), "named by its number"),
    ],
)
def test_a_mistake_is_answered_with_one_sentence(
    filled: Run, words: tuple[str, ...], said: str
) -> None:
    answer = filled("rules", *words)
    assert answer.code == 2
    assert said in answer.err
    assert len(answer.err.strip().splitlines()) == 1
