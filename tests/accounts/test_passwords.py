"""Passwords: hashed, never cut, and the words generated for them."""

from __future__ import annotations

import bcrypt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smartreco.accounts import passwords
from smartreco.accounts.password_rules import require_good_password
from smartreco.accounts.words import WORDS
from smartreco.errors import InputError


def test_a_hash_opens_with_its_password_and_no_other() -> None:
    hashed = passwords.hash_password("amber-kettle-river-42")
    assert passwords.verify_password("amber-kettle-river-42", hashed)
    assert not passwords.verify_password("amber-kettle-river-43", hashed)
    assert not passwords.verify_password(" amber-kettle-river-42", hashed)
    assert not passwords.verify_password("", hashed)


def test_the_same_password_never_has_the_same_hash_twice() -> None:
    assert passwords.hash_password("same words") != passwords.hash_password("same words")


@pytest.mark.parametrize("password", ["x" * 73, "é" * 37, "nul\0nul\0nul"])
def test_what_bcrypt_would_cut_is_refused_and_opens_nothing(password: str) -> None:
    with pytest.raises(InputError):
        passwords.hash_password(password)
    first_72 = bcrypt.hashpw(password.encode()[:72].split(b"\0")[0], bcrypt.gensalt(4)).decode()
    assert not passwords.verify_password(password, first_72)


def test_the_dummy_costs_as_much_as_a_real_hash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert passwords.DUMMY_HASH.startswith(f"$2b${passwords.ROUNDS}$")


def test_generated_passwords_are_good_and_do_not_repeat() -> None:
    made = {passwords.memorable_password() for _ in range(200)}
    assert len(made) == 200
    for password in list(made)[:30]:
        require_good_password(password, "asha")


def test_each_word_is_worth_seven_bits() -> None:
    assert len(set(WORDS)) == len(WORDS) == 128
    assert all(word.isascii() and word.isalpha() and word.islower() for word in WORDS)


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=100))
def test_no_text_makes_checking_fail(password: str) -> None:
    assert passwords.verify_password(password, _HASH) is False


_HASH = bcrypt.hashpw(b"\xff not a text \xff", bcrypt.gensalt(4)).decode()


def test_a_password_that_is_made_never_holds_the_username() -> None:
    for name in ("bea", "oak", "42"):
        assert all(name not in passwords.memorable_password(username=name) for _ in range(300))
