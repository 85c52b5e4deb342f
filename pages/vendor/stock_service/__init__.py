"""The vendor's page Stock and service."""
