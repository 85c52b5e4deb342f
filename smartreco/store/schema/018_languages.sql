-- The language that a browser's pages are shown in, once somebody chose one; empty: the browser's own.

ALTER TABLE sessions ADD COLUMN language VARCHAR;
