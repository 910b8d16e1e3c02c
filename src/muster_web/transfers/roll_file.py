"""Pupils on roll as a transfer file, for the library to look at, to ask numbers for and to write."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from muster.model import Return, Rows
from muster.transferring.files import COLLECTION, transfer_collection
from muster.transferring.files import Transfer as TransferFile
from muster_web.accounts.models import Organisation
from muster_web.transfers.models import Pupil

_SUPPLIER = "MUSTER"
_AUGUST = 8


def file_of(school: Organisation, pupils: Iterable[Pupil], *, to: str = "") -> TransferFile:
    """Pupils of a school as a partial file of the current version, without their records.

    It goes to a destination written as the name of a file has it (9994001), or else to the school itself.
    """
    collection = transfer_collection()
    year = collection.years[-1]
    tables = {name: Rows.empty(collection, name) for name in collection.tables}
    header = _header(school, to or f"{school.la_code}{school.estab}")
    version = collection.version_of_year(year, "CTfile")
    tables["returns"].append({"return_id": 1}, {**header, "version": version})
    for one in pupils:
        values = {**one.held.get("values", {}), "uln": one.uln or None}
        tables["pupils"].append({"pupil_id": one.pk, "return_id": 1}, values)
    return TransferFile(Return(COLLECTION, year, tables))


def _header(school: Organisation, to: str) -> dict[str, str | None]:
    now = timezone.localtime()
    return {
        "document_name": "Common Transfer File", "root_element": "CTfile",
        "written_at": f"{now:%Y-%m-%dT%H:%M:%S}", "qualifier": "partial", "supplier": _SUPPLIER,
        "source_name": school.name, "academic_year": str(now.year - (now.month < _AUGUST)),
        "source_lea": school.la_code, "source_estab": school.estab, "destination_lea": to[:3],
        "destination_estab": to[3:],
    }  # fmt: skip
