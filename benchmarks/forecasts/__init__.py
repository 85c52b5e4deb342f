"""Our forecaster against statsforecast on weekly demand of every level."""
