-- What it takes to mend rows that were set aside and to import them again.

ALTER TABLE quarantine ADD COLUMN kind VARCHAR;          -- orders, products, …; NULL: imported before this was kept
ALTER TABLE quarantine ADD COLUMN line_id VARCHAR;       -- of an order line within its order; NULL: it has none
ALTER TABLE import_batches ADD COLUMN mapping VARCHAR;   -- JSON, kind -> our column -> the file's; NULL: by their names
