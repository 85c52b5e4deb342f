"""Use cases on what-ifs."""
