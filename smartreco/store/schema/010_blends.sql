-- Recipes that lists are made by, and which of them held from when on. Rows are only ever
-- added. body is all there is to say, as canonical JSON; the check refuses a body changed
-- alone; seal is sha256 of the row before and this body, so that a row changed together with
-- its checksum is found when it is read (store/sealing.py).

CREATE TABLE blends (
    version INTEGER PRIMARY KEY,
    body VARCHAR NOT NULL,
    checksum VARCHAR NOT NULL,
    previous VARCHAR NOT NULL,           -- seal of the version before; '' for the first
    seal VARCHAR NOT NULL,
    CHECK (checksum = md5(CAST(version AS VARCHAR) || ':' || body))
);

CREATE TABLE blend_publications (
    number INTEGER PRIMARY KEY,          -- grows by one; the newest says which version holds
    body VARCHAR NOT NULL,
    checksum VARCHAR NOT NULL,
    previous VARCHAR NOT NULL,
    seal VARCHAR NOT NULL,
    CHECK (checksum = md5(CAST(number AS VARCHAR) || ':' || body))
);

-- the version that showed it: what was shown, or put on the draft from a list
ALTER TABLE events ADD COLUMN blend_version INTEGER;
ALTER TABLE order_drafts ADD COLUMN blend_version INTEGER;

-- what was noted here so far was the number of the model: no recipe had a version yet
UPDATE orders SET blend_version = NULL WHERE blend_version IS NOT NULL;
