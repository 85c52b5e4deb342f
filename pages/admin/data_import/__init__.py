"""Import by upload, for an admin."""
