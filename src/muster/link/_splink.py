"""Weigh a whole authority at once with splink, the optional extra, and propose what its weights find likely.

Splink brings its own database; nothing of it is imported until somebody asks.  Like every score here, it only
proposes: a person confirms.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib import resources
from typing import Any

import tomli

from muster.link._decisions import Decisions
from muster.link._gather import gather
from muster.link._people import Account, Candidate
from muster.link._place import place
from muster.link._score import BESIDE_NAMES, Score, score
from muster.link.proposals import Proposal, proposal
from muster.model import Extract, MusterError
from muster.model.authority import Authority

COLUMNS = (
    "unique_id", "school", "teacher_number", "ni_number", "birth_date", "family", "families", "given", "post",
)  # fmt: skip
_LIKELY = 0.9


def propose_with_splink(
    authority: Authority,
    extracts: Iterable[Extract],
    *,
    confirmed: Decisions | None = None,
    likely: float = _LIKELY,
) -> tuple[Proposal, ...]:
    """Proposals for people of payroll and staff exports that no exact pass could match, over all schools at once.

    Raises MusterError where splink is not installed.
    """
    left, right = _unmatched(authority, extracts, confirmed or Decisions())
    if not left or not right:
        return ()
    rows = [[row_of(person.accounts[0]) for person in side] for side in (left, right)]
    by_key = {person.accounts[0].key: person for person in (*left, *right)}
    found = []
    for pair in _predict(rows[0], rows[1], likely):
        one, other = by_key[pair["unique_id_l"]], by_key[pair["unique_id_r"]]
        if score(one.identity, other.identity).beside_names < BESIDE_NAMES:
            continue  # never on a name alone, however rare the name
        percent = round(100 * float(pair["match_probability"]))
        reasons = (f"{percent}% likely", f"match weight {float(pair['match_weight']):.1f}")
        found.append(proposal(one, other, "link.splink", Score(percent, percent, reasons)))
    return tuple(sorted(found, key=lambda p: (p.ref, -p.points, p.left.key, p.right.key)))


def _unmatched(
    authority: Authority, extracts: Iterable[Extract], decisions: Decisions
) -> tuple[list[Candidate], list[Candidate]]:
    """The people of payroll and those of staff exports that stay apart after the exact passes."""
    placed = place(authority, extracts, ())
    everyone = [
        p
        for ref, accounts in sorted(placed.accounts.items())
        for p in gather(ref, accounts, decisions).people
    ]
    return (
        [person for person in everyone if person.kinds == {"payroll"}],
        [person for person in everyone if person.kinds == {"mis"}],
    )


def row_of(account: Account) -> dict[str, Any]:
    """An account as a row for splink; placeholders are already gone from its identity."""
    who = account.identity
    names = sorted((name.family, name.first) for name in who.names)
    return {
        "unique_id": account.key,
        "school": account.school,
        "teacher_number": min(who.teacher_numbers, default=None),
        "ni_number": min(who.ni_numbers, default=None),
        "birth_date": min(who.birth_dates, default=None),
        "family": names[0][0] if names else None,
        "families": [family for family, _ in names],
        "given": names[0][1] if names else None,
        "post": min(who.posts, default=None),
    }


def model() -> dict[str, Any]:
    """The trained model: how much each agreement and disagreement weighs."""
    return tomli.loads((resources.files("muster.link") / "splink_model.toml").read_text(encoding="utf-8"))


def _predict(
    left: Sequence[dict[str, Any]], right: Sequence[dict[str, Any]], likely: float
) -> list[dict[str, Any]]:
    try:
        import pyarrow as pa
        from splink import Linker
        from splink.backends.duckdb import DuckDBAPI
    except ImportError as problem:
        raise MusterError(
            "Weighing a whole authority needs splink 5, which is not installed. "
            "Install the extra: pip install 'muster[splink]'."
        ) from problem
    database = DuckDBAPI()
    tables = [
        database.register(
            pa.table({column: [row[column] for row in rows] for column in COLUMNS}), dataset_display_name=name
        )
        for rows, name in ((left, "payroll"), (right, "staff_export"))
    ]
    linker = Linker(tables, model(), log_level=None)
    predicted: list[dict[str, Any]] = linker.inference.predict(
        threshold_match_probability=likely
    ).as_record_list()
    return predicted
