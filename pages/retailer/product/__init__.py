"""The shop's page of one product."""
