"""The shop's page Stock and forecast."""
