"""From words to a command, and from an error to one sentence.

Exit 0 on success, 2 with one sentence on a user's mistake; a defect of ours is
logged with its traceback to the log file beside the store and answered with 1.
"""

from __future__ import annotations

import argparse
import gc
import logging
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from smartreco import __version__
from smartreco.cli.registry import COMMANDS
from smartreco.config import Settings
from smartreco.errors import SmartRecoError

log = logging.getLogger("smartreco")


class OneSentenceParser(argparse.ArgumentParser):
    """A parser that answers a mistake with one sentence instead of its whole usage."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and where the help is; exit 2."""
        print(f"{self.prog}: {message} (see {self.prog} --help)", file=sys.stderr)
        raise SystemExit(2)


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    top = OneSentenceParser(
        prog="smartreco", description="Recommendations, forecasts and stock advice."
    )
    top.add_argument("--db", type=Path, help="the store's file (default: SMARTRECO_DB, else data/smartreco.duckdb)")  # fmt: skip  # noqa: E501
    top.add_argument("--version", action="version", version=f"smartreco {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for command in COMMANDS:
        sub = commands.add_parser(command.name, help=command.help, description=command.help)
        command.arguments(sub)
        sub.set_defaults(run=command.run)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit code says how it went."""
    arguments = parser().parse_args(argv)
    gc.freeze()  # modules live as long as the command: no collection looks at them again
    try:
        settings = Settings.from_environment(db=arguments.db)
        logging.basicConfig(level=settings.log_level, format="%(levelname)s %(message)s")
        logging.getLogger().setLevel(max(logging.WARNING, logging.getLogger().level))
        if settings.url is None:
            arguments.run(arguments, settings)
        else:
            from smartreco.cli.remote.registry import run  # only where an app is asked

            run(arguments, settings)
    except SmartRecoError as error:
        print(f"smartreco: {error}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print("smartreco: stopped; what was not finished has been left as it was", file=sys.stderr)
        return 130
    except BrokenPipeError:
        return 0
    except Exception as error:
        return _defect(error, arguments.db)
    return 0


def _defect(error: Exception, db: Path | None) -> int:
    """Keep the traceback in a file; tell the reader where."""
    path = (db.parent if db else Path("data")) / "smartreco-errors.log"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = logging.FileHandler(path, encoding="utf-8")
    except OSError:
        handler = logging.NullHandler()
    record = logging.LogRecord(
        "smartreco", logging.ERROR, __file__, 0, "command failed", None,
        (type(error), error, error.__traceback__),
    )  # fmt: skip
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    handler.handle(record)
    handler.close()
    print(
        f"smartreco: something went wrong that is not your doing ({type(error).__name__}); "
        f"the details are in {path}",
        file=sys.stderr,
    )
    return 1
