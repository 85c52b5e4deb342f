"""Rules are kept as they were written; every change raises the version, and no id comes back."""

from __future__ import annotations

from datetime import datetime, timedelta

from smartreco.store import Store, rules
from smartreco.store.rules import RuleSpec

NOON = datetime(2026, 5, 12, 12)
BOOST = RuleSpec("boost", "vendor", "v1", "discover", 0.5, note="launch")
SOFT = RuleSpec("min_margin", amount=0.1, push=1.5, active=False)


def test_a_rule_comes_back_as_it_was_written(store: Store) -> None:
    ids = [store.write(lambda c, s=spec: rules.add(c, s, "ana", NOON)) for spec in (BOOST, SOFT)]
    with store.cursor() as cursor:
        rows = rules.every(cursor)
        assert [row.spec for row in rows] == [BOOST, SOFT]
        assert [row.rule_id for row in rows] == ids
        assert rows[0].username == "ana"
        assert rows[0].created_at == rows[0].changed_at == NOON
        assert rules.find(cursor, ids[1]) == rows[1]
        assert rules.find(cursor, 99) is None


def test_a_change_keeps_the_id_and_the_first_day(store: Store) -> None:
    rule_id = store.write(lambda c: rules.add(c, BOOST, "ana", NOON))
    later = NOON + timedelta(days=1)
    store.write(lambda c: rules.change(c, rule_id, SOFT, "adi", later))
    with store.cursor() as cursor:
        (row,) = rules.every(cursor)
    assert (row.rule_id, row.spec, row.username) == (rule_id, SOFT, "adi")
    assert (row.created_at, row.changed_at) == (NOON, later)


def test_every_change_raises_the_version_and_no_id_is_used_twice(store: Store) -> None:
    with store.cursor() as cursor:
        assert rules.version(cursor) == 0
    first = store.write(lambda c: rules.add(c, BOOST, "ana", NOON))
    store.write(lambda c: rules.change(c, first, SOFT, "ana", NOON))
    store.write(lambda c: rules.remove(c, first))
    second = store.write(lambda c: rules.add(c, BOOST, "ana", NOON))
    with store.cursor() as cursor:
        assert rules.version(cursor) == 4
        assert [row.rule_id for row in rules.every(cursor)] == [second]
    assert second > first
