"""Make one person of the return out of everything the sources say of them at one school."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from muster.link._choose import Sources, merged_values
from muster.link._contracts import Contracts, Laid, lay_contracts
from muster.link._keyed import TARGET, not_found, target_of
from muster.link._lists import label, merged_list, where
from muster.link._merged import Bench, Merged, Told, Value, person_label
from muster.link._people import Account, Candidate
from muster.link.differences import Conflict
from muster.model import Record, SourceKind

POST_LEVEL = ("payments", "additional_payments", "hours")
# These belong to the school that keeps the file; a second school of the federation must not count them again.
_AT_HOME_ONLY = frozenset({"absences", "curriculum"})
_LISTS = ("former_names", "absences", "curriculum", "qualifications")
# A leadership flag is about a post at one school, not about the person.
_NOT_PERSONAL = frozenset({"slt"})


@dataclass
class Person:
    """One person of the return with the candidate they were made from."""

    candidate: Candidate
    merged: Merged
    contracts: Contracts
    keyed: list[Account] = field(default_factory=list)

    @property
    def only_last_year(self) -> bool:
        """Whether no source of this year knows the person."""
        return self.candidate.kinds <= {"last_year"}


def merge_person(
    bench: Bench, candidate: Candidate, keyed: Sequence[Account], elsewhere: Sequence[Account]
) -> Person:
    """Merge one person; ``elsewhere`` are accounts of the same person at other schools, for what is personal."""
    accounts = [*candidate.accounts, *keyed]
    gone = candidate.kinds <= {"last_year"}
    sources = _sources(accounts)
    whose = _label(bench, sources)
    person = merged_values(bench, "members", sources, whose, all_carried=gone)
    _fill_personal(bench, person, elsewhere)
    for table in _LISTS:
        here = _sources(a for a in accounts if not (a.borrowed and table in _AT_HOME_ONLY))
        rows = merged_list(bench, table, here, whose, all_carried=gone)
        if not rows and table == "qualifications":
            rows = merged_list(bench, table, _sources(elsewhere), whose)
        person.children.extend(rows)
    contracts = lay_contracts(bench, candidate)
    _lay_keyed(bench, contracts, candidate, keyed)
    person.children.extend(_contract(bench, laid, whose) for laid in contracts.laid)
    _spread_arrival(person, candidate)
    return Person(candidate, person, contracts, list(keyed))


def _sources(accounts: Iterable[Account]) -> dict[SourceKind, list[Told]]:
    found: dict[SourceKind, list[Told]] = defaultdict(list)
    for account in accounts:
        found[account.source].append(Told(account.extract, account.record))
    return found


def _label(bench: Bench, sources: Sources) -> str:
    """The person as the return will name them."""
    named = Merged("members")
    for item in ("given_name", "family_name", "birth_date"):
        told = [t for kind in bench.owners("members", item) for t in sources.get(kind, ())]
        text = next((found for t in told if (found := t.record.text(item))), None)
        if text:
            named.derive(item, text, "")
    return person_label(named)


def _fill_personal(bench: Bench, person: Merged, elsewhere: Sequence[Account]) -> None:
    """Take what no source says here from what the same person's other schools say."""
    if not elsewhere:
        return
    aside = Bench(bench.collection, bench.authority, bench.year, bench.school)
    others = merged_values(aside, "members", _sources(elsewhere), "")
    for item, value in others.values.items():
        mine = person.values.get(item)
        if mine is None and item not in _NOT_PERSONAL:
            person.values[item] = value
        elif mine is not None and "keyed" in (mine.provenance.source, value.provenance.source):
            # Two schools that both keyed it are counted once, at the second.
            both = mine.provenance.source == value.provenance.source
            bench.keyed_twice += not both or min(a.school for a in elsewhere) < bench.school


def _lay_keyed(bench: Bench, contracts: Contracts, candidate: Candidate, keyed: Iterable[Account]) -> None:
    """Lay keyed contract values on their contracts; a keyed leaving date brings back a contract of last year."""
    for account in keyed:
        for record in account.record.of("contracts"):
            told, target = Told(account.extract, record), record.text(TARGET)
            laid = next((one for one in contracts.laid if one.target == target), None)
            if laid is None and record.text("contract_end"):
                laid = _from_last_year(candidate, target or "")
                contracts.laid.extend([laid] if laid else [])
            if laid:
                laid.add(told)
            else:
                bench.notices.append(not_found(account.extract, record))


def _from_last_year(candidate: Candidate, target: str) -> Laid | None:
    for account in candidate.of_kind("last_year"):
        for record in account.record.of("contracts"):
            if target_of([record]) == target:
                # The end that was expected then is what the keyed one replaces.
                values = {item: cell for item, cell in record.values.items() if item != "contract_end"}
                laid = Laid(target=target)
                laid.add(Told(account.extract, Record(record.table, values, record.children, record.row)))
                return laid
    return None


