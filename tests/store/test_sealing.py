"""A row that was changed, moved or taken away is found, whatever was changed with it."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from smartreco.store.sealing import FIRST, SealedRow, sealed, verified

plain = st.dictionaries(
    st.text(max_size=4),
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=6)),
    max_size=3,
)
several = st.lists(plain, min_size=2, max_size=6)


def kept(bodies: list[dict[str, object]]) -> list[SealedRow]:
    rows: list[SealedRow] = []
    for at, body in enumerate(bodies):
        rows.append(sealed(at + 1, body, rows[-1].seal if rows else FIRST))
    return rows


@given(several)
def test_what_was_kept_is_whole(bodies: list[dict[str, object]]) -> None:
    found = verified(kept(bodies))
    assert not found.altered
    assert not found.missing


@given(several, st.data())
def test_a_body_changed_with_its_checksum_is_found(
    bodies: list[dict[str, object]], data: st.DataObject
) -> None:
    rows = kept(bodies)
    at = data.draw(st.integers(0, len(rows) - 1))
    other = sealed(at + 1, {"somebody": "else"}, rows[at].previous)
    rows[at] = replace(rows[at], body=other.body, checksum=other.checksum)
    assert verified(rows).altered == {at + 1}


@given(several, st.data())
def test_a_row_sealed_anew_is_found_by_the_next_or_by_what_was_noted(
    bodies: list[dict[str, object]], data: st.DataObject
) -> None:
    rows = kept(bodies)
    noted = {row.number: row.seal for row in rows}
    at = data.draw(st.integers(0, len(rows) - 1))
    rows[at] = sealed(at + 1, {"somebody": "else"}, rows[at].previous)
    assert verified(rows, noted).altered == {at + 1}
    assert verified(rows).altered == ({at + 1} if at + 1 < len(rows) else set())


@given(several, st.data())
def test_a_row_taken_away_is_missed_and_the_others_stay_whole(
    bodies: list[dict[str, object]], data: st.DataObject
) -> None:
    rows = kept(bodies)
    noted = {row.number: row.seal for row in rows}
    at = data.draw(st.integers(0, len(rows) - 1))
    left = rows[:at] + rows[at + 1 :]
    assert verified(left, noted).missing == {at + 1}
    assert not verified(left, noted).altered
    if at + 1 < len(rows):
        assert verified(left).missing == {at + 1}
