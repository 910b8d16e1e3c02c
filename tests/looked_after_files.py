"""Small files of the SSDA903 return for tests, written by the plainest means; every child in them is invented."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from muster.catalogue import load_collection
from muster.model import Return, SourceFile
from muster.read import Told, read_file_set, read_xml
from tests.command import Answer, answer_of, muster
from tests.xml_returns import received

LOOKED_AFTER = load_collection("looked_after")
YEAR = 2025
SETTINGS = ("--collection", "looked_after", "--year", "2026", "--authority", "999")
HEADER = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB"
EPISODES = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN"
MISSING = "CHILD,DOB,MISSING,MIS_START,MIS_END"
ONE_EPISODE = "C1,01/06/2024,S,C2,N1,U6,PR1,,,,ZZ99 1AA,ZZ99 2AA,9999999"

# A set of 2025/26 in which nothing is wrong: one girl of nine, looked after since June.
GOOD_SET = {
    "header": (HEADER, "C1,F,26/05/2016,WBRI,A85020000001A,0,"),
    "episodes": (EPISODES, "C1,01/06/2025,S,C2,N1,U6,PR1,,,,ZZ99 1AA,ZZ99 2AA,9999999"),
    "reviews": ("CHILD,DOB,REVIEW,REVIEW_CODE", "C1,26/05/2016,25/06/2025,PN1"),
    "uasc": ("CHILD,SEX,DOB,DUC",),
    "oc2": (
        "CHILD,DOB,SDQ_SCORE,SDQ_REASON,CONVICTED,HEALTH_CHECK,IMMUNISATIONS,TEETH_CHECK,HEALTH_ASSESSMENT,"
        "SUBSTANCE_MISUSE,INTERVENTION_RECEIVED,INTERVENTION_OFFERED",
    ),
    "oc3": ("CHILD,DOB,IN_TOUCH,ACTIV,ACCOM",),
    "ad1": ("CHILD,DOB,DATE_INT,DATE_MATCH,FOSTER_CARE,NB_ADOPTR,SEX_ADOPTR,LS_ADOPTR",),
    "placed": ("CHILD,DOB,DATE_PLACED,DATE_PLACED_CEASED,REASON_PLACED_CEASED",),
    "permanence": ("CHILD,DOB,PREV_PERM,LA_PERM,DATE_PERM", "C1,26/05/2016,Z1,,"),
    "missing": (MISSING,),
    "social_workers": (
        "CHILD,DOB,SW_ID,SW_DECOM,SW_DEC,SW_REASON", "C1,26/05/2016,SW0001,01/06/2025,,FCONTA",
    ),
}  # fmt: skip


def write_set(folder: Path, **changed: Sequence[str]) -> Path:
    """A folder with the good set, some tables given other lines; a table given no line is left out."""
    folder.mkdir(exist_ok=True)
    for name, lines in {**GOOD_SET, **changed}.items():
        if lines:
            table(folder, f"{name}.csv", *lines)
    return folder


def checked_set(folder: Path, *options: str | Path, **changed: Sequence[str]) -> Answer:
    """What 'muster check' answers of the good set with some tables changed."""
    return answer_of(muster("check", write_set(folder, **changed), *SETTINGS, "--json", *options))


def checked_children(folder: Path, *children: str) -> Answer:
    """What 'muster check' answers of an XML file of these children, one to a line from line 2."""
    text = "".join(f"<CHILD>{inside}</CHILD>\n" for inside in children)
    source = received(folder, f"<EXPSSDA903>\n{text}</EXPSSDA903>\n")
    return answer_of(muster("check", source.path, *SETTINGS, "--json"))


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
