-- Shops whose identity was removed. Only a checksum of the old id stays, so that an export that
-- still names the shop is recognised and does not bring it back.

CREATE TABLE erasures (
    number INTEGER PRIMARY KEY,          -- of "Erased shop N", id erased-N
    id_hash VARCHAR NOT NULL,            -- SHA-256 of the retailer_id
    erased_at TIMESTAMP NOT NULL,
    username VARCHAR NOT NULL,           -- who did it
    reason VARCHAR NOT NULL
);
