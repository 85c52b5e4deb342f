"""Measures, splits and intervals: pure functions that models and evaluation share."""
