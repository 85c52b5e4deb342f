-- What the recommender made, showed and was answered.

CREATE TABLE models (
    version INTEGER PRIMARY KEY,
    data_version BIGINT NOT NULL,        -- dataset_info.data_version that it was fitted on
    file VARCHAR NOT NULL,               -- below the model folder
    fitted_at TIMESTAMP NOT NULL,
    seconds DOUBLE NOT NULL,
    summary JSON NOT NULL
);

CREATE TABLE order_drafts (
    retailer_id VARCHAR NOT NULL,
    product_id VARCHAR NOT NULL,
    quantity INTEGER NOT NULL,           -- pieces
    source VARCHAR,                      -- list it was added from; NULL: typed in
    added_at TIMESTAMP NOT NULL,
    PRIMARY KEY (retailer_id, product_id)
);

CREATE TABLE dismissals (
    retailer_id VARCHAR NOT NULL,
    product_id VARCHAR NOT NULL,
    dismissed_at TIMESTAMP NOT NULL,
    PRIMARY KEY (retailer_id, product_id)
);

CREATE TABLE events (
    happened_at TIMESTAMP NOT NULL,
    username VARCHAR NOT NULL,
    retailer_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,               -- shown | added | removed | dismissed | restored | ordered
    product_id VARCHAR NOT NULL,
    list VARCHAR,
    rank INTEGER,
    model_version INTEGER
);

CREATE TABLE request_log (
    happened_at TIMESTAMP NOT NULL,
    username VARCHAR NOT NULL,
    name VARCHAR NOT NULL,               -- workspace method
    milliseconds DOUBLE NOT NULL,
    outcome VARCHAR NOT NULL             -- ok, or the error's class
);
