"""Lists of records below a person or a contract: one source gives the list, the others are compared with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from muster.link._choose import CARRIED, Sources, merged_values
from muster.link._merged import Bench, Merged, Told
from muster.link.differences import Conflict
from muster.model import Provenance, SourceKind


def merged_list(
    bench: Bench, table: str, above: Sources, whose: str, *, all_carried: bool = False
) -> list[Merged]:
    """The records of a table below the given ones, from the first source that has any."""
    if not bench.items[table]:
        return []
    rows = {kind: _below(above.get(kind, ()), table) for kind in bench.owners(table)}
    if table not in CARRIED and not all_carried:
        rows.pop("last_year", None)
    having = [kind for kind, told in rows.items() if told]
    if not having:
        return []
    winner = having[0]
    for kind in having[1:]:
        _compare(bench, table, rows[winner], rows[kind], whose)
    return [
        merged_values(
            bench, table, {winner: [told]}, f"{whose}: {label(bench, table, told)}", all_carried=all_carried
        )
        for told in rows[winner]
    ]


def _below(above: Iterable[Told], table: str) -> list[Told]:
    """The records of a table below records of one kind of source; a second file adds only what is new."""
    found: list[Told] = []
    for parent in above:
        earlier = [_texts(told) for told in found if told.extract is not parent.extract]
        here = [Told(parent.extract, record) for record in parent.record.of(table)]
        found.extend(told for told in here if _texts(told) not in earlier)
    return found


def _texts(told: Told) -> dict[str, str]:
    return {item: cell.text for item, cell in told.record.values.items() if cell.text}


def _compare(bench: Bench, table: str, stands: Sequence[Told], others: Sequence[Told], whose: str) -> None:
    """List what another source of this year has and the winner has not; keyed lists count as keyed twice."""
    kind: SourceKind = others[0].extract.source
    if kind == "keyed":
        bench.keyed_twice += len(others)
    if kind == "last_year" or stands[0].extract.source == "last_year":
        return
    known = {_natural(bench, table, told) for told in stands}
    for told in others:
        if _natural(bench, table, told) not in known:
            bench.conflicts.append(_missing(bench, table, stands[0], told, whose))


def _natural(bench: Bench, table: str, told: Told) -> tuple[str | None, ...]:
    return tuple(told.record.text(item) for item in bench.collection.tables[table].natural_key)


def _missing(bench: Bench, table: str, stands: Told, told: Told, whose: str) -> Conflict:
    owner = stands.extract.source
    return Conflict(
        bench.school,
        table,
        "",
        whose,
        "not there",
        where(stands),
        label(bench, table, told),
        where(told),
        f"the list of {owner} stands as a whole",
    )


def where(told: Told) -> Provenance:
    """Where a whole record came from."""
    return Provenance(told.extract.source, told.extract.file.name, told.record.row, "", told.extract.mapping)


def label(bench: Bench, table: str, told: Told) -> str:
    """A record named by what makes it different from its neighbours."""
    about = bench.collection.tables[table]
    named = [text for item in about.natural_key if (text := told.record.text(item))]
    return " ".join((about.record, *named))
