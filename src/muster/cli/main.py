"""Parse the command line, run one command, and end with its exit code.

Exit codes: 0 clean, 1 findings that block, 2 could not run.  A user's mistake is one clear line on
standard error, never a traceback.
"""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from muster.cli.console import Console
from muster.model.errors import MusterError

# In the order of the work.  Each is a module of this package with arguments(parser) and run(args, console);
# only the one that is asked for is imported, which keeps the start light.
COMMANDS = {
    "demo": "generate the demo authority, run all stages, show what came out",
    "build": "build the returns of an authority from staff exports and payroll extracts",
    "check": "check official XML returns and say what to fix and what to explain",
    "report": "compute from returns what is published of them, and the records behind a figure",
    "explain": "say in plain English what a rule, an item or a code means",
    "dictionary": "search the data dictionary, show an item, compare years, write it out",
    "rules": "list, show, compare, preview, add and build rules",
    "census": "school censuses: who will need a ULN, and which figures changed much",
    "diff": "compare two versions of a return",
    "convert": "turn XML into tables (XLSX or CSV), or tables into XML",
    "ctf": "read, check, convert, write and compare files that follow a pupil; ask for learner numbers",
    "identifiers": "check identifiers in bulk, give out UPNs, list temporary ones by age",
    "template": "write an empty workbook to fill in",
    "performance": "read plans, check drafts, write the quarterly report, share a sum out to schools",
    "sample": "write an invented authority, or a national set of returns",
    "register": "refresh the organisations of the website from the official register",
    "load": "load published files about schools into their files on the website",
    "figures": "compute the figures of plans on the website again and say what differs",
    "push": "send a file to a service and wait for what it finds",
    "serve": "serve the website, with its workers and its clock",
    "begin": "invite the first person of a new service",
    "doctor": "check a deployment of the website and say what is wrong with it",
    "backup": "write the database and the files of the website to a folder",
    "restore": "put a backup of the website back",
    "audit": "check and list what was done and read on the website",
    "retention": "show and delete what the website has kept long enough",
    "recount": "count authorised returns anew into the files of schools on the website",
    "rewrap": "wrap the keys of stored files with the newest key",
}
# These live with the service, which the library never imports: it looks for their module only when one is asked for.
OF_THE_SERVICE = frozenset(
    {
        "push",
        "register",
        "load",
        "figures",
        "serve",
        "begin",
        "doctor",
        "backup",
        "restore",
        "audit",
        "retention",
        "recount",
        "rewrap",
    }
)
# A command makes many objects and few cycles, so looking for them often is time lost; never would cost memory.
_OBJECTS_BETWEEN_SWEEPS = 300_000
COULD_NOT_RUN = 2


def parser(only: str | None = None) -> argparse.ArgumentParser:
    """The command line with the arguments of every command, of one only, or (with '') of none."""
    top = argparse.ArgumentParser(
        prog="muster",
        description="Make, check and use the statutory data returns of English schools and authorities.",
    )
    _completion(top)
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, about in COMMANDS.items():
        if only is not None and name != only:
            commands.add_parser(name, help=about)
            continue
        module = _module_of(name)
        one = commands.add_parser(
            name, help=about, description=module.__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
        )
        one.add_argument("--json", action="store_true", help="answer in JSON on standard output")
        one.add_argument("--quiet", action="store_true", help="no progress and no more than the verdict")
        module.arguments(one)
        one.set_defaults(run=module.run)
    return top


def _module_of(name: str) -> ModuleType:
    folder = "muster_web.commands" if name in OF_THE_SERVICE else "muster.cli"
    return import_module(f"{folder}.{name}")


def _needs_the_service(name: str) -> None:
    if name in OF_THE_SERVICE and find_spec("django") is None:
        raise MusterError(
            f"'muster {name}' belongs to the website: pip install 'muster[web]', then try again"
        )


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


def _no_such_command(name: str) -> str:
    from muster.catalogue._source import nearest

    hint = nearest(name, COMMANDS)
    return f"there is no command '{name}'{hint} (there are {', '.join(COMMANDS)})"


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code."""
    words = sys.argv[1:] if argv is None else list(argv)
    first = words[0] if words else ""
    if first and not first.startswith("-") and first not in COMMANDS:
        Console().complain(_no_such_command(first))
        return COULD_NOT_RUN
    if argv is None and first not in OF_THE_SERVICE:
        gc.set_threshold(_OBJECTS_BETWEEN_SWEEPS)
    everything = first.startswith("--p")  # a completion script knows the options of every command
    args = parser(None if everything else first).parse_args(words)
    console = Console(quiet=args.quiet, json=args.json)
    try:
        _needs_the_service(args.command)
        code: int = args.run(args, console)
        if argv is None and "duckdb" not in sys.modules:  # which complains of what is left when it goes
            gc.freeze()  # nothing is looked through on the way out
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
