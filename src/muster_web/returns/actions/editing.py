"""Change one value on screen: laid over the file, checked at once, and listed to be put right at its source."""

from __future__ import annotations

from django.db import transaction

from muster.inspecting import Field
from muster.model import MusterError
from muster.submit.states import NotAllowed
from muster_web.accounts.viewer import Viewer
from muster_web.returns.actions.checking import inspect, open_edits, recheck
from muster_web.returns.actions.moving import locked, move, tell
from muster_web.returns.models import Edit, Return


@transaction.atomic
def change_value(
    *, viewer: Viewer, subject: Return, identity: str, item: str, value: str | None, reason: str = ""
) -> Edit:
    """Change one value of one record and check the return with it.

    By the provider it is a change of its own return; by anybody else it is one made for the provider, who is shown it
    and can accept or dispute it.  Raises NotAllowed or MusterError.
    """
    now = locked(subject)
    if now.current is None:
        raise NotAllowed("There is no data to change yet.")
    for_provider = viewer.organisation != now.organisation
    if for_provider and not reason.strip():
        raise MusterError("Say why you change the school's value; the school will see it.")
    edit = _edit(viewer, now, identity, item, value)
    edit.reason, edit.for_provider = reason.strip(), for_provider
    edit.save()
    action = "edit_for" if for_provider else "edit"
    moved = move(now, action, viewer=viewer, data={"edit": edit.pk})
    recheck(subject=moved, inspected=inspect(now.current))
    return edit


def _edit(viewer: Viewer, subject: Return, identity: str, item: str, value: str | None) -> Edit:
    """The change as a row, from what the file says; a value changed before is changed anew, not on top."""
    assert subject.current is not None
    records = inspect(subject.current).records
    record = records.record(identity)
    field = next((one for one in record.fields if one.asked.name == item), None) if record else None
    if record is None or field is None:
        raise MusterError("The record is no longer there; load the page again.")
    clean = _new_value(field, value)
    subject.edits.filter(state=Edit.State.OPEN, identity=identity, item=item).update(state=Edit.State.UNDONE)
    return Edit(
        subject=subject, version=subject.current, table=record.table, identity=identity, item=item,
        record=records.name_in(identity), was=field.received, value=clean, by=viewer.user,
        acting_for=viewer.organisation,
    )  # fmt: skip


def _new_value(field: Field, value: str | None) -> str | None:
    """The value as it will stand, None for none; refused where it cannot be changed or does not change."""
    title = field.asked.title
    if not field.asked.editable:
        raise NotAllowed(
            f"{title} cannot be changed on screen; change it in your system and load the file again."
        )
    clean = value.strip() if value and value.strip() else None
    if clean == field.value:
        raise MusterError(f"{title} already has this value.")
    return clean


@transaction.atomic
def take_back(*, viewer: Viewer, edit: Edit) -> Return:
    """Undo a change made on screen; the file's value counts again."""
    now = locked(edit.subject)
    assert now.current is not None
    edit.state = Edit.State.UNDONE
    edit.save(update_fields=["state"])
    action = "edit_for" if viewer.organisation != now.organisation else "edit"
    moved = move(now, action, viewer=viewer, data={"taken_back": edit.pk})
    recheck(subject=moved, inspected=inspect(now.current, edits=open_edits(now)))
    return moved


@transaction.atomic
def answer_change(*, viewer: Viewer, edit: Edit, accepted: bool) -> Edit:
    """The provider accepts or disputes a value that was changed for it."""
    if viewer.organisation != edit.subject.organisation:
        raise NotAllowed(
            "Only the school whose return it is can answer.",
        )
    edit.answer, edit.answer_by = ("accepted" if accepted else "disputed"), viewer.user
    edit.save(update_fields=["answer", "answer_by"])
    tell(edit.subject, "change_answered", viewer=viewer, data={"edit": edit.pk, "answer": edit.answer})
    return edit
