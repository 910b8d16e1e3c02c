"""The records of a return, item by item, and changing one value."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Router, Schema
from pydantic import Field

from muster.inspecting import Field as Item
from muster.inspecting import Inspected, RecordLine, RecordView
from muster_web.accounts.access import viewer_of
from muster_web.accounts.viewer import Viewer
from muster_web.api.paging import Page, WantedPage, page_of
from muster_web.api.shapes.edits import EditShape, edit_as_shown
from muster_web.api.signing_in import asks
from muster_web.audit.record import read_of
from muster_web.privacy.queries.masking import mask_for
from muster_web.returns.actions.checking import inspect
from muster_web.returns.actions.editing import change_value
from muster_web.returns.models import Return
from muster_web.returns.queries.one import get_return, standing_edit
from muster_web.returns.queries.showing import sees_everything

router = Router(tags=["Records"])
_READ = asks("returns:read")
_NAME = Annotated[str, Field(max_length=60, pattern=r"^[^\x00]*$")]


class RecordLineShape(Schema):
    """One person or other record in a list, by its mark, with the findings of it and of what is below it."""

    mark: str
    table: str
    record: str
    to_fix: int
    to_explain: int
    explained: int


class ItemShape(Schema):
    """One item: its value in the file and as it stands, and whether it can be changed here.

    ``hidden`` says that the value is sensitive and not shown to this account.
    """

    item: str
    title: str
    element: str
    received: str | None
    value: str | None
    hidden: bool
    editable: bool
    came: str
    findings: list[str]


class RecordShape(Schema):
    """One record with its items and the records below it; ``findings`` are fingerprints."""

    mark: str
    table: str
    record: str
    came: str
    items: list[ItemShape]
    findings: list[str]
    below: list[RecordShape]


class Change(Schema):
    """The new value of an item, null for none; ``reason`` is needed where it is another organisation's return."""

    value: Annotated[str, Field(max_length=2_000, pattern=r"^[^\x00]*$")] | None
    reason: Annotated[str, Field(max_length=300, pattern=r"^[^\x00]*$")] = ""


def _inspected(viewer: Viewer, pk: int) -> tuple[Return, Inspected]:
    subject = get_return(viewer, pk)
    if subject.current is None:
        raise Http404
    return subject, inspect(subject.current)


@router.get("/returns/{int:pk}/records", response=Page[RecordLineShape], **_READ)
def list_records(request: HttpRequest, pk: int, wanted: WantedPage, *, table: _NAME = "") -> Any:
    """The people of a return, or the records of another table directly below it, in the order of the file."""
    viewer = viewer_of(request)
    subject, inspected = _inspected(viewer, pk)
    records = inspected.records
    if table and table not in records.kinds():
        raise Http404
    lines = records.lines(table) if table else records.people()
    answer = page_of(request, lines, wanted, _line_as_shown)
    _note_read(viewer, subject, [one["mark"] for one in answer["items"]])
    return answer


def _line_as_shown(line: RecordLine) -> dict[str, Any]:
    return {
        "mark": line.identity, "table": line.table, "record": line.label, "to_fix": line.to_fix,
        "to_explain": line.to_explain, "explained": line.explained,
    }  # fmt: skip


def _note_read(viewer: Viewer, subject: Return, marks: list[str]) -> None:
    if marks:
        read_of(
            viewer, subject=f"return:{subject.pk}", records=marks, organisations=[subject.organisation_id],
            page="api records",
        )  # fmt: skip


@router.get("/returns/{int:pk}/records/{mark}", response=RecordShape, **_READ)
def show_record(request: HttpRequest, pk: int, mark: _NAME) -> Any:
    """The person or other record with a mark, with everything below it."""
    viewer = viewer_of(request)
    subject, inspected = _inspected(viewer, pk)
    found = inspected.records.tree(mark)
    if found is None:
        raise Http404
    _note_read(viewer, subject, [found.identity])
    return _Shown(viewer, subject).record(found)


class _Shown:
    """Shows the records of a return as far as a viewer may see them."""

    def __init__(self, viewer: Viewer, subject: Return):
        self._mask = None if sees_everything(viewer, subject) else mask_for(viewer, subject)

    def record(self, view: RecordView) -> dict[str, Any]:
        """One record with those below it."""
        return {
            "mark": view.identity, "table": view.table, "record": view.label, "came": view.came,
            "items": [self._item(view, one) for one in view.fields],
            "findings": [one.fingerprint for one in view.findings],
            "below": [self.record(one) for one in view.below],
        }  # fmt: skip

    def _item(self, view: RecordView, one: Item) -> dict[str, Any]:
        asked = one.asked
        hidden = self._mask is not None and self._mask.hides(view.table, asked.name, record=view.identity)
        return {
            "item": asked.name, "title": asked.title, "element": asked.element,
            "received": None if hidden else one.received, "value": None if hidden else one.value,
            "hidden": hidden, "editable": asked.editable, "came": one.came,
            "findings": [found.fingerprint for found in one.findings],
        }  # fmt: skip


@router.put("/returns/{int:pk}/records/{mark}/items/{item}", response=EditShape, **asks("returns:edit"))
def change_item(request: HttpRequest, pk: int, mark: _NAME, item: _NAME, change: Change) -> Any:
    """Change one value; the return is checked at once, and the change waits to be put right in its own system.

    The same change sent again answers with the change that lies there.
    """
    viewer = viewer_of(request)
    subject = get_return(viewer, pk)
    edit = standing_edit(subject, mark, item, change.value) or change_value(
        viewer=viewer, subject=subject, identity=mark, item=item, value=change.value, reason=change.reason
    )
    return edit_as_shown(edit)
