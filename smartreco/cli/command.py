"""What a command is, and the ways in which commands open the store."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from smartreco.cli.progress import bar
from smartreco.config import Settings
from smartreco.errors import InputError
from smartreco.workspace import Workspace
from smartreco.workspace.wording import words

__all__ = ["Command", "fitted", "opened", "with_data", "words"]


@dataclass(frozen=True)
class Command:
    """A word of the command line: its arguments and what it does."""

    name: str
    help: str
    arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace, Settings], None]


@contextmanager
def opened(settings: Settings) -> Iterator[Workspace]:
    """A workspace for the length of a command."""
    workspace = Workspace.open(settings)
    try:
        yield workspace
    finally:
        workspace.close()


@contextmanager
def with_data(settings: Settings) -> Iterator[Workspace]:
    """The same for a command that has nothing to do without data.

    Raises
    ------
    InputError
        The store holds no data.
    """
    with opened(settings) as workspace:
        if workspace.info() is None:
            raise InputError(
                "this command needs data", f"an empty store at {settings.db}",
                "run `python -m smartreco demo` or `python -m smartreco import`",
            )  # fmt: skip
        yield workspace


@contextmanager
def fitted(settings: Settings) -> Iterator[Workspace]:
    """A workspace whose model knows the present data; fits first if it does not.

    Raises
    ------
    InputError
        The store holds no data.
    """
    with with_data(settings) as workspace:
        with bar("Model") as progress:
            workspace.models.refresh(progress)
        yield workspace
