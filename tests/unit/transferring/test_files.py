"""A transfer file is read in any version, written as it was, and turned into another version."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.transfer_files import NAME, arrived, as_file, file_of, header, pupil
from tests.xml_returns import column, of_code

from muster.model import MusterError, UnreadableFile
from muster.transferring.files import Transfer, converted, read_transfer, transfer_text, write_transfer

ODD = '<BasicDetails><Mood day="1">glad<Why/></Mood><MiddleNames>B</MiddleNames></BasicDetails>'
OWN = "<SuppInfo><Locker>12</Locker></SuppInfo>"
TWO_PHONES = (
    "<Phones><Phone><TelephoneType>H</TelephoneType><PhoneNo>020 7946 0001</PhoneNo></Phone></Phones>"
    "<Contacts><Contact><Order>1</Order><Surname>Quill</Surname><Relationship>PAM</Relationship>"
    "<Responsibility>true</Responsibility><Address><AddressAsPupil>true</AddressAsPupil></Address>"
    "<Phones><Phone><TelephoneType>M</TelephoneType><PhoneNo>07700 900001</PhoneNo></Phone></Phones>"
    "</Contact></Contacts>"
)


def again(folder: Path, transfer: Transfer) -> Transfer:
    """The file written and read once more."""
    write_transfer(transfer, folder / "again" / NAME)
    return read_transfer(as_file(folder, (folder / "again" / NAME).read_text(encoding="utf-8")))


def test_a_file_says_what_it_is(tmp_path: Path) -> None:
    read = arrived(tmp_path, file_of(pupil()))
    assert (read.kind, read.version, read.document.year) == ("CTF", "13.0", 2013)
    assert (str(read.source), str(read.destination), len(read.pupils)) == ("999/1111", "999/4001", 1)
    assert read.document.ref == NAME
    assert read.disagreements() == ()
    assert read.document.notices == []


def test_an_admissions_file_of_series_10_is_of_the_year_of_version_13(tmp_path: Path) -> None:
    offer = pupil("<Admissions><Accept>true</Accept></Admissions>", ApplicationReference="A1")
    read = arrived(tmp_path, file_of(offer, kind="ATF", version="10.0"), NAME.replace("CTF", "ATF"))
    assert (read.kind, read.version, read.document.year) == ("ATF", "10.0", 2013)
    assert (column(read.document, "pupils", "accepted"), read.disagreements()) == (["true"], ())
    assert "<ATFversion>10.0</ATFversion>" in transfer_text(read)
    assert "<ATFpupilData>" in transfer_text(read)


def test_what_nobody_knows_is_kept_where_it_stood(tmp_path: Path) -> None:
    read = arrived(tmp_path, file_of(pupil(ODD, OWN)))
    written = transfer_text(read)
    assert '<Mood day="1">glad<Why/></Mood>\n      </BasicDetails>' in written
    assert f"{OWN}\n    </Pupil>" in written
    assert transfer_text(again(tmp_path, read)) == written
    assert [n.value for n in of_code(read.document, "read.unknown_element")] == ["glad"]


def test_telephones_stay_with_the_pupil_and_with_the_contact(tmp_path: Path) -> None:
    read = again(tmp_path, arrived(tmp_path, file_of(pupil(TWO_PHONES))))
    assert column(read.document, "phones", "telephone_type") == ["H", "M"]
    assert read.document.tables["phones"].keys["contact_id"] == [None, 1]


@pytest.mark.parametrize(("element", "version"), [("Gender", "22.0"), ("Sex", "23.0")])
def test_sex_has_the_element_of_its_version(tmp_path: Path, element: str, version: str) -> None:
    read = arrived(tmp_path, file_of(pupil(sex=element), version=version))
    assert column(read.document, "pupils", "sex") == ["F"]
    assert read.document.notices == []
    assert f"<{element}>F</{element}>" in transfer_text(read)


def test_a_file_13_sent_as_25_says_so(tmp_path: Path) -> None:
    read = arrived(tmp_path, file_of(pupil(), version="25.0", DateTime="2025-10-01T10:00:00"))
    (notice,) = of_code(read.document, "read.other_year")
    said = "<Gender> is not part of version 25.0 (it belongs to versions to 22.0)"
    assert notice.message == f"{said}; it was read."
    assert read.refusals() == (f"The file says that it is version 25.0, but it was not made as one: {said}.",)


@pytest.mark.parametrize(("version", "year", "nearest"), [("11.0", 2012, "12.0"), ("26.0", 2025, "25.0")])
def test_an_unknown_version_is_read_as_the_nearest_and_said(
    tmp_path: Path, version: str, year: int, nearest: str
) -> None:
    read = arrived(tmp_path, file_of(pupil(sex="Sex" if year > 2022 else "Gender"), version=version))
    assert read.document.year == year
    (notice,) = of_code(read.document, "read.version")
    assert f"Its version '{version}' is not known; it was read as version {nearest}" in notice.message


@pytest.mark.parametrize(
    ("version", "said"), [("", "does not say its version"), ("new", "says 'new' for its version")]
)
def test_a_file_without_a_version_is_refused(tmp_path: Path, version: str, said: str) -> None:
    text = file_of(pupil()).replace("<CTFversion>13.0</CTFversion>", f"<CTFversion>{version}</CTFversion>")
    with pytest.raises(UnreadableFile, match=said):
        arrived(tmp_path, text)


def test_the_spelling_of_one_supplier_is_read(tmp_path: Path) -> None:
    text = file_of(pupil()).replace("CTFversion", "CTFVersion")
    read = arrived(tmp_path, text)
    assert (read.version, read.document.notices) == ("13.0", [])
    assert "<CTFversion>13.0</CTFversion>" in transfer_text(read)


def test_another_version_loses_nothing_in_silence(tmp_path: Path) -> None:
    service = "<BasicDetails><ServiceChild>Y</ServiceChild></BasicDetails>"
    read = arrived(tmp_path, file_of(pupil(service, OWN), version="17.0"))
    to_13, to_25 = converted(read, "13.0"), converted(read)
    assert to_13.lost == ("Service child: 1 value",)
    assert "<CTFversion>13.0</CTFversion>" in transfer_text(to_13.transfer)
    assert "<ServiceChild>" not in transfer_text(to_13.transfer)
    assert to_25.lost == ()
    assert "<Sex>F</Sex>" in transfer_text(to_25.transfer)
    assert OWN in transfer_text(to_13.transfer)
    assert read.version == "17.0"


def test_a_version_nobody_writes_is_refused(tmp_path: Path) -> None:
    with pytest.raises(
        MusterError, match=r"'26\.0' is no version Muster writes; choose one of 12\.0 to 25\.0"
    ):
        converted(arrived(tmp_path, file_of(pupil())), "26.0")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("9991112_CTF_9994001_001.xml", "it goes from 999/1112, its header says 999/1111."),
        ("9991111_CTF_999LLLL_001.xml", "it goes to authority 999, its header says 999/4001."),
        ("9991111_ATF_9994001_001.xml", "The name of the file says ATF, but it is a CTF."),
        ("transfer.xml", "it has 1 parts between underscores, not 4"),
    ],
)
def test_a_name_and_a_header_that_disagree_are_told(tmp_path: Path, name: str, said: str) -> None:
    (found,) = arrived(tmp_path, file_of(pupil()), name).disagreements()
    assert said in found


def test_a_file_for_an_unknown_school_holds_one_pupil(tmp_path: Path) -> None:
    unknown = "X" * 7
    name = NAME.replace("9994001", unknown)
    one = arrived(tmp_path, file_of(pupil(), destination=unknown), name)
    two = arrived(tmp_path, file_of(pupil(), pupil(), destination=unknown), name)
    assert one.disagreements() == ()
    assert two.disagreements() == (
        "A file for an unknown school holds one pupil, and this one holds 2 pupils.",
    )


def test_a_header_without_a_destination_disagrees(tmp_path: Path) -> None:
    text = f"<CTfile>{header(destination='ULN4001')}<CTFpupilData>{pupil()}</CTFpupilData></CTfile>"
    (found,) = arrived(tmp_path, text).disagreements()
    assert found.endswith("its header says nothing that can be.")
