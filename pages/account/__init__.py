"""Signing in, and what everyone may meet: refusals, waiting, trouble, the own account."""
