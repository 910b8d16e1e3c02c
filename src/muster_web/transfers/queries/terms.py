"""The terms of authorities, and the school days they make."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from muster_web.accounts.models import Organisation
from muster_web.transfers.models import Term
from muster_web.transfers.schooldays import SchoolDays, school_days


def terms_of(authority: Organisation) -> list[Term]:
    """The terms of an authority, the first one first."""
    return list(Term.objects.filter(authority=authority))


def days_of(authority: Organisation | int | None) -> SchoolDays:
    """The school days of an authority; of one without terms, or of none, weekdays."""
    return days_by_authority([authority] if authority else [])[_key(authority)]


def days_by_authority(authorities: Iterable[Organisation | int]) -> dict[int, SchoolDays]:
    """The school days of several authorities by their keys; any other key answers weekdays."""
    terms: dict[int, list[Term]] = defaultdict(list)
    for one in Term.objects.filter(authority__in=list(authorities)):
        terms[one.authority_id].append(one)
    found: dict[int, SchoolDays] = defaultdict(SchoolDays)
    found.update({key: school_days((t.starts, t.ends) for t in its) for key, its in terms.items()})
    return found


def _key(authority: Organisation | int | None) -> int:
    return authority.pk if isinstance(authority, Organisation) else authority or 0
