"""SmartReco: recommendations, forecasts and stock advice for B2B distribution.

The package is a ladder that imports only downwards (``tests/test_layers.py``):
level 0 is vocabulary, level 1 measures and the store, level 2 one package a
subject, level 3 what combines subjects, level 4 the workspace facade, level 5
the command line and the REST API.
"""

__version__ = "0.1.0"
