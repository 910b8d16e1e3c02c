"""Read the schools that take part in formula funding, with their pupils, from a table."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from muster.model import MusterError
from muster.performance.amounts import read_amount
from muster.performance.funding import FundedSchool
from muster.performance.measures import Remark
from muster.performance.tables import BadCell, Row, rows_of

_NEEDED = ("school", "phase", "pupils")


def read_funded_schools(path: Path) -> list[FundedSchool]:
    """The schools of a table with the columns school, phase and pupils, and name where there is one.

    Money is not shared out on half a list: raises MusterError that names every row and column that is wrong.
    """
    schools: dict[str, FundedSchool] = {}
    wrong: list[Remark] = []
    for row in rows_of(path, _NEEDED, optional=("name",)):
        try:
            school = _school(row)
            if school.ref in schools:
                told = f"the school {school.ref} is in the list already"
                raise BadCell(Remark("school twice", row.place("school"), told))
            schools[school.ref] = school
        except BadCell as bad:
            wrong.append(bad.remark)
    if wrong:
        told = "; ".join(map(str, wrong))
        raise MusterError(f"nothing was shared out; correct the list first: {told}")
    return list(schools.values())


def _school(row: Row) -> FundedSchool:
    return FundedSchool(
        ref=row.read("school", _something),
        name=row["name"],
        phase=row.read("phase", _something),
        pupils=row.read("pupils", _pupils),
    )


def _something(text: str) -> str:
    if not text:
        raise MusterError("nothing is written here")
    return text


def _pupils(text: str) -> Decimal:
    number = read_amount(text).number
    if number is None or number < 0:
        raise MusterError(f"'{text}' is not a number of full-time equivalent pupils, such as 210.5")
    return number
