-- Bearer tokens and keys of the API: who holds one, what it may do, and until when.

CREATE TABLE api_keys (
    key_hash VARCHAR PRIMARY KEY,        -- SHA-256 of the secret; the secret itself is nowhere
    key_id VARCHAR NOT NULL,             -- names it in lists, logs and the audit trail
    username VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,               -- token: by password, short-lived | key
    name VARCHAR NOT NULL,               -- what it is for, in its owner's words
    scopes VARCHAR NOT NULL,             -- with blanks between
    retailer_id VARCHAR,                 -- an admin's key for one shop or one vendor
    vendor_id VARCHAR,
    password_mark VARCHAR,               -- of a token: it ends when the password changes
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP,
    last_used_at TIMESTAMP,
    revoked_at TIMESTAMP
);
