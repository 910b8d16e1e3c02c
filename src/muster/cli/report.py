"""Compute from returns what is published of them: figures, tables, and the records behind a figure.

Figures of several returns are ratios of sums, never means of percentages.  With --tables they are those of all returns
in a folder of Parquet tables; what is published as tables is made of files only.  Exit code 0: computed; 1: `--verify`
found a difference; 2: could not run.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from muster.catalogue import load_collection
from muster.cli.chosen import collection_of_files
from muster.cli.console import Console
from muster.cli.named_returns import read_each
from muster.collect import gather, read_schools
from muster.model import Collection, MusterError, Return, SourceFile
from muster.model.words import count_of
from muster.report import (
    Behind,
    TableResult,
    behind,
    indicator_results,
    published_tables,
    write_indicators_html,
    write_published,
)
from muster.report.indicators import IndicatorLine, IndicatorResult, plain
from muster.report.lineage import figures_json, lineage_of, what_differs

_SHOWN = 12


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("paths", nargs="*", type=Path, help="files, folders or zip files of one collection")
    parser.add_argument(
        "--tables", type=Path, metavar="FOLDER", help="of the returns in Parquet tables instead"
    )
    parser.add_argument(
        "--memory", default="2GB", help="how much memory reading --tables may take (default: 2GB)"
    )
    parser.add_argument("--collection", help="which collection (default: the one the files are of)")
    parser.add_argument("--year", type=int, help="the collection year, where the files are of several")
    parser.add_argument("--authority", default="", help="the authority's number, where the files do not say")
    parser.add_argument(
        "--schools",
        type=Path,
        metavar="CSV",
        help="a register of schools: what names no school of it is dropped",
    )
    parser.add_argument("--out", type=Path, metavar="FOLDER", help="write everything as CSV, XLSX and a page")
    parser.add_argument("--behind", metavar="FIGURE", help="list the records that make up a figure")
    parser.add_argument(
        "--verify",
        type=Path,
        metavar="JSON",
        help="compute again what --json said earlier, and say what differs",
    )
    parser.add_argument("--all", action="store_true", help=f"show every row, not only the first {_SHOWN}")


def run(args: argparse.Namespace, console: Console) -> int:
    """Read the returns, compute, show and write."""
    if bool(args.tables) == bool(args.paths):
        raise MusterError("name files of returns, or a folder of Parquet tables with --tables")
    names = {ref: one.name for ref, one in read_schools(args.schools).items()} if args.schools else {}
    if args.tables:
        return _run_tables(args, console, names)
    with tempfile.TemporaryDirectory(prefix="muster-") as unpacked:
        collection, returns = _read(args, Path(unpacked), names)
        year = _year(args, returns)
        of_year = {ref: one for ref, one in returns.items() if one.year == year}
        if args.behind:
            return _show_behind(args, console, collection, of_year)
        last_year = {ref: one for ref, one in returns.items() if one.year == year - 1}
        results = indicator_results(collection, year, of_year, last_year=last_year, names=names)
        tables = published_tables(collection, year, of_year)
        made = lineage_of(collection, year, {**last_year, **of_year})
    return _tell(args, console, collection, Computed(year, results, tables, made))


def _run_tables(args: argparse.Namespace, console: Console, names: Mapping[str, str]) -> int:
    """The same over Parquet tables, which are never held whole."""
    from muster.national import behind_tables, collection_of_tables, figures_of_tables, year_of_tables

    collection = load_collection(args.collection) if args.collection else collection_of_tables(args.tables)
    year = args.year or year_of_tables(collection, args.tables)
    if args.behind:
        found = behind_tables(collection, year, args.tables, args.behind, memory=args.memory)
        return _tell_behind(args, console, found)
    made = figures_of_tables(collection, year, args.tables, names=names, memory=args.memory)
    return _tell(args, console, collection, Computed(year, made.results, [], made.lineage))


@dataclass(frozen=True)
class Computed:
    """What was computed of the returns of a year: figures, published tables, and what they were made from and by."""

    year: int
    results: tuple[IndicatorResult, ...]
    tables: list[TableResult]
    lineage: Mapping[str, Any]


def _tell(args: argparse.Namespace, console: Console, collection: Collection, made: Computed) -> int:
    answer = {
        "year": made.year, "figures": figures_json(made.results), "tables": _tables_json(made.tables),
        "lineage": made.lineage,
    }  # fmt: skip
    if args.verify:
        return _verify(console, args.verify, answer)
    _show(args, console, made.results, made.tables)
    console.answer(answer)
    if args.out:
        _write(args.out, console, collection, made.results, made.tables)
    return 0


def _read(
    args: argparse.Namespace, unpacked: Path, names: Mapping[str, str]
) -> tuple[Collection, dict[str, Return]]:
    """The returns of the files by name.  Raises MusterError where the collection publishes nothing."""
    sources = gather(args.paths, unpack_to=unpacked).files
    collection = collection_of_files(args.collection, [one for one in sources if _is_xml(one)])
    if not collection.indicators:
        raise MusterError(f"of the {collection.title.lower()} no figures are defined yet")
    if collection.header == "in settings":
        return collection, _read_set(args, collection, sources)
    xml = [one for one in sources if _is_xml(one)]
    if not xml:
        names_given = ", ".join(path.name for path in args.paths)
        raise MusterError(f"no XML file in {names_given}; of a set of tables, name the --collection")
    return collection, read_each(collection, xml, names)


def _is_xml(source: SourceFile) -> bool:
    return source.name.lower().endswith(".xml")


def _read_set(
    args: argparse.Namespace, collection: Collection, sources: Sequence[SourceFile]
) -> dict[str, Return]:
    """The one return that the files make together, of the year and authority that the options name."""
    from muster.checking_set import READABLE, Occasion, read_return

    if args.year is None:
        raise MusterError(f"the files of the {collection.title} name no year; give it with --year")
    readable = [one for one in sources if one.path.suffix.lower() in READABLE]
    one, refused = read_return(collection, readable, Occasion(args.year, args.authority))
    if refused:
        raise MusterError("; ".join(refused))
    return {one.ref or "This return": one}


def _year(args: argparse.Namespace, returns: Mapping[str, Return]) -> int:
    years = sorted({one.year for one in returns.values()})
    year = args.year or years[-1]
    if year not in years:
        raise MusterError(f"none of the returns is of {year}; they are of {', '.join(map(str, years))}")
    return int(year)


def _show(
    args: argparse.Namespace,
    console: Console,
    results: tuple[IndicatorResult, ...],
    tables: list[TableResult],
) -> None:
    lines = results[0].lines if results else ()
    console.say(f"{count_of(len(lines), 'return')} of {results[0].year}" if results else "Nothing to report")
    together = ("All returns",) if len(lines) > 1 else ()
    shown = lines if args.all or len(lines) <= _SHOWN else ()
    names = [*together, *(line.name for line in shown)]
    console.table(
        ("Figure", *names), [_figure_row(result, len(names)) for result in results if names]
    )  # fmt: skip
    if len(shown) < len(lines):
        console.detail("  each return by itself: --all, --json or --out")
    for one in tables:
        console.detail()
        console.detail(one.about.title)
        rows = one.rows if args.all else one.rows[:_SHOWN]
        if not console.quiet:
            console.table(one.headings, [["" if cell is None else cell for cell in row] for row in rows])
        if len(rows) < len(one.rows):
            console.detail(f"  and {count_of(len(one.rows) - len(rows), 'more row')}; --all shows them")


def _figure_row(result: IndicatorResult, columns: int) -> list[str]:
    lines = ((result.whole, *result.lines) if len(result.lines) > 1 else result.lines)[:columns]
    about = result.indicator
    title = f"{about.title} (provisional)" if about.provisional else about.title
    return [title, *(_figure(line) for line in lines)]


def _figure(line: IndicatorLine) -> str:
    """A figure with what it is made of."""
    if line.now is None or line.value is None:
        return "–"
    unit = "%" if line.indicator.unit == "%" else ""
    if line.now.denominator is None:
        return f"{line.value:,}"
    return f"{line.value:,}{unit} ({plain(line.now.numerator)}/{plain(line.now.denominator)})"


def _show_behind(
    args: argparse.Namespace, console: Console, collection: Collection, returns: Mapping[str, Return]
) -> int:
    return _tell_behind(args, console, behind(collection, _year(args, returns), returns, args.behind))


def _tell_behind(args: argparse.Namespace, console: Console, found: list[Behind]) -> int:
    console.say(f"{count_of(len(found), 'record')} behind {args.behind}")
    shown = found if args.all else found[:_SHOWN]
    console.table(("Return", "Record", "Line"), [(one.ref, one.record, one.line or "") for one in shown])
    if len(shown) < len(found):
        console.detail(f"  and {count_of(len(found) - len(shown), 'more record')}; --all shows them")
    console.answer([{"ref": one.ref, "record": one.record, "line": one.line} for one in found])
    return 0


def _tables_json(tables: list[TableResult]) -> dict[str, object]:
    return {one.about.name: {"headings": one.headings, "rows": one.rows} for one in tables}


def _verify(console: Console, stored: Path, now: Mapping[str, Any]) -> int:
    """Hold figures stored earlier to those computed now; exit code 1 where one differs."""
    try:
        then = json.loads(stored.read_text(encoding="utf-8"))
        found = what_differs(then, now)
    except (ValueError, KeyError, TypeError):
        raise MusterError(f"{stored.name} is not what 'muster report --json' wrote") from None
    console.say(
        f"{count_of(len(now['figures']), 'figure')} computed again; {count_of(len(found), 'difference')}"
    )
    for text in found:
        console.detail(f"  {text}")
    console.answer({"differences": found})
    return 1 if found else 0


def _write(
    folder: Path, console: Console, collection: Collection, results: tuple[IndicatorResult, ...],
    tables: list[TableResult],
) -> None:  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True)
    paths = write_published(folder, collection, results, tables)
    page = folder / "figures.html"
    write_indicators_html(results, page, authority=collection.title)
    for path in (*paths, page):
        console.detail(f"Wrote {path}")
