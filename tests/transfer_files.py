"""Small transfer files for tests, written by the plainest means."""

from __future__ import annotations

from pathlib import Path

from muster.model import SourceFile
from muster.transferring.files import Transfer, read_transfer
from tests.xml_returns import elements, received

NAME = "9991111_CTF_9994001_001.xml"
# Its authority is 999, which no authority is.
UPN, OTHER_UPN, TEMPORARY_UPN = "L999200000017", "A999200000018", "M99920000001A"


def header(*, kind: str = "CTF", version: str = "13.0", **changed: str) -> str:
    """The header of a full file from 999/1111 to 999/4001; a value given as '' is left out."""
    given = {
        "DocumentName": "Common Transfer File" if kind == "CTF" else "Admissions Data Transfer File",
        f"{kind}version": version, "DateTime": f"20{version[:2]}-12-02T10:00:00",
        "DocumentQualifier": "full", "SupplierID": "Muster", **changed,
    }  # fmt: skip
    places = {
        name: given.pop(name, usual) for name, usual in (("source", "9991111"), ("destination", "9994001"))
    }
    year = given.pop("AcademicYear", given["DateTime"][:4])
    source, destination = places["source"], places["destination"]
    return (
        "<Header>" + elements(**{name: text for name, text in given.items() if text}) + "<SourceSchool>"
        + elements(LEA=source[:3], Estab=source[3:], SchoolName="A", AcademicYear=year) + "</SourceSchool>"
        + "<DestSchool>" + elements(LEA=destination[:3], Estab=destination[3:]) + "</DestSchool></Header>"
    )  # fmt: skip


def pupil(*blocks: str, sex: str = "Gender", **changed: str) -> str:
    """A pupil of whom nothing is wrong but what is given; an item given as '' is left out."""
    given = {
        "UPN": UPN, "Surname": "Quill", "Forename": "Ada", "DOB": "2004-05-26", sex: "F", **changed,
    }  # fmt: skip
    return (
        "<Pupil>"
        + elements(**{name: text for name, text in given.items() if text})
        + "".join(blocks)
        + "</Pupil>"
    )


def file_of(*pupils: str, kind: str = "CTF", **about: str) -> str:
    """A whole file; the header is line 1, and each pupil a line from line 3 on."""
    root, lines = f"{kind[:2]}file", "\n".join(pupils)
    return f"<{root}>{header(kind=kind, **about)}\n<{kind}pupilData>\n{lines}\n</{kind}pupilData></{root}>\n"


def arrived(folder: Path, text: str, name: str = NAME) -> Transfer:
    """What a file with this text is read as."""
    return read_transfer(received(folder, text, name))


def as_file(folder: Path, text: str, name: str = NAME) -> SourceFile:
    """The file as it arrives."""
    return received(folder, text, name)
