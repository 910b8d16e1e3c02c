"""Take the improvement plan of a school priority by priority, and confirm what each is about."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from muster.model import MusterError
from muster.submit.states import NotAllowed
from muster_web.accounts.models import Organisation
from muster_web.accounts.viewer import Viewer
from muster_web.audit.record import record
from muster_web.schools.models import Priority
from muster_web.schools.permissions import may_fill, may_note
from muster_web.schools.themes import suggested_theme, themes

MOST_PRIORITIES, LONGEST = 30, 500


@transaction.atomic
def take_plan(*, viewer: Viewer, school: Organisation, plan: str, text: str) -> list[Priority]:
    """Take the lines of a plan as its priorities, in place of what stood under its name, each with the theme suggested.

    Raises NotAllowed, and MusterError that names the line where one is too long or there are too many.
    """
    if not may_fill(viewer, school):
        raise NotAllowed("Only the school and its own authority keep its improvement plan.")
    lines = _lines(text)
    known = {one.text: one for one in Priority.objects.filter(school=school, plan=plan)}
    Priority.objects.filter(school=school, plan=plan).delete()
    made = Priority.objects.bulk_create(
        Priority(
            school=school, plan=plan, place=place, text=line, by=viewer.user,
            theme=known[line].theme if line in known else suggested_theme(line),
            confirmed=line in known and known[line].confirmed,
        )
        for place, line in enumerate(lines, 1)
    )  # fmt: skip
    _tell("improvement_plan_taken", viewer, school, {"priorities": len(made)})
    return made


def _lines(text: str) -> list[str]:
    lines = list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
    if not lines:
        raise MusterError("Write at least one priority, each on a line of its own.")
    for number, line in enumerate(lines, 1):
        if len(line) > LONGEST:
            raise MusterError(f"Line {number} has {len(line):,} letters; the most is {LONGEST}.")
    if len(lines) > MOST_PRIORITIES:
        raise MusterError(f"There are {len(lines):,} lines; a plan has at most {MOST_PRIORITIES} priorities.")
    return lines


@transaction.atomic
def confirm_themes(*, viewer: Viewer, school: Organisation, chosen: Mapping[int, str]) -> int:
    """Say of priorities, by their numbers, what each is about; how many were confirmed.

    Raises NotAllowed, and MusterError for a theme that is not in the list.
    """
    if not may_note(viewer, school):
        raise NotAllowed("An officer of the school's authority confirms the themes of its plan.")
    unknown = sorted(set(chosen.values()) - set(themes()))
    if unknown:
        raise MusterError(f"'{unknown[0]}' is no theme; choose one of the list.")
    mine = list(Priority.objects.select_for_update().filter(school=school, pk__in=chosen))
    for one in mine:
        one.theme, one.confirmed = chosen[one.pk], True
    Priority.objects.bulk_update(mine, ["theme", "confirmed"])
    _tell("improvement_plan_themes_confirmed", viewer, school, {"priorities": len(mine)})
    return len(mine)


def _tell(name: str, viewer: Viewer, school: Organisation, data: dict[str, object]) -> None:
    record(
        name, actor=viewer.actor, acting_for=viewer.acting_for, subject=f"organisation:{school.pk}",
        organisations=[school.pk], data=data,
    )  # fmt: skip
