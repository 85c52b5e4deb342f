"""Progress bars on standard error, where a person is watching."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tqdm import tqdm


@contextmanager
def bar(title: str) -> Iterator[Callable[[float, str], None]]:
    """A bar that follows (fraction, what it does); silent where nobody watches."""
    with tqdm(
        total=100, desc=title, leave=False, disable=not sys.stderr.isatty(),
        bar_format="{desc}: {percentage:3.0f}% |{bar:24}| {postfix} {elapsed}",
    ) as shown:  # fmt: skip

        def report(fraction: float, doing: str) -> None:
            shown.n = max(shown.n, round(100 * min(fraction, 1.0)))
            shown.set_postfix_str(doing, refresh=True)

        yield report
