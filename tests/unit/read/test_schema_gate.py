"""A file can be held to an official schema first: every fault with its line, and reading goes on."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.xml_returns import received

from muster.model import UnreadableFile
from muster.read import SchemaGate

SCHEMA = """<?xml version="1.0"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:element name="Message"><xs:complexType><xs:sequence>
    <xs:element name="Day" type="xs:date" minOccurs="0" maxOccurs="unbounded"/>
  </xs:sequence></xs:complexType></xs:element>
</xs:schema>
"""


@pytest.fixture
def gate(tmp_path: Path) -> SchemaGate:
    (tmp_path / "days.xsd").write_text(SCHEMA, "utf-8")
    return SchemaGate(tmp_path / "days.xsd")


def test_a_file_in_keeping_with_the_schema_gives_no_notice(gate: SchemaGate, tmp_path: Path) -> None:
    assert gate.notices(received(tmp_path, "<Message><Day>2026-03-31</Day></Message>")) == []


def test_each_fault_is_an_error_with_its_line(gate: SchemaGate, tmp_path: Path) -> None:
    text = "<Message>\n<Day>31/03/2026</Day>\n<Day>2026-03-31</Day>\n<Night/>\n</Message>"
    found = gate.notices(received(tmp_path, text))
    assert [(notice.line, notice.severity) for notice in found] == [(2, "error"), (4, "error")]
    assert "31/03/2026" in found[0].message and "Night" in found[1].message
    assert {notice.code for notice in found} == {"read.schema"}


def test_the_line_is_right_beyond_the_lines_the_parser_can_count(gate: SchemaGate, tmp_path: Path) -> None:
    days = "<Day>2026-03-31</Day>\n" * 70_000
    (only,) = gate.notices(received(tmp_path, f"<Message>\n{days}<Day>\n</Day>\n</Message>"))
    assert only.line == 70_002


def test_a_fault_met_ten_thousand_times_is_counted_and_not_listed(gate: SchemaGate, tmp_path: Path) -> None:
    found = gate.notices(received(tmp_path, f"<Message>{'<Day>x</Day>' * 30}</Message>"))
    assert len(found) == 21
    assert (found[-1].code, found[-1].value) == ("read.more", "10")


def test_a_file_that_is_no_schema_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "days.xsd").write_text("<Message/>", "utf-8")
    with pytest.raises(UnreadableFile, match=r"days\.xsd is not an XML schema"):
        SchemaGate(tmp_path / "days.xsd")


def test_a_schema_that_is_not_there_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"none\.xsd is not an XML schema"):
        SchemaGate(tmp_path / "none.xsd")
