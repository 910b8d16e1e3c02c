"""What stands beside a return when it is checked: last year's official file, and the register of schools."""

from __future__ import annotations

from muster.catalogue import load_collection
from muster_web.accounts.models import Organisation
from muster_web.returns.models import Return, Version


def official_of_last_year(subject: Return) -> Version | None:
    """The official version of the organisation's return of the year before, where it was made here."""
    earlier = Return.objects.filter(
        organisation=subject.organisation, round__collection=subject.round.collection,
        round__year=subject.round.year - 1, round__phase="statutory",
    ).exclude(official=None)  # fmt: skip
    found = earlier.select_related("official").first()
    return found.official if found else None


def previous_version(subject: Return) -> Version | None:
    """Last year's official version, where rules of the collection compare with it and its file says whose it is."""
    collection = load_collection(subject.round.collection)
    compares = "previous" in collection.inputs and collection.header == "in file"
    return official_of_last_year(subject) if compares else None


def register_for(subject: Return) -> dict[str, str]:
    """The schools of the register by number, where rules of the collection ask whether a school is on it."""
    if "schools" not in load_collection(subject.round.collection).inputs:
        return {}
    schools = Organisation.objects.filter(kind=Organisation.Kind.SCHOOL).values_list(
        "la_code", "estab", "name"
    )
    return {f"{code}/{estab}": name for code, estab, name in schools.order_by("la_code", "estab")}
