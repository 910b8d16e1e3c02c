"""Small official files of the children in need census for tests, written by the plainest means."""

from __future__ import annotations

from pathlib import Path

from muster.catalogue import load_collection
from muster.model import Return
from muster.read import read_xml
from tests.command import Answer, answer_of, muster
from tests.xml_returns import elements, received

CHILDREN = load_collection("children_in_need")
HEADER = (
    "<Header><CollectionDetails><Collection>CIN</Collection><Year>{year}</Year>"
    "<ReferenceDate>{year}-03-31</ReferenceDate></CollectionDetails>"
    "<Source><SourceLevel>L</SourceLevel><LEA>999</LEA></Source></Header>"
)
IN_ALL = {"2887Q": 1}  # no small file uses eight kinds of disability


def file_of(*children: str, year: int = 2026) -> str:
    """A whole message; the header fills line 1, and each child a line from line 3 on."""
    lines = "".join(f"<Child>{inside}</Child>\n" for inside in children)
    return f"<Message>{HEADER.format(year=year)}\n<Children>\n{lines}</Children>\n</Message>\n"


def child(*episodes: str, disability: str = "NONE", **identifiers: str) -> str:
    """A child of whom nothing is wrong but what is given; an identifier given as '' is left out."""
    given = {
        "LAchildID": "A1",
        "UPNunknown": "UN2",
        "PersonBirthDate": "2019-05-26",
        "Sex": "F",
        **identifiers,
    }
    about = elements(**{name: text for name, text in given.items() if text})
    traits = f"<Ethnicity>WBRI</Ethnicity><Disabilities><Disability>{disability}</Disability></Disabilities>"
    return (
        f"<ChildIdentifiers>{about}</ChildIdentifiers><ChildCharacteristics>{traits}</ChildCharacteristics>"
        + "".join(episodes)
    )


def episode(inside: str = "", **items: str) -> str:
    """An open episode of 2025/26; an item given as '' is left out."""
    given = {"CINreferralDate": "2025-05-06", "ReferralSource": "1A", "PrimaryNeedCode": "N1", **items}
    flag = given.pop("ReferralNFA", "false")
    before = elements(**{name: text for name, text in given.items() if text})
    return f"<CINdetails>{before}{inside}{elements(ReferralNFA=flag)}</CINdetails>"


def arrived(folder: Path, text: str) -> Return:
    """The return a file with this text is read as."""
    return read_xml(CHILDREN, received(folder, text))


def checked(folder: Path, text: str) -> Answer:
    """What 'muster check' answers of a file with this text."""
    return answer_of(muster("check", received(folder, text).path, "--json"))
