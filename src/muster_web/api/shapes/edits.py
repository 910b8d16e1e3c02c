"""Changes made on screen or over the API, as the API shows them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ninja import Schema

from muster_web.returns.models import Edit


class EditShape(Schema):
    """One value changed here, and what became of it in the school's own system."""

    id: int
    of: int
    mark: str
    table: str
    record: str
    item: str
    was: str | None
    value: str | None
    reason: str
    at: datetime
    state: str
    for_provider: bool
    answer: str


def edit_as_shown(edit: Edit) -> dict[str, Any]:
    """A change."""
    return {
        "id": edit.pk, "of": edit.subject_id, "mark": edit.identity, "table": edit.table,
        "record": edit.record, "item": edit.item, "was": edit.was, "value": edit.value,
        "reason": edit.reason, "at": edit.at, "state": edit.state, "for_provider": edit.for_provider,
        "answer": edit.answer,
    }  # fmt: skip
