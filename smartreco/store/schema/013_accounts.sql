-- Accounts that are invited or reset by a link, and sessions that end when nobody uses them.
-- login_attempts.username holds the SHA-256 of a name from here on: people type passwords
-- into the wrong field, and no table keeps one.

-- DuckDB refuses a further column of a table with rows after one with a default: that comes last
ALTER TABLE accounts ADD COLUMN last_signed_in_at TIMESTAMP;
ALTER TABLE accounts ADD COLUMN must_change BOOLEAN DEFAULT false;  -- somebody else knows the password
ALTER TABLE sessions ADD COLUMN last_seen_at TIMESTAMP;             -- to the minute
ALTER TABLE sessions ADD COLUMN device VARCHAR DEFAULT '';          -- such as Chrome on Windows

CREATE TABLE reset_tokens (
    token_hash VARCHAR PRIMARY KEY,      -- SHA-256 of the link's token; the token is nowhere
    username VARCHAR NOT NULL,
    made_by VARCHAR NOT NULL,
    made_at TIMESTAMP NOT NULL,
    ends_at TIMESTAMP NOT NULL
);
