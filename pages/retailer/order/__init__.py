"""The shop's page Order, and what it shares with Your orders."""
