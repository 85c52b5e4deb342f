"""A vendor's filter comes back from its address as it was."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qs, urlencode

import pytest

from smartreco.errors import InputError
from smartreco.workspace.vendor.views import VendorFilter

FULL = VendorFilter(
    since=date(2025, 3, 3), until=date(2025, 9, 1), regions=("South", "North"),
    cities=("Panaji, Goa", "Pune & more"), categories=("tea=hot",), products=("p 1",),
    segments=("kirana",), price_low=0.1, price_high=1e7,
)  # fmt: skip


@pytest.mark.parametrize("wanted", [VendorFilter(), FULL, VendorFilter(price_high=3.0)])
def test_a_filter_survives_an_address(wanted: VendorFilter) -> None:
    address = urlencode(wanted.to_strings(), doseq=True)
    assert VendorFilter.from_strings(parse_qs(address)) == wanted
    assert bool(address) == (wanted != VendorFilter())


def test_the_order_of_choices_makes_no_other_filter() -> None:
    assert VendorFilter(regions=("b", "a", "a")) == VendorFilter(regions=("a", "b"))
    assert len({VendorFilter(regions=("b", "a")), VendorFilter(regions=("a", "b"))}) == 1


def test_a_plain_text_is_one_value_and_other_names_are_passed_over() -> None:
    given = {"region": "North", "tab": "map", "since": "", "city": []}
    assert VendorFilter.from_strings(given) == VendorFilter(regions=("North",))


@pytest.mark.parametrize(
    "given", [{"since": "yesterday"}, {"price_low": "cheap"}, {"price_low": "nan"},
              {"price_low": "-1"}, {"price_low": "3", "price_high": "2"},
              {"since": "2025-02-01", "until": "2025-01-01"}],
)  # fmt: skip
def test_a_filter_that_cannot_be_is_refused(given: dict[str, str]) -> None:
    with pytest.raises(InputError):
        VendorFilter.from_strings(given)
