"""A small invented school whose figures can be counted by hand.

member  category             open contract                       FTE         base pay
1       teacher              HDT, permanent                      1.00        80,000
2       teacher              TCU, permanent; MFL 2 periods ill   0.50        20,000
3       teacher              TCM, fixed term, ended in August    -           -
4       agency teacher       TCM, agency agreement, by the day   not known   -
5       teaching assistant   TAS, permanent                      0.80        16,000
6       other support        OSP, temporary, of 10 days          1.00        -
7       not known            no contract                         -           -
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from muster.model import Collection, Return, Rows

Records = dict[str, list[dict[str, object]]]

_MEMBERS: list[dict[str, object]] = [
    {"member_id": 1, "teacher_number": "0000001", "family_name": "Invented", "qts": "true"},
    {"member_id": 2, "teacher_number": "0000002", "ethnicity": "WBRI", "qts": "true", "hlta_status": "False"},
    {"member_id": 3, "ethnicity": "WBRI", "qts": "false"},
    {"member_id": 4, "teacher_number": "0000004", "ethnicity": "XXXX"},
    {"member_id": 5, "hlta_status": "true"},
    {"member_id": 6},
    {"member_id": 7},
]
_CONTRACTS = [
    ("1", "HDT", "PRM", "2010-09-01", None, "2025-10-01"),
    ("2", "TCU", "PRM", "2015-09-01", None, "2024-09-01"),
    ("3", "TCM", "FXT", "2024-09-01", "2025-08-31", None),
    ("4", "TCM", "SAG", "2025-09-01", "2025-12-19", None),
    ("5", "TAS", "PRM", "2020-09-01", None, None),
    ("6", "OSP", "TMP", "2025-11-01", "2025-11-10", None),
]
_RECORDS: Records = {
    "members": _MEMBERS,
    "contracts": [
        {
            "contract_id": int(who), "member_id": int(who), "post": post, "contract_type": type_,
            "contract_start": start, "contract_end": end, "pay_review_date": review,
            "daily_rate": "Y" if type_ == "SAG" else None,
        }
        for who, post, type_, start, end, review in _CONTRACTS
    ],
    "hours": [
        {"contract_id": 1, "hours_per_week": "32.50", "fte_hours": "32.50"},
        {"contract_id": 2, "hours_per_week": "16.25", "fte_hours": "32.50"},
        {"contract_id": 4, "hours_per_week": "n/k", "fte_hours": "32.50"},
        {"contract_id": 5, "hours_per_week": "29.60", "fte_hours": "37.00"},
        {"contract_id": 6, "hours_per_week": "37.00", "fte_hours": "37.00"},
    ],
    "payments": [
        {"contract_id": 1, "base_pay": "80000.00"},
        {"contract_id": 2, "base_pay": "20000.00"},
        {"contract_id": 5, "base_pay": "16000.00"},
    ],
    "roles": [
        {"contract_id": 5, "role_id": 1, "role": "HLTA"},
        {"contract_id": 5, "role_id": 2, "role": "TASS"},
        {"contract_id": 6, "role_id": 3, "role": "LIBR"},
    ],
    "absences": [
        {"member_id": 2, "category": "SIC", "working_days_lost": "2.5"},
        {"member_id": 2, "category": "SIC", "working_days_lost": None},
        {"member_id": 5, "category": "TRN", "working_days_lost": "1"},
    ],
    "curriculum": [
        {"member_id": 2, "year_group": "7", "hours": "3.50"},
        {"member_id": 2, "year_group": "8", "hours": "2.00"},
        {"member_id": 5, "year_group": "7", "hours": "1.00"},
    ],
    "qualifications": [
        {"member_id": 1, "qualification_code": "FRST"},
        {"member_id": 1, "qualification_code": "MAST"},
        {"member_id": 2, "qualification_code": "FRST"},
    ],
    "vacancies": [
        {"post": "TCM", "subject": "MAT", "temporarily_filled": "true", "advertised": "true"},
        {"post": "TCM", "subject": "MAT", "temporarily_filled": "false", "advertised": "true"},
    ],
    "occasional_teachers": [{"qualified": "2", "not_qualified": "1", "not_known": None}],
    "agency_support": [{"category": "COVR", "headcount": "3"}],
}  # fmt: skip


@pytest.fixture
def a_school(collection: Collection) -> Callable[..., Return]:
    """The school above in any year, with tables replaced by name."""

    def make(year: int = 2025, *, estab: str | None = "4001", **tables: list[dict[str, object]]) -> Return:
        rows = {name: Rows.empty(collection, name) for name in collection.tables}
        header: dict[str, object] = {"lea": "999", "estab": estab, "year": str(year), "return_id": 1}
        for name, records in {"returns": [header], **_RECORDS, **tables}.items():
            for record in records:
                rows[name].append({"return_id": 1, **record}, record)  # type: ignore[dict-item, arg-type]
        return Return(collection.name, year, rows)

    return make
