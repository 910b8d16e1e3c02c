"""Write invented data: a demo authority to build returns from, or a whole country of returns.

Without --register an invented authority with its exports, payrolls and last year's returns; with the
school register a national set, whose headcounts are drawn from the published school workforce figures.
With --collection children_in_need or looked_after the returns of as many authorities as the country has,
or, with --authorities 1, the files of an invented one.  With --collection school_preferences the two returns
of an invented authority, each of so many --children, beside its schools.csv.  With --collection
common_transfer_file a file of so many --children, and the roll of the school it is for.
With --collection school_census the census of a --term: with --format xml the files of an invented authority's
schools, with --format csv the lists their systems export, else a country of about so many --children.
"""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from muster.cli.chosen import COLLECTION
from muster.cli.console import Console
from muster.model import TERMS, MusterError
from muster.model.words import count_of

if TYPE_CHECKING:
    from muster.sample import WrittenCensus, WrittenChildren, WrittenNation

_FEWEST = 6
_CHILDREN = {"children_in_need": 400_000, "looked_after": 100_000}
_PREFERENCES, _APPLICANTS = "school_preferences", 2_000
_TRANSFER, _LEAVERS = "common_transfer_file", 6
_CENSUS, _TERM, _PUPILS = "school_census", "spring", 9_000_000

