-- Who may sign in, and what was done.

CREATE TABLE accounts (
    username VARCHAR PRIMARY KEY,
    name VARCHAR NOT NULL,
    role VARCHAR NOT NULL,
    password_hash VARCHAR NOT NULL,
    retailer_id VARCHAR,                 -- text ids: accounts outlive a re-import
    vendor_id VARCHAR,
    demo BOOLEAN NOT NULL,
    disabled BOOLEAN NOT NULL,
    created_at TIMESTAMP NOT NULL
);

CREATE TABLE sessions (
    token_hash VARCHAR PRIMARY KEY,      -- SHA-256 of the cookie; the cookie itself is nowhere
    username VARCHAR NOT NULL,
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    revoked_at TIMESTAMP
);

CREATE TABLE login_attempts (
    username VARCHAR NOT NULL,           -- as typed, lower case; unknown names too
    happened_at TIMESTAMP NOT NULL,
    succeeded BOOLEAN NOT NULL
);

CREATE TABLE audit_log (
    happened_at TIMESTAMP NOT NULL,
    username VARCHAR NOT NULL,
    action VARCHAR NOT NULL,
    subject VARCHAR NOT NULL,
    detail JSON NOT NULL
);

CREATE TABLE settings (
    name VARCHAR PRIMARY KEY,
    value VARCHAR NOT NULL
);
