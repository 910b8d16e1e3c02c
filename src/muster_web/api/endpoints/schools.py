"""Search schools, read the file of one, and record a visit in it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema, Status
from pydantic import Field

from muster.model import MusterError
from muster_web.accounts.access import viewer_of
from muster_web.api.paging import Page, WantedPage, page_of
from muster_web.api.shapes.schools import (
    NoteOfFile,
    SchoolLine,
    SchoolShape,
    file_as_shown,
    note_as_shown,
    school_line,
)
from muster_web.api.signing_in import asks
from muster_web.schools.actions.noting import write_note
from muster_web.schools.models import Note
from muster_web.schools.queries.school_file import get_school, school_file
from muster_web.schools.queries.searching import Narrowed, found_schools
from muster_web.schools.themes import themes

router = Router(tags=["Schools"])
READ, WRITE = asks("schools:read"), asks("schools:write")
_NO_NULL = r"^[^\x00]*$"


class Wished(Schema):
    """What a search of schools is narrowed to."""

    words: str = Field(
        "", max_length=200, pattern=_NO_NULL, description="words of its name or file, or their beginnings"
    )
    authority: str = Field("", max_length=3, pattern=r"^\d*$", description="three digits, such as 919")
    type: str = Field("", max_length=100, pattern=_NO_NULL)
    open: Literal["open", "closed", "all"] = "open"


class Visit(Schema):
    """A visit to a school.  Do not name children; ``shared`` lets the school read it."""

    title: Annotated[str, Field(min_length=1, max_length=120, pattern=_NO_NULL)]
    text: Annotated[str, Field(min_length=1, max_length=20_000, pattern=_NO_NULL)]
    on: date
    minutes: int = Field(0, ge=0, le=1_440)
    theme: Annotated[str, Field(max_length=60, pattern=_NO_NULL)] = ""
    judgement: Literal["", "strong", "secure", "developing", "weak"] = ""
    actions: Annotated[str, Field(max_length=4_000, pattern=_NO_NULL)] = ""
    shared: bool = False


@router.get("/schools", response=Page[SchoolLine], **READ)
def list_schools(request: HttpRequest, wanted: WantedPage, wished: Query[Wished]) -> Any:
    """The schools of which some text this account may read has every word, by name."""
    found = found_schools(viewer_of(request), Narrowed(**wished.dict()))
    return page_of(request, found, wanted, school_line)


@router.get("/schools/{int:school}", response=SchoolShape, **READ)
def show_school(request: HttpRequest, school: int) -> Any:
    """The file of one school: its items with their sources, as this account may see them."""
    return file_as_shown(school_file(viewer_of(request), get_school(school)))


@router.post("/schools/{int:school}/visits", response={201: NoteOfFile}, **WRITE)
def record_visit(request: HttpRequest, school: int, visit: Visit) -> Any:
    """Record a visit in the file of a school of the authority."""
    if visit.theme and visit.theme not in themes():
        raise MusterError(f"'{visit.theme}' is no theme; there are {', '.join(sorted(themes()))}.")
    note = Note(school=get_school(school), kind=Note.Kind.VISIT, **visit.dict())
    return Status(201, note_as_shown(write_note(viewer=viewer_of(request), note=note)))
