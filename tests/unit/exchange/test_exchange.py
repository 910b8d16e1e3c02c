"""The official file: its shape by year, what is left out, how text is escaped, whole or not at all."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from lxml import etree

from muster.catalogue import load_collection
from muster.exchange import file_name, write_xml, xml_text
from muster.model import Collection, MusterError, Return, Rows

WORKFORCE = load_collection("school_workforce")


def a_return(year: int = 2013, *, estab: str | None = "4001", **tables: list[dict[str, object]]) -> Return:
    """A return with a header and the rows given; names of keys and items may be mixed."""
    rows = {name: Rows.empty(WORKFORCE, name) for name in WORKFORCE.tables}
    header = {"return_id": 1, "lea": "999", "estab": estab, "year": str(year)}
    for name, records in {"returns": [header], **tables}.items():
        for record in records:
            rows[name].append({"return_id": 1, **record}, record)  # type: ignore[dict-item, arg-type]
    return Return(WORKFORCE.name, year, rows)


def elements(return_: Return, path: str) -> list[str | None]:
    """The texts of the elements at a path of the written file."""
    root = etree.fromstring(xml_text(WORKFORCE, return_).encode())
    return [found.text for found in root.iterfind(path)]


PERSON = {"member_id": 1, "family_name": "Invented", "sex": "2", "qt_status": "true", "qts": "true"}
CONTRACT = {"member_id": 1, "contract_id": 1, "post": "TCH"}


def test_the_file_starts_with_a_utf8_prolog_and_no_namespace() -> None:
    text = xml_text(WORKFORCE, a_return())
    assert text.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<Message>\n  <Header>\n')
    assert "xmlns" not in text


def test_containers_without_content_are_not_written() -> None:
    text = xml_text(WORKFORCE, a_return(members=[PERSON]))
    for name in ("FormerFamilyNames", "ContractOrServiceGroup", "Absences", "School>", "LA>", "Content"):
        assert name not in text


def test_elements_and_their_order_follow_the_year_of_the_return() -> None:
    pay = {"member_id": 1, "contract_id": 1, "payment_id": 1, "pay_range": "TE", "base_pay": "31868.00"}
    tables = {"members": [PERSON], "contracts": [CONTRACT], "payments": [pay | {"spine_point": "M6"}]}
    early, late = (xml_text(WORKFORCE, a_return(year, **tables)) for year in (2013, 2025))
    assert "<GenderCurrent>2<" in early and "<Scale>TE<" in early and "<SpinePoint>M6<" in early
    assert early.index("<GenderCurrent>") < early.index("<QTStatus>") < early.index("<Scale>")
    assert "<Sex>2<" in late and "<QTS>true<" in late and "<PayRange>TE<" in late
    assert "QTStatus" not in late and "SpinePoint" not in late


def test_pay_of_a_role_is_written_under_the_role_and_other_pay_under_the_post() -> None:
    role = {"member_id": 1, "contract_id": 1, "role_id": 7, "role": "TCHR"}
    of_role = {**role, "payment_id": 1, "base_pay": "100.00"}
    of_post = {"member_id": 1, "contract_id": 1, "payment_id": 2, "base_pay": "200.00"}
    written = a_return(members=[PERSON], contracts=[CONTRACT], roles=[role], payments=[of_role, of_post])
    assert elements(written, ".//RoleLevelDetails/Payments/BasePay") == ["100.00"]
    assert elements(written, ".//PostLevelDetails/Payments/BasePay") == ["200.00"]


def test_an_item_that_may_come_twice_is_written_twice() -> None:
    given = {"member_id": 1, "qualification_id": 1, "subject_1": "G100", "subject_2": "F300"}
    written = a_return(members=[PERSON], qualifications=[given])
    assert elements(written, ".//Subjects/QualificationSubject") == ["G100", "F300"]


def test_an_empty_record_is_written_but_an_empty_value_is_not() -> None:
    written = a_return(members=[{"member_id": 1}, {"member_id": 2, "sex": ""}])
    assert xml_text(WORKFORCE, written).count("<SchoolWorkforceMember/>") == 2


def test_markup_in_a_value_is_escaped_and_impossible_characters_are_replaced() -> None:
    name = 'O\'B & <i>"x"\r\x0b'
    written = a_return(members=[{"member_id": 1, "family_name": name}])
    text = xml_text(WORKFORCE, written)
    assert "O&apos;B &amp; &lt;i&gt;&quot;x&quot;&#13;\ufffd" in text
    assert elements(written, ".//PersonFamilyName") == ['O\'B & <i>"x"\r\ufffd']


def test_booleans_are_written_in_lower_case_and_other_text_as_it_stands() -> None:
    person = {"member_id": 1, "hlta_status": "True", "qt_status": "Maybe", "family_name": "TRUE"}
    written = a_return(members=[person])
    assert elements(written, ".//HLTAStatus") == ["true"]
    assert elements(written, ".//QTStatus") == ["Maybe"]
    assert elements(written, ".//PersonFamilyName") == ["TRUE"]


def test_a_record_that_lies_within_nothing_is_refused_rather_than_lost() -> None:
    with pytest.raises(MusterError, match="belong to staff details that the return does not hold"):
        xml_text(WORKFORCE, a_return(contracts=[CONTRACT]))


def test_a_return_without_a_header_is_refused() -> None:
    with pytest.raises(MusterError, match="one header"):
        xml_text(WORKFORCE, a_return(returns=[]))


def test_the_written_file_holds_the_text_and_nothing_else_is_left(tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "return.xml"
    write_xml(WORKFORCE, a_return(), path)
    assert path.read_text("utf-8") == xml_text(WORKFORCE, a_return())
    assert [found.name for found in path.parent.iterdir()] == ["return.xml"]


def test_a_full_disk_leaves_the_earlier_file_and_nothing_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    path = tmp_path / "return.xml"
    path.write_text("earlier")
    monkeypatch.setattr(os, "fsync", no_room)
    with pytest.raises(MusterError, match=r"return\.xml could not be written .* No space left"):
        write_xml(WORKFORCE, a_return(), path)
    assert path.read_text() == "earlier"
    assert [found.name for found in tmp_path.iterdir()] == ["return.xml"]


@pytest.mark.parametrize(
    ("year", "estab", "serial", "name"),
    [
        (2025, "2001", 1, "9992001_SWF_999LL25_001.xml"),
        (2018, "2001", 12, "9992001_SWC_999LL18_012.xml"),
        (2019, None, 1, "999_SWF_999LL19_001.xml"),
    ],
)
def test_files_are_named_as_the_census_names_them(
    year: int, estab: str | None, serial: int, name: str
) -> None:
    assert file_name(WORKFORCE, a_return(year, estab=estab), serial) == name


def test_another_collection_is_named_after_itself() -> None:
    other = Collection("pupil_census", "Pupils", (2013,), "", {}, {}, WORKFORCE.message, (), (), {})
    assert file_name(other, a_return()) == "9994001_PUPIL_CENSUS_999LL13_001.xml"
