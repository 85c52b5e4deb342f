"""The vendor's page Reach."""
