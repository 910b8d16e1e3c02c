"""Rounds, returns and versions as the API shows them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from ninja import Schema

from muster.submit.states import May, State
from muster_web.accounts.models import Organisation
from muster_web.returns.models import Return, Round, Version
from muster_web.returns.queries.one import Standing


class RoundShape(Schema):
    """One running of a collection."""

    id: int
    collection: str
    year: int
    phase: str
    title: str
    opens: date
    census_day: date
    closes: date
    is_open: bool
    needs_signature: bool
    counts: dict[str, int]


class OrganisationShape(Schema):
    """An organisation; ``number`` is ``919/4001`` for a school and ``919`` for an authority."""

    id: int
    name: str
    kind: str
    number: str


class MayShape(Schema):
    """Whether an action may be taken now; if not, why, and who can help."""

    allowed: bool
    reason: str
    who: str


class CountsShape(Schema):
    """The findings of a return, the same numbers as on its pages."""

    to_fix: int
    to_explain: int
    explained: int


class ReturnLine(Schema):
    """One return in a list; ``version`` is the one everybody sees, ``official`` the one that was authorised."""

    id: int
    round: int
    organisation: OrganisationShape
    checked_by: OrganisationShape | None
    state: str
    state_in_words: str
    counts: CountsShape
    revision: int
    version: UUID | None
    official: UUID | None
    last_event: datetime
    reopened_until: date | None


class ReturnShape(ReturnLine):
    """One return with what may be done with it now."""

    signed: bool
    checks_before: int
    may: dict[str, MayShape]


class VersionShape(Schema):
    """One file as it came; ``fixed``, ``still`` and ``new`` compare its findings with those of the version before."""

    id: UUID
    of: int
    number: int
    name: str
    sha256: str
    size: int
    at: datetime
    outcome: str
    refusal: str
    records: int
    fixed: int
    still: int
    new: int


def round_as_shown(round: Round, counts: dict[str, int]) -> dict[str, Any]:
    """A round with the number of returns in each kind of work."""
    return {
        "id": round.pk, "collection": round.collection, "year": round.year, "phase": round.phase,
        "title": round.title, "opens": round.opens, "census_day": round.census_day, "closes": round.closes,
        "is_open": round.is_open, "needs_signature": round.sign_off, "counts": counts,
    }  # fmt: skip


def organisation_as_shown(one: Organisation) -> dict[str, Any]:
    """An organisation."""
    return {"id": one.pk, "name": one.name, "kind": one.kind, "number": one.ref}


def line_as_shown(subject: Return) -> dict[str, Any]:
    """A return in a list."""
    return {
        "id": subject.pk, "round": subject.round_id,
        "organisation": organisation_as_shown(subject.organisation),
        "checked_by": organisation_as_shown(subject.agent) if subject.agent else None,
        "state": subject.state, "state_in_words": State(subject.state).in_words,
        "counts": {
            "to_fix": subject.to_fix, "to_explain": subject.to_explain, "explained": subject.explained,
        },
        "revision": subject.revision, "version": subject.current_id, "official": subject.official_id,
        "last_event": subject.last_event, "reopened_until": subject.reopened_until,
    }  # fmt: skip


def return_as_shown(standing: Standing) -> dict[str, Any]:
    """A return with its flags."""
    return {
        **line_as_shown(standing.subject),
        "signed": standing.is_signed,
        "checks_before": standing.waiting,
        "may": {action: may_as_shown(answer) for action, answer in standing.may.items()},
    }


def may_as_shown(answer: May) -> dict[str, Any]:
    """A flag."""
    return {"allowed": answer.allowed, "reason": answer.reason, "who": answer.who}


def version_as_shown(version: Version) -> dict[str, Any]:
    """A version."""
    return {
        "id": version.pk, "of": version.subject_id, "number": version.number, "name": version.name,
        "sha256": version.sha256, "size": version.size, "at": version.at, "outcome": version.outcome,
        "refusal": version.refusal, "records": version.records, "fixed": version.fixed,
        "still": version.still, "new": version.new,
    }  # fmt: skip
