-- What-if questions that people keep, and blends that came of them and wait for an analyst.
-- The number is used in links and never again; what became of each is in audit_log.

CREATE TABLE scenarios (
    scenario_id INTEGER PRIMARY KEY,
    name VARCHAR NOT NULL,
    content JSON NOT NULL,               -- scenario/scenario.py: Scenario.to_dict
    note VARCHAR NOT NULL,               -- why it was asked, in its author's words
    username VARCHAR NOT NULL,           -- author
    created_at TIMESTAMP NOT NULL,
    changed_at TIMESTAMP NOT NULL,
    data_version BIGINT NOT NULL,        -- state of the imported data when it was last played
    found JSON NOT NULL,                 -- by measure: today, scenario, difference, its band
    deleted_at TIMESTAMP                 -- NULL: it is there
);

CREATE TABLE blend_proposals (
    proposal_id INTEGER PRIMARY KEY,
    scenario_id INTEGER,                 -- the saved scenario it came of; NULL: none
    content JSON NOT NULL,               -- the scenario as it was proposed
    evidence JSON NOT NULL,              -- what lists were before and after
    note VARCHAR NOT NULL,
    username VARCHAR NOT NULL,
    proposed_at TIMESTAMP NOT NULL,
    data_version BIGINT NOT NULL,        -- of the data that the evidence rests on
    model_version INTEGER NOT NULL
);
