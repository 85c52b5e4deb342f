"""A vendor's figures as named tables: the same rows for the command line and the API."""
