"""The page of differences from other programs, made from the rows that are asked of both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from muster.catalogue._source import pipe_table
from muster.model import Collection, Rule
from muster.model.words import value_in_words

_SAID = {"fails": "flags", "ok": "passes"}
_TOP = """\
# Where Muster answers differently

Written by `tests/rules/test_differences.py` from `docs/reference/differences/`; do not edit.

Each rule of which Muster and a published program that checks the same return give different answers, with a row that
shows it. Muster follows the official text; where that can be read in two ways, the note of the rule says which was
taken (`muster explain 8569Q --collection children_in_need`). A test asks both engines every row below on each build.

*Flags*: the row is found by the rule. *Passes*: it is not. The row asked about comes first; after "beside" stands what
it is held against. A row holds nothing but what is shown.
"""


class Shown(Protocol):
    """What the page needs of a difference."""

    @property
    def collection(self) -> Collection: ...
    @property
    def rule(self) -> Rule: ...
    @property
    def year(self) -> int: ...
    @property
    def peer(self) -> str: ...
    @property
    def why(self) -> str: ...
    @property
    def tables(self) -> Mapping[str, str]: ...


def page(documents: Mapping[str, Mapping[str, Any]], shown: Mapping[str, Sequence[Shown]]) -> str:
    """The whole page: a section for each collection."""
    return "\n".join(
        line for part in ([_TOP], *(_section(documents[n], shown[n]) for n in documents)) for line in part
    )


def _section(document: Mapping[str, Any], shown: Sequence[Shown]) -> Iterator[str]:
    codes = {one.rule.code for one in shown}
    yield f"## {shown[0].collection.title}: {document['program']}\n"
    yield f"{len(codes)} rules, {len(shown)} rows.\n"
    yield from (f"{text}\n" for text in document.get("before", ()))
    yield "| rule | year | the row | Muster | the program | the program ... |"
    yield "|---|---|---|---|---|---|"
    yield from (_line(one) for one in shown)
    yield ""
    yield from (f"* {text}" for text in document.get("after", ()))
    yield ""


def _line(one: Shown) -> str:
    asked, beside, verdict = _rows(one)
    row = "; ".join(asked) + (f"; beside {'; '.join(beside)}" if beside else "")
    year = f"{one.year - 1}/{one.year % 100:02d}"
    return f"| {one.rule.code} | {year} | {row} | {_SAID[verdict]} | {_SAID.get(one.peer, one.peer)} | {one.why} |"


def _rows(one: Shown) -> tuple[list[str], list[str], str]:
    """The rows asked about, the rows beside them, and what Muster says of the former."""
    asked, beside, verdict = [], [], ""
    for table, text in one.tables.items():
        for row in pipe_table(text):
            said = _row(one.collection, table, row)
            if row.get("?"):
                asked.append(said)
                verdict = row["?"] if verdict != "fails" else verdict
            else:
                beside.append(said)
    return asked, beside, verdict


def _row(collection: Collection, table: str, row: Mapping[str, str]) -> str:
    about = collection.tables[table]
    items = [f"{name} {_value(text)}" for name, text in row.items() if name in about.items and text]
    times = f" ({row['times']} times)" if row.get("times") else ""
    whose = f" of {row['child_id']}" if row.get("child_id", "A") not in ("", "A") else ""
    return f"{about.record}{whose}{times}: {', '.join(items) or 'nothing in it'}".replace("|", "/")


def _value(text: str) -> str:
    return text if text.startswith("$") else f"`{text}`" if " " in text else value_in_words(text)
