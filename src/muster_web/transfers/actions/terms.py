"""Keep the terms of an authority, by which its schools' files are chased."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from muster.model import MusterError
from muster.model.words import date_in_words
from muster.submit.states import NotAllowed
from muster_web.accounts.models import Organisation
from muster_web.accounts.viewer import Viewer
from muster_web.audit.record import record
from muster_web.transfers.models import Term
from muster_web.transfers.permissions import refuse_unless

_LONGEST = 120


@transaction.atomic
def add_term(*, viewer: Viewer, name: str, starts: date, ends: date) -> Term:
    """Add days on which the schools are open.  Raises MusterError where they are no term or overlap another."""
    authority = _own(viewer)
    if ends < starts or (ends - starts).days > _LONGEST:
        raise MusterError(
            f"A term ends after it starts and lasts at most {_LONGEST} days; write each half term for itself."
        )
    other = Term.objects.filter(authority=authority, starts__lte=ends, ends__gte=starts).first()
    if other:
        raise MusterError(
            f"It overlaps {other.name}, {date_in_words(other.starts)} to {date_in_words(other.ends)}. "
            "Take that away first."
        )
    term = Term.objects.create(authority=authority, name=name.strip()[:60], starts=starts, ends=ends)
    _tell("term_added", viewer, authority, term)
    return term


@transaction.atomic
def remove_term(*, viewer: Viewer, term: int) -> None:
    """Take a term away."""
    authority = _own(viewer)
    found = Term.objects.filter(authority=authority, pk=term).first()
    if found is not None:
        _tell("term_removed", viewer, authority, found)
        found.delete()


def _own(viewer: Viewer) -> Organisation:
    authority = refuse_unless(viewer, "chase")
    if authority.kind != Organisation.Kind.AUTHORITY:
        raise NotAllowed("Terms are kept by the authority.")
    return authority


def _tell(event: str, viewer: Viewer, authority: Organisation, term: Term) -> None:
    record(
        event, actor=viewer.actor, acting_for=viewer.acting_for, organisations=[authority.pk],
        subject=f"organisation:{authority.pk}",
        data={"name": term.name, "starts": str(term.starts), "ends": str(term.ends)},
    )  # fmt: skip
