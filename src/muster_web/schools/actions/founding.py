"""Take schools from a small register: names, places and days, where the official one has not described them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from muster.model import Notice
from muster.published import Reading, Record
from muster_web.accounts.models import Organisation
from muster_web.accounts.register.files import WrongValue, day_in
from muster_web.accounts.viewer import Viewer
from muster_web.audit.record import record

BATCH = 2_000
_REFRESHED = ("name", "la_code", "estab", "authority", "type", "opened", "closed", "register")
_COLUMNS = {"town": "Town", "postcode": "Postcode"}


@transaction.atomic
def found_schools(*, viewer: Viewer, reading: Reading) -> tuple[int, list[Notice]]:
    """Make the schools of a small register that are not here, and complete those here; how many, and what was odd.

    A school that the official register described is left as that has it.  What a file does not say stays as it was.
    """
    problems: list[Notice] = []
    here = {one.urn: one for one in Organisation.objects.filter(kind="school", urn__isnull=False)}
    authorities = {one.la_code: one for one in Organisation.objects.filter(kind="authority")}
    found = [
        one
        for one in (_school(said, here, authorities, problems) for said in reading.records)
        if one is not None
    ]
    Organisation.objects.bulk_create(
        found, batch_size=BATCH, update_conflicts=True, unique_fields=["urn"], update_fields=_REFRESHED
    )
    new = sum(one.urn not in here for one in found)
    record(
        "schools_founded", actor=viewer.actor, acting_for=viewer.acting_for,
        data={"dataset": reading.dataset.name, "named": len(found), "new": new},
    )  # fmt: skip
    return new, [*reading.problems, *problems]


def _school(
    said: Record,
    here: Mapping[str | None, Organisation],
    authorities: Mapping[str, Organisation],
    problems: list[Notice],
) -> Organisation | None:
    old = here.get(said.numbers["urn"])
    if old is not None and old.register_date is not None:
        return None
    one = old or Organisation(kind="school", urn=said.numbers["urn"], owes_returns=False)
    values = {
        name: value.printed for name, value in said.values.items() if value.printed and not value.missing
    }
    one.name = values.get("name", one.name)[:200]
    one.type = values.get("type", one.type)[:80]
    one.la_code = said.numbers.get("lea") or one.la_code
    one.estab = _four_digits(said.numbers.get("estab", "")) or one.estab
    one.authority = authorities.get(one.la_code)
    one.register = {**one.register, **{_COLUMNS[name]: values[name] for name in _COLUMNS if name in values}}
    one.opened = _day(said, values, "opened", problems) or one.opened
    one.closed = _day(said, values, "closed", problems) or one.closed
    return one


def _four_digits(number: str) -> str:
    return number if len(number) == 4 and number.isdigit() else ""


def _day(said: Record, values: Mapping[str, str], item: str, problems: list[Notice]) -> date | None:
    try:
        return day_in(item, values.get(item, ""))
    except WrongValue as wrong:
        problems.append(Notice("published", "error", str(wrong.at(said.row)), line=said.row, item=item))
        return None
