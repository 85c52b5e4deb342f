"""The page "Audit log": who did what, when, in sentences."""
