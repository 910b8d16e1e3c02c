"""What a received file would change, pupil by pupil and item by item: a proposal, which a person accepts or not.

What is new is proposed to be taken, what differs is asked about, and what only the school has stays.  An address and a
contact are never overwritten without asking, and a permanent UPN is never replaced by a temporary one at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from muster.identifiers import is_permanent, is_temporary
from muster.model import Table
from muster.transferring.files import transfer_collection
from muster.transferring.matching import Match, matches, plain
from muster.transferring.roll import Pupil, Record, Values

Kind = Literal["same", "new", "differs", "ours"]
Proposal = Literal["take", "ask", "keep", "never"]

ADDRESS = (
    "saon", "paon", "street", "locality", "town", "administrative_area", "post_town", "uprn",
    "address_line_1", "address_line_2", "address_line_3", "address_line_4", "address_line_5",
    "county", "postcode", "zip", "country", "easting", "northing",
)  # fmt: skip
_NAMES = frozenset({
    "surname", "forename", "middle_names", "preferred_surname", "preferred_forename", "former_surname",
    "former_forename",
})  # fmt: skip
# Records of people to call and how to reach somebody: never taken in beside others without asking.
_ASKED_ABOUT = frozenset({"contacts", "phones"})
# What tells records of a table apart, where it is not what names them.
_TOLD_APART_BY = {"contacts": ("surname", "forename"), "phones": ("telephone_type",)}


@dataclass(frozen=True)
class ItemChange:
    """One item: what we have, what the file says, and what is proposed and why."""

    item: str
    title: str
    ours: str
    theirs: str
    kind: Kind
    proposal: Proposal
    why: str = ""


@dataclass(frozen=True)
class RecordChange:
    """One record below the pupil, such as a contact or an assessment; ``items`` are those of it that differ."""

    table: str
    record: str
    name: str
    kind: Kind
    proposal: Proposal
    theirs: Record | None = None
    ours: Record | None = None
    items: tuple[ItemChange, ...] = ()


@dataclass(frozen=True)
class PupilChange:
    """One pupil of the file; without a pupil of ours everything of them is new."""

    match: Match
    items: tuple[ItemChange, ...]
    records: tuple[RecordChange, ...]

    @property
    def to_decide(self) -> int:
        """How many questions a person must answer before the pupil can be taken in."""
        proposals = [item.proposal for item in self.items] + [record.proposal for record in self.records]
        return proposals.count("ask") + (self.match.standing == "possible")


def compare(received: Sequence[Pupil], ours: Sequence[Pupil]) -> list[PupilChange]:
    """What a file would change of the pupils a school has; a possible match is shown against the likeliest."""
    return [changes_of(match) for match in matches(received, ours)]


def changes_of(match: Match, ours: Pupil | None = None) -> PupilChange:
    """What would change of one pupil, against the one a person chose or else the likeliest."""
    against = ours or (match.candidates[0].pupil if match.candidates else None)
    known = against or Pupil(0, {})
    items = _items(transfer_collection().tables["pupils"], known.values, match.received.values)
    return PupilChange(match, tuple(items), tuple(_records(known, match.received)))


def _items(table: Table, ours: Values, theirs: Values) -> Iterator[ItemChange]:
    has_address = any(item in ours for item in ADDRESS)
    for item in table.items.values():
        mine, said = ours.get(item.name, ""), theirs.get(item.name, "")
        if mine or said:
            kind = _kind(item.name, mine, said)
            proposal, why = _proposal(item.name, kind, mine, said, has_address=has_address)
            yield ItemChange(item.name, item.title, mine, said, kind, proposal, why)


def _kind(item: str, ours: str, theirs: str) -> Kind:
    if not theirs:
        return "ours"
    if not ours:
        return "new"
    return "same" if _same(item, ours, theirs) else "differs"


def _same(item: str, ours: str, theirs: str) -> bool:
    """Whether two values say the same: names in any letters, postcodes in any spacing."""
    if item in _NAMES:
        return plain(ours) == plain(theirs)
    if item == "postcode":
        return "".join(ours.split()).upper() == "".join(theirs.split()).upper()
    return ours.strip() == theirs.strip()


def _proposal(item: str, kind: Kind, ours: str, theirs: str, *, has_address: bool) -> tuple[Proposal, str]:
    if kind in ("same", "ours"):
        return "keep", ""
    if item == "upn" and kind == "differs":
        return _proposal_for_upn(ours, theirs)
    if item in ADDRESS and has_address:
        return "ask", "an address is never overwritten without asking"
    return ("take", "") if kind == "new" else ("ask", "")


def _proposal_for_upn(ours: str, theirs: str) -> tuple[Proposal, str]:
    if is_permanent(ours) and is_temporary(theirs):
        return "never", "a permanent UPN is never replaced by a temporary one"
    if is_temporary(ours) and is_permanent(theirs):
        return "take", "the temporary UPN becomes a former one"
    return "ask", "the UPN that is replaced becomes a former one"


def _records(ours: Pupil, theirs: Pupil) -> Iterator[RecordChange]:
    left = list(ours.records)
    tables_held = {record.table for record in ours.records}
    for record in theirs.records:
        mine = next((one for one in left if _told(one) == _told(record)), None)
        if mine:
            left.remove(mine)
        yield _record_change(mine, record, beside_others=record.table in tables_held)
    yield from (replace(_change(record, "ours", "keep"), ours=record) for record in left)


def _told(record: Record) -> tuple[object, ...]:
    """What tells a record apart from others of its pupil."""
    within = tuple(plain(text) for text in record.within.values())
    return record.table, within, *(plain(record.values.get(item, "")) for item in _telling(record))


def _telling(record: Record) -> Sequence[str]:
    return _TOLD_APART_BY.get(record.table) or transfer_collection().tables[record.table].natural_key


def _record_change(ours: Record | None, theirs: Record, *, beside_others: bool) -> RecordChange:
    if ours is None:
        ask = theirs.table in _ASKED_ABOUT and beside_others
        return _change(theirs, "new", "ask" if ask else "take", theirs=theirs)
    items = _items(transfer_collection().tables[theirs.table], ours.values, theirs.values)
    differing = tuple(change for change in items if change.kind in ("new", "differs"))
    if not differing:
        return replace(_change(theirs, "same", "keep", theirs=theirs), ours=ours)
    return replace(_change(theirs, "differs", "ask", theirs=theirs), ours=ours, items=differing)


def _change(record: Record, kind: Kind, proposal: Proposal, *, theirs: Record | None = None) -> RecordChange:
    table = transfer_collection().tables[record.table]
    told = (*record.within.values(), *(record.values.get(item, "") for item in _telling(record)))
    return RecordChange(record.table, table.record, " ".join(filter(None, told)), kind, proposal, theirs)
