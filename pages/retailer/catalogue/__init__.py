"""The shop's page Catalogue."""