_STRANGERS = {
    COLLECTION: ("children", "authorities", "term"),
    _PREFERENCES: ("register", "workforce", "authorities", "term"),
    _CENSUS: ("register", "workforce", "authorities"),
    _TRANSFER: ("register", "schools", "workforce", "authorities", "term"),
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("target", type=Path, nargs="?", default=Path("sample"), help="the folder to write")
    parser.add_argument(
        "--collection",
        choices=(COLLECTION, *_CHILDREN, _PREFERENCES, _CENSUS, _TRANSFER),
        default=COLLECTION,
        help="what the returns are of",
    )
    parser.add_argument("--year", type=int, default=2025, help="the collection year")
    parser.add_argument("--term", choices=TERMS, help="the term of a school census (default: spring)")
    parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same bytes")
    parser.add_argument("--schools", type=int, help="how many schools (default: 60, or all of the register)")
    parser.add_argument("--register", type=Path, help="the school register, for a national set")
    parser.add_argument(
        "--workforce", type=Path, help="published staff numbers (default: beside the register)"
    )
    parser.add_argument("--staff", type=int, default=1_000_000, help="how many staff in a national set")
    parser.add_argument(
        "--children",
        type=int,
        help="how many children (default: 400,000 in need, 100,000 looked after, "
        "2,000 applicants in each phase, 6 who move)",
    )
    parser.add_argument(
        "--authorities",
        type=int,
        help="of how many authorities (default: all, for files 1: the invented 999)",
    )
    parser.add_argument(
        "--format", choices=("parquet", "xml", "csv"), default="parquet", help="form of a national set"
    )
    parser.add_argument("--clean", action="store_true", help="a national set without planted mistakes")


def run(args: argparse.Namespace, console: Console) -> int:
    """Write what was asked for."""
    if args.target.exists() and any(args.target.iterdir()):
        raise MusterError(
            f"{args.target} is not empty; name a new folder, so that nothing of yours is mixed up"
        )
    _refuse_what_is_of_others(args)
    if args.collection in _CHILDREN:
        return _children(args, console)
    if args.collection == _PREFERENCES:
        return _preferences(args, console)
    if args.collection == _TRANSFER:
        return _transfer(args, console)
    if args.collection == _CENSUS:
        return _census(args, console)
    if args.format == "csv":
        raise MusterError("a school workforce census is written as parquet or xml, not as csv")
    if not args.register and args.schools is not None and args.schools < _FEWEST:
        raise MusterError(
            f"an authority needs {_FEWEST} schools or more, one of each phase; {args.schools} were asked for"
        )
    return _national(args, console) if args.register else _authority(args, console)


def _refuse_what_is_of_others(args: argparse.Namespace) -> None:
    """An option that the collection does not know is not passed over in silence."""
    for name in _STRANGERS.get(args.collection, ("register", "schools", "workforce", "term")):
        if getattr(args, name) is not None:
            raise MusterError(
                f"--{name} is not for a sample of {args.collection}; leave it out, or choose --collection"
            )


def _authority(args: argparse.Namespace, console: Console) -> int:
    from muster.sample import write_authority

    written = write_authority(
        args.target, year=args.year, seed=args.seed, schools=args.schools or 60, progress=console.going
    )
    console.say(
        f"Wrote {args.target}: {count_of(written.schools, 'school')}, {count_of(written.people, 'person', 'people')}"
    )
    console.answer({"folder": str(args.target), "schools": written.schools, "people": written.people})
    return 0


def _national(args: argparse.Namespace, console: Console) -> int:
    from muster.sample import NationalSettings, write_national

    settings = NationalSettings(
        year=args.year, staff=args.staff, schools=args.schools, seed=args.seed, form=args.format,
        workforce=args.workforce, defects=not args.clean,
    )  # fmt: skip
    with console.counting("Writing schools", 0) as advance:
        written = write_national(args.register, args.target, settings, progress=advance.to)
    console.say(
        f"Wrote {args.target}: {count_of(written.schools, 'school')}, {count_of(written.staff, 'staff record')}"
    )
    return _told(console, written)


def _children(args: argparse.Namespace, console: Console) -> int:
    from muster.sample import ChildrenSettings, write_children

    children = _CHILDREN[args.collection] if args.children is None else args.children
    settings = ChildrenSettings(
        args.collection, year=args.year, children=children, authorities=args.authorities, seed=args.seed,
        form=args.format, defects=not args.clean,
    )  # fmt: skip
    with console.counting("Writing children", 0) as advance:
        written = write_children(args.target, settings, progress=advance.to)
    authorities = count_of(written.authorities, "authority", "authorities")
    count = count_of(written.rows["children"], "child", "children")
    console.say(f"Wrote {args.target}: {authorities}, {count}")
    return _told(console, written)


def _preferences(args: argparse.Namespace, console: Console) -> int:
    from muster.sample import PreferencesSettings, write_preferences

    settings = PreferencesSettings(
        year=args.year, children=args.children or _APPLICANTS, schools=args.schools or 60, seed=args.seed,
        defects=not args.clean,
    )  # fmt: skip
    written = write_preferences(args.target, settings, progress=console.going)
    for phase, path in written.files.items():
        console.say(f"Wrote {path}: {count_of(written.applicants[phase], 'applicant')} for {phase} schools")
    console.detail(f"Mistakes planted: {sum(written.planted.values()):,}")
    console.answer({"folder": str(written.folder), **{k: str(p) for k, p in written.files.items()}})
    return 0


def _transfer(args: argparse.Namespace, console: Console) -> int:
    from muster.sample import TransferSettings, write_transfer

    settings = TransferSettings(args.year, args.children or _LEAVERS, args.seed)
    written = write_transfer(args.target, settings)
    console.say(
        f"Wrote {written.file}: {count_of(written.pupils, 'pupil')}, {written.on_roll:,} of them in roll.csv"
    )
    console.answer({key: str(value) for key, value in asdict(written).items()})
    return 0


def _census(args: argparse.Namespace, console: Console) -> int:
    from muster.sample import CensusSettings, write_census

    settings = CensusSettings(
        term=args.term or _TERM, year=args.year, schools=args.schools or 60, pupils=args.children or _PUPILS,
        seed=args.seed, form=args.format, defects=not args.clean,
    )  # fmt: skip
    with console.counting(
        "Writing authorities" if args.format == "parquet" else "Writing schools", 0
    ) as advance:
        written = write_census(args.target, settings, progress=advance.to)
    pupils = count_of(written.rows["pupils"], "pupil")
    console.say(f"Wrote {args.target}: {count_of(written.schools, 'school')}, {pupils}")
    return _told(console, written)


def _told(console: Console, written: WrittenCensus | WrittenChildren | WrittenNation) -> int:
    console.table(("Table", "Rows"), sorted(written.rows.items()))
    console.detail(f"Mistakes planted: {sum(written.planted.values()):,}")
    console.answer(asdict(written))
    return 0