def _contract(bench: Bench, laid: Laid, whose: str) -> Merged:
    """One contract with its pay, hours and roles, each from the source that owns it."""
    # Where only last year knows the contract it stands as it was, without the pay and hours of last year.
    alone = not any(kind in laid.told for kind in ("payroll", "mis"))
    record = f"{whose}: contract {laid.target}"
    contract = merged_values(bench, "contracts", laid.told, record, all_carried=alone)
    contract.target = laid.target
    _keep_open(bench, contract, laid, record)
    for table in POST_LEVEL:
        contract.children.extend(_post_level(bench, table, laid, record))
    for role in merged_list(bench, "roles", laid.told, record):
        contract.children.append(role)
        _role_level(bench, contract, role, record)
    return contract


def _keep_open(bench: Bench, contract: Merged, laid: Laid, record: str) -> None:
    """A contract its owner gives no end, in a column for it, is open, whatever another source says."""
    owner = next((kind for kind in bench.owners("contracts", "contract_end") if kind in laid.told), None)
    end = contract.values.get("contract_end")
    if owner not in ("payroll", "mis") or end is None or end.provenance.source in (owner, "keyed"):
        return
    told = next((t for t in laid.told[owner] if "contract_end" in t.record.values), None)
    if told is None or told.record.values["contract_end"].suppressed:
        return
    del contract.values["contract_end"]
    bench.conflicts.append(
        Conflict(
            bench.school,
            "contracts",
            "contract_end",
            record,
            "no end date",
            where(told),
            end.text,
            end.provenance,
            f"{owner} owns this item and holds the contract as open",
        )
    )


def _post_level(bench: Bench, table: str, laid: Laid, record: str) -> list[Merged]:
    """Pay or hours of the contract as a whole: item by item where each source has one record, else as a list."""
    if table == "additional_payments" or any(
        len(told.record.of(table)) > 1 for tellers in laid.told.values() for told in tellers
    ):
        return merged_list(bench, table, laid.told, record)
    sources: dict[SourceKind, list[Told]] = {
        kind: [Told(told.extract, below) for told in tellers for below in told.record.of(table)]
        for kind, tellers in laid.told.items()
        if kind != "last_year"
    }
    if not bench.items[table] or not any(sources.values()):
        return []
    merged = merged_values(bench, table, sources, record)
    return [merged] if merged.values else []


def _role_level(bench: Bench, contract: Merged, role: Merged, record: str) -> None:
    """Pay and hours given for the role stand unless they are given for the contract as a whole."""
    if role.told is None:
        return
    kind = role.told.extract.source
    for table in POST_LEVEL:
        for below in role.told.record.of(table):
            told = Told(role.told.extract, below)
            merged = merged_values(bench, table, {kind: [told]}, record)
            if contract.of(table):
                _not_twice(bench, contract.of(table)[0], merged, record)
            elif kind in bench.owners(table):
                role.children.append(merged)


def _not_twice(bench: Bench, stands: Merged, below: Merged, record: str) -> None:
    item = {"payments": "base_pay", "hours": "hours_per_week"}.get(below.table, "payment_amount")
    given, other = stands.values.get(item), below.values.get(item)
    if given and other and _number(given) != _number(other):
        reason = "what is given for the contract as a whole stands"
        bench.conflicts.append(
            Conflict(
                bench.school,
                below.table,
                item,
                record,
                given.text,
                given.provenance,
                other.text,
                other.provenance,
                reason,
            )
        )
    else:
        bench.leave_out(below, record, "already given for the contract as a whole")


def _number(value: Value) -> Decimal | None:
    try:
        return Decimal(value.text)
    except InvalidOperation:
        return None


def _spread_arrival(person: Merged, candidate: Candidate) -> None:
    """The day a person came to the school holds for all their contracts there that began on it or later."""
    contracts = person.of("contracts")
    known = [c.values["school_arrival_date"] for c in contracts if "school_arrival_date" in c.values]
    earlier = [
        Value(cell.text, account.extract.provenance(cell))
        for account in candidate.of_kind("last_year")
        for record in account.record.of("contracts")
        if (cell := record.values.get("school_arrival_date")) and cell.text
    ]
    for contract in contracts:
        start = contract.text("contract_start") or ""
        before = [arrival for arrival in known or earlier if arrival.text <= start]
        if before and "school_arrival_date" not in contract.values:
            contract.values["school_arrival_date"] = min(before, key=lambda value: value.text)


def unlaid_conflict(bench: Bench, person: Person, told: Told) -> Conflict:
    """A staff export's contract that payroll does not pay: reported, and not in the return."""
    stands = person.contracts.laid[0].told
    first = next(iter(stands.values()))[0]
    return Conflict(
        bench.school,
        "contracts",
        "",
        person_label(person.merged),
        "not there",
        where(first),
        label(bench, "contracts", told),
        where(told),
        f"{first.extract.source} owns contracts and has others for this person here",
    )
