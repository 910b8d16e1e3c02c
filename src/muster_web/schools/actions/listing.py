"""Take lists into the files of schools: who governs them, and the condition of their buildings."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model

from muster.model import MusterError, Notice, SourceFile
from muster.published import Reading, Record, day_in, read_published
from muster_web.accounts.models import Organisation
from muster_web.accounts.viewer import SYSTEM, Viewer
from muster_web.audit.record import record
from muster_web.returns.actions.keeping import as_passing
from muster_web.schools.actions.loading import Taken
from muster_web.schools.models import Building, Governor
from muster_web.schools.permissions import may_fill
from muster_web.schools.queries.closing import closed_in_words
from muster_web.schools.queries.known import Known, problem_of

BATCH = 2_000
MOST_BYTES = 10 << 20
_YES, _NO = ("yes", "y", "true", "1"), ("no", "n", "false", "0", "")
Entry = Governor | Building


class _Wrong(Exception):
    """A row that cannot be an entry: in which column, and why."""

    def __init__(self, column: str, why: str):
        super().__init__(why)
        self.column, self.why = column, why


def take_sent_list(*, viewer: Viewer, chunks: Iterable[bytes], name: str) -> Taken:
    """Take a list somebody sends into the files of the schools they keep; the file itself is not stored.

    Raises MusterError where it is too large, infected or no list that is known.
    """
    with as_passing(viewer=viewer, chunks=chunks, name=name, limit=MOST_BYTES) as source:
        reading = read_published(source)
        if not reading.dataset.fills:
            raise MusterError(f"{name} holds figures, and no list of governors or buildings.")
        return take_list(viewer=viewer, source=source, reading=reading)


@transaction.atomic
def take_list(*, viewer: Viewer, source: SourceFile, reading: Reading) -> Taken:
    """Take the rows of a list; the schools it names have what it says in place of what stood there from such a list.

    Each row that cannot be taken is a problem with its row and column.  The service itself may load of all schools.
    """
    done = Taken(reading.dataset.name, reading.dataset.title)
    entries = list(_entries(viewer, source, reading, done))
    kept = _KINDS[reading.dataset.fills]._default_manager
    for day, schools in _replaced(entries).items():
        _hold(schools)
        survey = {"surveyed": day} if day else {}
        kept.filter(dataset=done.dataset, school__in=schools, **survey).delete()
    kept.bulk_create(entries, batch_size=BATCH)
    done.records, done.problems = len(entries), [*reading.problems, *done.problems]
    record(
        "school_list_taken", actor=viewer.actor, acting_for=viewer.acting_for,
        organisations=sorted({one.school_id for one in entries}),
        data={"dataset": done.dataset, "entries": done.records, "refused": len(done.problems), "sha256": source.sha256},
    )  # fmt: skip
    return done


def _replaced(entries: Iterable[Entry]) -> dict[date | None, set[int]]:
    """What the entries take the place of: governors of these schools under None, buildings by the day of the survey."""
    schools: dict[date | None, set[int]] = {}
    for one in entries:
        schools.setdefault(one.surveyed if isinstance(one, Building) else None, set()).add(one.school_id)
    return schools


def _hold(schools: Collection[int]) -> None:
    """Let another list of the same schools wait until this one is taken, so that theirs does not stand beside it."""
    list(Organisation.objects.select_for_update().filter(pk__in=schools).order_by("pk").values("pk"))


def _entries(viewer: Viewer, source: SourceFile, reading: Reading, done: Taken) -> Iterator[Entry]:
    known, name = Known(reading), source.name
    columns = {one.name: one.column for one in reading.dataset.measures}
    schools = Organisation.objects.filter(kind="school").defer("register").in_bulk()
    for one in reading.records:
        school, problem = known.find(one)
        problem = problem if school is None else _refused(viewer, schools[school])
        if school is None or problem:
            done.problems.append(problem_of(name, one, problem))
            continue
        try:
            entry = _checked(_MAKE[reading.dataset.fills](one))
        except _Wrong as wrong:
            done.problems.append(_wrong(name, one, wrong, columns))
            continue
        entry.school_id, entry.of = school, viewer.organisation
        entry.dataset, entry.source, entry.row = reading.dataset.name, name, one.row
        yield entry


def _refused(viewer: Viewer, school: Organisation) -> str:
    """Why a row of this school is left out; '' where it is taken."""
    if viewer is not SYSTEM and not may_fill(viewer, school):
        return "this is no school of yours; it is left out"
    return f"the school {closed_in_words(school)}; it is left out" if school.closed else ""


def _wrong(name: str, one: Record, wrong: _Wrong, columns: Mapping[str, str]) -> Notice:
    return problem_of(
        name, one, f"{wrong.why}; the row is left out", column=columns.get(wrong.column, wrong.column)
    )


def _text(one: Record, item: str) -> str:
    value = one.values.get(item)
    return value.printed if value is not None and not value.missing else ""


def _day(one: Record, item: str) -> date | None:
    text = _text(one, item)
    return day_in(text) if text else None


def _governor(one: Record) -> Governor:
    names = [_text(one, item) for item in ("title", "forename", "surname")]
    until, since = _day(one, "until"), _day(one, "since")
    if since and until and until < since:
        raise _Wrong("until", "the time in office ends before it begins")
    return Governor(
        name=_text(one, "name") or " ".join(filter(None, names)), role=_text(one, "role"), since=since, until=until,
        appointed_by=_text(one, "appointed_by"), public=_is_public(one), email=_text(one, "email"),
        telephone=_text(one, "telephone"),
    )  # fmt: skip


def _is_public(one: Record) -> bool:
    """What the register names is published; a list of one's own says it of each, and where it says nothing it is no."""
    if "public" not in one.values:
        return True
    said = _text(one, "public").lower()
    if said not in (*_YES, *_NO):
        raise _Wrong("public", "write yes or no")
    return said in _YES


def _building(one: Record) -> Building:
    surveyed = _day(one, "surveyed")
    graded = one.values["condition"].printed.upper()  # "c" is a grade here, no sign
    if surveyed is None:
        raise _Wrong("surveyed", "the day of the survey is missing")
    if graded not in Building.Condition.values:
        raise _Wrong("condition", f"'{graded}' is none of the grades A, B, C and D")
    return Building(
        block=_text(one, "block"), element=_text(one, "element"), condition=graded, surveyed=surveyed,
        built=_text(one, "built"), remark=_text(one, "remark"),
    )  # fmt: skip


_KINDS: Mapping[str, type[Model]] = {"governors": Governor, "buildings": Building}
_MAKE: Mapping[str, Callable[[Record], Entry]] = {"governors": _governor, "buildings": _building}


def _checked(entry: Entry) -> Entry:
    """The entry, where no text is too long and none is missing.  Raises _Wrong, which never says the value."""
    try:
        entry.clean_fields(exclude=["school", "of", "dataset", "source", "row"])
    except ValidationError as error:
        column, (first, *_) = next(iter(error.error_dict.items()))
        raise _Wrong(column, _WHY.get(str(first.code), "it cannot be read")) from None
    return entry


_WHY = {
    "blank": "it is empty", "max_length": "it is too long", "invalid": "it is no e-mail address",
    "null_characters_not_allowed": "it holds a character that is none",
}  # fmt: skip
