"""The command line: one file a command, one line a command in `registry`."""

from smartreco.cli.main import main

__all__ = ["main"]
