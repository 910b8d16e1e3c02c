"""Writing and reading mirror each other: the same tables come back, and the same elements go out again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from muster.catalogue import load_collection
from muster.exchange import write_xml, xml_text
from muster.model import Return, SourceFile
from muster.read import read_xml

ReturnsOf = Callable[[int], st.SearchStrategy[Return]]
Contents = Callable[[Return], object]

WORKFORCE = load_collection("school_workforce")
SOME = settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))


def read_back(text: str) -> Return:
    """The return that a file with this text holds."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "return.xml"
        path.write_bytes(text.encode())
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        return read_xml(WORKFORCE, SourceFile(path, path.name, digest, path.stat().st_size))


@pytest.mark.parametrize("year", WORKFORCE.years)
@SOME
@given(data=st.data())
def test_what_is_written_is_read_back_as_the_same_tables(
    year: int, data: st.DataObject, returns_of: ReturnsOf, contents: Contents
) -> None:
    return_ = data.draw(returns_of(year))
    back = read_back(xml_text(WORKFORCE, return_))
    assert back.year == year and contents(back) == contents(return_)
    assert not back.notices


@pytest.mark.parametrize("year", [2010, 2013, 2025])
@SOME
@given(data=st.data())
def test_a_file_that_was_read_is_written_with_the_same_text(
    year: int, data: st.DataObject, returns_of: ReturnsOf
) -> None:
    text = xml_text(WORKFORCE, data.draw(returns_of(year)))
    assert xml_text(WORKFORCE, read_back(text)) == text


def test_reading_and_writing_keeps_every_known_element_and_only_those(tmp_path: Path) -> None:
    strange = STRANGE.replace("<Sex>", "<FavouriteColour>blue</FavouriteColour>\n<Sex>")
    write_xml(WORKFORCE, read_back(strange), tmp_path / "return.xml")
    kept = [(e.tag, (e.text or "").strip()) for e in etree.parse(tmp_path / "return.xml").iter()]
    sent = [(e.tag, (e.text or "").strip()) for e in etree.fromstring(STRANGE.encode()).iter()]
    assert kept == sent


STRANGE = """<?xml version="1.0" encoding="utf-8"?>
<Message><Header><CollectionDetails><Collection>School Workforce Census</Collection><Year>2025</Year>
<ReferenceDate>2025-11-06</ReferenceDate></CollectionDetails><Source><SourceLevel>S</SourceLevel><LEA>999</LEA>
<Estab>4001</Estab></Source></Header><SchoolWorkforceMembers><SchoolWorkforceMember><StaffDetails>
<StaffMemberName><PersonFamilyName>O&apos;Invented</PersonFamilyName></StaffMemberName><Sex>F</Sex></StaffDetails>
<ContractOrServiceGroup><ContractOrService><ContractType>PRM</ContractType><Roles><Role>
<RoleIdentifier>TCHR</RoleIdentifier><RoleLevelDetails><Payments><BasePay>n/k</BasePay></Payments>
</RoleLevelDetails></Role></Roles></ContractOrService></ContractOrServiceGroup></SchoolWorkforceMember>
</SchoolWorkforceMembers></Message>
"""
