"""The page "System": is all well, and everything that this is decided by."""
