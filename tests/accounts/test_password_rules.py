"""What a good password is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from zxcvbn.frequency_lists import FREQUENCY_LISTS

from smartreco.accounts.password_rules import (
    SHORTEST,
    Strength,
    WeakPasswordError,
    judge,
    require_good_password,
)

COMMON = [one for one in FREQUENCY_LISTS["passwords"] if len(one) >= SHORTEST]


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("", "at least 10"),
        ("short", "at least 10"),
        ("x" * 73, "at most 72"),
        ("é" * 37, "at most 72"),
        ("nul\0nul\0nul", "at most 72"),
        ("aaaaaaaaaaaa", "one sign repeated"),
        ("abababababab", "one sign repeated"),
        ("my-asha-password", "hold the username"),
        ("ASHA-likes-cherries", "hold the username"),
        ("Password123", "everyone tries first"),
        ("qwertyuiop", "everyone tries first"),
        ("P@ssw0rd1234", "common word or password"),
        ("iloveyou1234", "common word or password"),
        ("abcdefghij", "row such as abc"),
        ("abcdabcdabcd", "repeated"),
        ("rathore1234", "owner's name"),
    ],
)
def test_a_weak_password_is_refused_and_told_why(password: str, why: str) -> None:
    with pytest.raises(WeakPasswordError, match=why) as caught:
        require_good_password(password, "asha", "Asha Rathore")
    assert not password or password not in str(caught.value)


@pytest.mark.parametrize(
    "password",
    [
        "amber-kettle-river-42",
        "correct horse battery",
        "सात समंदर पार",
        "vT9$kq2!mZ",
        "four plain words",
    ],
)
def test_what_is_hard_to_guess_is_taken_whatever_signs_it_has(password: str) -> None:
    require_good_password(password, "asha", "Asha Rathore")


@pytest.mark.parametrize("change", [str, str.upper, str.title])
def test_no_common_password_is_taken_however_it_is_written(change: type[str]) -> None:
    taken = [one for one in COMMON if not judge(change(one), "asha").problem]
    assert len(COMMON) > 1000
    assert taken == []


def test_more_words_never_make_a_password_weaker() -> None:
    said = [judge(words, "asha").strength for words in
            ("december2026", "violet harbor", "violet harbor comet lantern")]  # fmt: skip
    order = list(Strength)
    assert [order.index(one) for one in said] == sorted(order.index(one) for one in said)
    assert said[-1] is Strength.STRONG


@given(st.text(max_size=80), st.text(max_size=20), st.text(max_size=40))
def test_any_text_is_judged(password: str, username: str, name: str) -> None:
    judged = judge(password, username, name)
    assert bool(judged.problem) == (judged.strength is Strength.REFUSED)
