-- How good the recommender was found to be, run by run.

CREATE TABLE evaluations (
    number INTEGER PRIMARY KEY,
    evaluated_at TIMESTAMP NOT NULL,
    data_version BIGINT NOT NULL,        -- dataset_info.data_version that was measured on
    model_version INTEGER,               -- the model kept at that time; NULL: none
    split VARCHAR NOT NULL,              -- time | random
    k INTEGER NOT NULL,                  -- places of a list that were judged
    username VARCHAR NOT NULL,
    seconds DOUBLE NOT NULL,
    result JSON NOT NULL                 -- the whole scoreboard
);
