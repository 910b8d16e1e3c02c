"""A school of two people for tests of the desk, and edits of what was found of them."""

from __future__ import annotations

from pathlib import Path

from muster.inspecting import Inspected
from muster.model import SourceFile
from muster.resolve import Edit
from tests.xml_returns import contract, elements, received, with_members

YEAR = 2025


def person(given: str, family: str, **details: str) -> str:
    """Staff details of one person."""
    names = (
        f"<StaffMemberName>{elements(PersonFamilyName=family)}"
        f"<GivenNames><GivenName>{elements(PersonGivenName=given)}</GivenName></GivenNames></StaffMemberName>"
    )
    return f"<StaffDetails>{names}{elements(**details)}</StaffDetails>"


def school(folder: Path, *, sex: str = "X", year: str = "2025", name: str = "return.xml") -> SourceFile:
    """Ann Smith, whose sex is no code, on line 3, and Ben Jones with a contract that ends before it starts."""
    ann = person("Ann", "Smith", Sex=sex, PersonBirthDate="1980-01-02")
    ben = person("Ben", "Jones", Sex="M", PersonBirthDate="1981-02-03")
    post = elements(ContractType="PRM", ContractStart="2020-09-01", ContractEnd="2019-08-31", Post="TAS")
    return received(folder, with_members(ann, ben + contract(post), year=year), name)


def of_item(inspected: Inspected, item: str) -> list[str]:
    """The fingerprints of what was found of one item alone."""
    return [f.fingerprint for f in inspected.result.findings if set(f.values) == {item}]


def edit_of(inspected: Inspected, fingerprint: str, item: str, value: str | None) -> Edit:
    """An edit of one value of the record a finding is about."""
    finding = inspected.finding(fingerprint)
    assert finding is not None
    identity = inspected.records.identity_of(finding)
    return Edit(finding.table, identity, item, value, finding.values[item])
