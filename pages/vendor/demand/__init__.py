"""The vendor's page Demand."""
