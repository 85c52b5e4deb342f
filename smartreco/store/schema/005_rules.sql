-- Rules that hold on every shop's lists. What became of each is in audit_log; the number
-- settings.rules_version grows with every change, so that a process knows when to read again.

CREATE TABLE rules (
    rule_id INTEGER PRIMARY KEY,
    kind VARCHAR NOT NULL,               -- see recommend/rules/registry.py
    target_kind VARCHAR NOT NULL,        -- all | product | category | vendor
    target_id VARCHAR NOT NULL,          -- text id, a category's name, or '' for all: outlives a re-import
    list VARCHAR,                        -- reorder | discover | all; NULL: every list
    amount DOUBLE NOT NULL,              -- in the unit of the kind
    push DOUBLE,                         -- of a soft minimum margin: spreads down; NULL: left out
    active BOOLEAN NOT NULL,
    note VARCHAR NOT NULL,               -- why it is there, in its author's words
    username VARCHAR NOT NULL,           -- who changed it last
    created_at TIMESTAMP NOT NULL,
    changed_at TIMESTAMP NOT NULL
);
