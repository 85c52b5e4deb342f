"""What people see when something went wrong."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import words


def unforeseen() -> None:
    from pages.account import trouble

    trouble.report(ZeroDivisionError("with private detail"))


def ours() -> None:
    from pages.account import trouble
    from smartreco.errors import InputError

    trouble.report(InputError("a price is not negative", "-3", "correct it"))


def test_an_unforeseen_error_is_logged_under_the_reference_that_is_shown(
    caplog: pytest.LogCaptureFixture,
) -> None:
    at = AppTest.from_function(unforeseen).run()
    reference = str(at.error[0].value).rsplit(" ", 1)[1]
    assert reference in caplog.text
    assert "private detail" in caplog.text
    assert "private detail" not in words(at)


def test_an_error_of_ours_says_itself_what_is_wrong() -> None:
    at = AppTest.from_function(ours).run()
    assert str(at.warning[0].value) == "a price is not negative; found -3: correct it"
