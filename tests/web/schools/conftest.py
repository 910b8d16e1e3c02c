"""A few published files of invented schools, and what loading them gives."""

from __future__ import annotations

import pytest

from muster.collect import gather
from muster_web.accounts.viewer import SYSTEM
from muster_web.schools.actions.loading_files import Loaded, load_files

PUPILS = (
    "URN,LA,ESTAB,SCHOOLTYPE,NOR,NORG,NORB,PNORG,PNORB,TSENELSE,PSENELSE,TSENELK,PSENELK,NUMEAL,NUMENGFL,NUMUNCFL,"
    "PNUMEAL,NUMFSM,NUMFSMEVER,PNUMFSMEVER"
)
FILES = {
    "open.csv": (
        "urn,name,open_date,town,postcode",
        "99940011,Elmstead School,01-09-1999,Ostwick,ZZ99 1AA",
        "99940022,Fairlea School,,Ostwick,ZZ99 1AB",
        "99940033,Gorse Hill School,31-02-2001,Marl,ZZ99 1AC",
    ),
    "pupils.csv": (
        PUPILS,
        "99940011,202,4101,Maintained,800,400,400,50,50,8,1,80,10,40,700,60,5,100,200,25",
        "99940022,202,4102,Maintained,810,405,405,50,50,8,1,80,10,SUPP,700,60,5,100,200,125",
        "99999999,202,4199,Maintained,1,1,0,100,0,0,0,0,0,0,1,0,0,0,0,0",
        "99940033,928,4103,Maintained,20,10,10,50,50,0,0,0,0,0,20,0,0,0,0,0",
    ),
    "absence.csv": ("LA,ESTAB,URN,PERCTOT,PPERSABS10", "202,4101,99940011,9.5,21.0"),
    "holidays.csv": ("day,name", "2025-12-25,Christmas Day"),
}


@pytest.fixture
def load(db, tmp_path):
    """Load the files of these names, or all."""

    def loaded(*names: str) -> Loaded:
        folder = tmp_path / "published"
        folder.mkdir(exist_ok=True)
        for name in names or FILES:
            (folder / name).write_text("\n".join(FILES[name]) + "\n", encoding="utf-8")
        sources = gather([folder], unpack_to=tmp_path / "unpacked").files
        return load_files(viewer=SYSTEM, sources=sources)

    return loaded
