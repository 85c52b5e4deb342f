"""Demand forecasts of whole panels of series at once; arrays in, frozen dataclasses out."""
