"""Words and numbers take the form of the locale."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from smartreco import language
from smartreco.language import Language, Message, Money, Percent


def test_rupees_have_their_own_groups() -> None:
    assert Language("en_IN", "INR").money(1234567.8) == "₹12,34,568"
    assert Language("en_US", "USD").money(1234567.8) == "$1,234,568"
    assert Language("en_GB", "GBP").money(2.5) == "£2.50"


def test_large_amounts_have_a_short_form_of_the_locale() -> None:
    assert Language("en_IN", "INR").compact_money(35113614.0) == "₹3.5Cr"
    assert Language("en_US", "USD").compact_money(-395104.0) == "-$395K"
    assert Language("en_US", "USD").compact_money(950.0) == "$950"
    assert Language("en_US", "").compact_money(1907154.0) == "1.9M"
    assert Language("en_IN", "INR").text("{a}", a=Money(1907154.0, compact=True)) == "₹19.1L"


def test_a_locale_without_a_short_form_writes_the_number_out() -> None:
    assert Language("de", "EUR").compact_money(395104.4) == "395.104\u00a0€"
    assert Language("de", "EUR").compact(35113614.0) == "35,1\u00a0Mio."


def test_an_unknown_currency_shows_a_plain_number() -> None:
    assert Language("en_US", "").money(1234.5) == "1,234"  # half to even, as Babel rounds


def test_an_error_without_words_stays_as_it_is() -> None:
    assert Language("hi_IN").error("no such rule is known of 7") == "no such rule is known of 7"
    assert Language("en_IN").error("a note has at most 7 signs") == "a note has at most 7 signs"


def test_an_unknown_locale_falls_back_to_english() -> None:
    assert Language("xx_YY").day(date(2026, 5, 12)) == "12 May 2026"


@pytest.mark.parametrize(("n", "words"), [(1, "1 shop"), (2, "2 shops"), (1200, "1,200 shops")])
def test_a_count_chooses_singular_or_plural(n: int, words: str) -> None:
    assert Language("en_US").say(Message("{n} shop", "{n} shops", count="n"), {"n": n}) == words


def test_values_are_shown_by_their_type() -> None:
    text = Language("en_IN", "INR").text(
        "{a} {b} {c} {d} {e}",
        a=Money(12.5), b=Percent(0.643), c=date(2026, 5, 12), d=100000, e=12.25,
    )  # fmt: skip
    assert text == "₹12.50 64% 12 May 2026 1,00,000 12.2"


def test_a_language_is_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "hi" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "smartreco.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgid "Add to order"\nmsgstr "ऑर्डर में जोड़ें"\n',
        encoding="utf-8",
    )
    found = language._catalog("hi", tmp_path)
    assert found.gettext("Add to order") == "ऑर्डर में जोड़ें"
    assert found.gettext("Not translated yet") == "Not translated yet"
