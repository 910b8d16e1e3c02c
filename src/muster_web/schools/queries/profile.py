"""Facts about a school with their sources: who leads it, places and who fills them, inspection, concern."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from muster.performance.places import PlacesOfSchool
from muster_web.accounts.models import Organisation
from muster_web.design.wording import counted, long_date
from muster_web.schools.models import Note
from muster_web.schools.queries.concerns import due_for_review
from muster_web.schools.queries.parts import Cell, Part

# The roll of a school, from the surest source: its own census, then the published file.
_ROLLS = ("school_census.roll", "pupils")
_NOTHING = ("", "Not applicable")


@dataclass(frozen=True)
class Fact:
    """One fact, as it is shown, and where it is from."""

    label: str
    text: str
    source: str


def roll_of(parts: Iterable[Part]) -> Cell | None:
    """The number on roll that is surest and latest, None where none is known or it is hidden."""
    lines = {line.item: line for part in parts for line in part.lines}
    known = (lines[item].latest for item in _ROLLS if item in lines)
    return next((cell for cell in known if cell.number is not None), None)


def facts_of(
    school: Organisation, parts: Iterable[Part], notes: Iterable[Note], *, with_contact: bool
) -> tuple[Fact, ...]:
    """What is known of a school besides its figures, in the order of the page; ``with_contact`` for those near it."""
    contact = _contact(school) if with_contact else ()
    return (
        *_register(school), *contact, *_places(school, roll_of(parts)), *_inspection(school), *_concerns(notes),
    )  # fmt: skip


def _said(school: Organisation, *columns: str) -> str:
    said = (school.register.get(column, "") for column in columns)
    return " ".join(text for text in said if text not in _NOTHING)


def _source(school: Organisation) -> str:
    return f"register, {long_date(school.register_date)}" if school.register_date else "register"


def _register(school: Organisation) -> Iterator[Fact]:
    for label, columns in (
        ("Head", ("HeadTitle (name)", "HeadFirstName", "HeadLastName")),
        ("Telephone", ("TelephoneNum",)),
        ("Website", ("SchoolWebsite",)),
        ("Ages", ("StatutoryLowAge", "StatutoryHighAge")),
    ):
        if text := _said(school, *columns):
            yield Fact(label, text.replace(" ", " to ") if label == "Ages" else text, _source(school))


def _contact(school: Organisation) -> Iterator[Fact]:
    """Whom the authority writes to at the school: personal data, and no publication."""
    local = " ".join(filter(None, (school.local_contact, school.local_email, school.local_phone)))
    if local:
        yield Fact("Contact", local, "kept by the authority")


def _places(school: Organisation, roll: Cell | None) -> Iterator[Fact]:
    capacity = _said(school, "SchoolCapacity")
    if not capacity.isdigit() or not int(capacity):
        return
    yield Fact("Capacity", f"{int(capacity):,} places", _source(school))
    pupils = roll.number if roll else None
    if pupils is not None and roll is not None:
        one = PlacesOfSchool(school.ref, school.phase, int(capacity), int(pupils))
        over = max(0, one.pupils - one.capacity)
        text = f"{over:,} pupils more than places" if over else counted(one.unfilled, "place")
        yield Fact(
            "Unfilled places", text, f"capacity by the register, roll of {roll.period} ({roll.source})"
        )


def _inspection(school: Organisation) -> Iterator[Fact]:
    judged = _said(school, "OfstedRating (name)")
    on = _said(school, "OfstedLastInsp")
    if judged or on:
        yield Fact("Last inspection", ", ".join(filter(None, (judged, on))), _source(school))
    category = _said(school, "OfstedSpecialMeasures (name)")
    if category:
        yield Fact("Category after inspection", category, _source(school))


def _concerns(notes: Iterable[Note]) -> Iterator[Fact]:
    for one in notes:
        if one.kind == Note.Kind.CONCERN and one.until is None:
            yield Fact(
                "Causing concern",
                f"{one.title}, since {long_date(one.on)}, to be reviewed by {long_date(due_for_review(one))}",
                f"noted by {one.of.name}",
            )
