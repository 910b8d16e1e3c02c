"""Small files of the SSDA903 return for tests, written by the plainest means; every child in them is invented."""

from __future__ import annotations

from pathlib import Path

from muster.catalogue import load_collection
from muster.model import Return, SourceFile
from muster.read import Told, read_file_set, read_xml
from tests.xml_returns import received

LOOKED_AFTER = load_collection("looked_after")
YEAR = 2025
HEADER = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB"
EPISODES = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN"
MISSING = "CHILD,DOB,MISSING,MIS_START,MIS_END"
ONE_EPISODE = "C1,01/06/2024,S,C2,N1,U6,PR1,,,,ZZ99 1AA,ZZ99 2AA,9999999"


def table(folder: Path, name: str, *lines: str) -> SourceFile:
    """One file of a set."""
    return received(folder, "\n".join(lines) + "\n", name)


def read_set(*sources: SourceFile, year: int = YEAR, authority: str = "999") -> Return:
    """The return these files make."""
    return read_file_set(LOOKED_AFTER, sources, Told(year, authority))


def read_children(folder: Path, *children: str, year: int = YEAR) -> Return:
    """An XML file of these children, one to a line from line 2."""
    text = (
        "<EXPSSDA903>\n" + "\n".join(f"<CHILD>{inside}</CHILD>" for inside in children) + "\n</EXPSSDA903>\n"
    )
    return read_xml(LOOKED_AFTER, received(folder, text), told=Told(year, "999"))
