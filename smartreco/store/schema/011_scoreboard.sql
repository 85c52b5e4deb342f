-- Evaluations know whose weights they judged, and how quality grows with the history is kept.

ALTER TABLE evaluations ADD COLUMN blend_version INTEGER;  -- NULL: as learned, no version in particular

CREATE TABLE learning_curves (
    number INTEGER PRIMARY KEY,
    made_at TIMESTAMP NOT NULL,
    data_version BIGINT NOT NULL,        -- dataset_info.data_version that was measured on
    blend_version INTEGER,               -- NULL: as learned
    k INTEGER NOT NULL,                  -- places of a list that were judged
    username VARCHAR NOT NULL,
    seconds DOUBLE NOT NULL,
    result JSON NOT NULL
);
