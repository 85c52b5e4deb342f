-- How likely a line was said to be ordered within 28 days when it was shown: what came of it is
-- held against that. NULL: no chance was stated, or the event is older than this column.
ALTER TABLE events ADD COLUMN probability DOUBLE;
