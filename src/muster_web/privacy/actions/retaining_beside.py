"""Delete documents, plans, courses and consultations that were kept long enough; published reports stay."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from muster_web.performance.models import Figure, Indicator, Issue, Line, Narrative, Piece, Plan, Treatment
from muster_web.privacy.queries.due_beside import CONTACT_DETAILS, GoingBeside
from muster_web.schools.models import Document


def empty_beside(due: GoingBeside) -> tuple[list[dict[str, object]], set[str]]:
    """Delete what a line stands for; what a certificate says of each, and the stored bytes left over."""
    if due.rows.model is Document:
        return _delete_documents(due.rows)
    if due.rows.model is Plan:
        return _empty_plans(due.rows)
    if due.rule.what == CONTACT_DETAILS:
        return [{"what": due.rule.what, "people": due.rows.update(email="", telephone="")}], set()
    said: list[dict[str, object]] = [{"what": due.rule.what, "number": one.pk} for one in due.rows]
    _all(due.rows).delete()
    return said, set()


def _all(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The same rows, asked for by their numbers alone: rows found by others cannot be deleted at once."""
    found: QuerySet[Any] = rows.model.objects.filter(pk__in=[one.pk for one in rows])
    return found


def _delete_documents(rows: QuerySet[Document]) -> tuple[list[dict[str, object]], set[str]]:
    held = list(rows)
    said: list[dict[str, object]] = [
        {"document": one.pk, "sha256": one.sha256, "size": one.size} for one in held
    ]
    _all(rows).delete()
    return said, {one.stored for one in held}


def _empty_plans(rows: QuerySet[Plan]) -> tuple[list[dict[str, object]], set[str]]:
    """Take from plans everything but the issues that were published, and forget who read those."""
    held = list(rows)
    keys = [one.pk for one in held]
    for kind in (Figure, Line, Narrative):
        kind.objects.filter(quarter__plan__in=keys).delete()
    for part in (Treatment, Indicator, Piece):
        part.objects.filter(plan__in=keys).delete()
    Issue.readers.through.objects.filter(issue__quarter__plan__in=keys).delete()
    Plan.objects.filter(pk__in=keys).update(files=[], remarks=[])
    files = [file for one in held for file in one.files]
    said: list[dict[str, object]] = [{"plan": one.pk} for one in held]
    said += [{"plan_file": file["sha256"]} for file in files]
    return said, {file["stored"] for file in files}
