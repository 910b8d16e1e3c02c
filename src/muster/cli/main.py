"""Parse the command line, run one command, and end with its exit code.

Exit codes: 0 clean, 1 findings that block, 2 could not run.  A user's mistake is one clear line on
standard error, never a traceback.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module

from muster.cli.console import Console
from muster.model.errors import MusterError

# In the order of the work; each is a module of this package with HELP, arguments(parser) and run(args, console).
COMMANDS = ("demo", "build", "check", "explain", "rules", "diff", "convert", "template", "sample")
COULD_NOT_RUN = 2


def parser() -> argparse.ArgumentParser:
    """The whole command line, with the arguments of every command."""
    top = argparse.ArgumentParser(
        prog="muster",
        description="Make, check and use the statutory data returns of English schools and authorities.",
    )
    _completion(top)
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name in COMMANDS:
        module = import_module(f"muster.cli.{name}")
        one = commands.add_parser(name, help=module.HELP, description=module.__doc__)
        one.add_argument("--json", action="store_true", help="answer in JSON on standard output")
        one.add_argument("--quiet", action="store_true", help="no progress and no more than the verdict")
        module.arguments(one)
        one.set_defaults(run=module.run)
    return top


def _completion(top: argparse.ArgumentParser) -> None:
    top.add_argument(
        "--print-completion",
        action=_PrintCompletion,
        choices=("bash", "zsh", "tcsh"),
        help="print the completion script of a shell and stop",
    )


class _PrintCompletion(argparse.Action):
    """Print a completion script; the library for it is loaded only here, to keep the start light."""

    def __call__(self, top: argparse.ArgumentParser, *rest: object) -> None:
        import shtab

        print(shtab.complete(top, shell=str(rest[1])))
        raise SystemExit(0)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code."""
    args = parser().parse_args(argv)
    console = Console(quiet=args.quiet, json=args.json)
    try:
        code: int = args.run(args, console)
        return code
    except MusterError as error:
        console.complain(str(error))
    except BrokenPipeError:
        sys.stderr.close()
    except KeyboardInterrupt:
        console.complain("Stopped. Nothing half-written is left; run the command again to go on.")
    except OSError as error:
        console.complain(f"{error.strerror or error}: {error.filename or 'the file'}")
    return COULD_NOT_RUN
