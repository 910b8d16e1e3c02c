"""Rounds, the returns in them, and the versions of each."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from muster_web.accounts.access import viewer_of
from muster_web.api.paging import Page, WantedPage, page_of
from muster_web.api.shapes.returns import (
    ReturnLine,
    ReturnShape,
    RoundShape,
    VersionShape,
    line_as_shown,
    return_as_shown,
    round_as_shown,
    version_as_shown,
)
from muster_web.api.signing_in import asks
from muster_web.returns.queries import board
from muster_web.returns.queries.one import Standing, get_return, get_version

router = Router(tags=["Returns"])
READ = asks("returns:read")


class Wished(Schema):
    """What a list of returns is narrowed to."""

    round: int | None = Field(None, ge=1, le=2**31)
    work: str = Field("", max_length=20, description=f"a kind of work: {', '.join(board.WORK)}")
    search: str = Field(
        "", max_length=100, description="part of the name, or the number, of the organisation"
    )


@router.get("/rounds", response=list[RoundShape], **READ)
def list_rounds(request: HttpRequest) -> Any:
    """The rounds in which this account sees returns, with how many are in each kind of work."""
    return [round_as_shown(one.round, one.counts) for one in board.rounds_of(viewer_of(request))]


@router.get("/rounds/{int:round}", response=RoundShape, **READ)
def get_round(request: HttpRequest, round: int) -> Any:
    """One round."""
    viewer = viewer_of(request)
    found = board.get_round(viewer, round)
    mine = board.returns_of(viewer, found)
    return round_as_shown(found, board.counts_of(mine))


@router.get("/returns", response=Page[ReturnLine], **READ)
def list_returns(request: HttpRequest, wanted: WantedPage, wished: Query[Wished]) -> Any:
    """The returns this account sees, by the name of their organisations."""
    found = board.search_returns(
        viewer_of(request), round=wished.round, work=wished.work, search=wished.search
    )
    return page_of(request, found, wanted, line_as_shown)


@router.get("/returns/{int:pk}", response=ReturnShape, **READ)
def show_return(request: HttpRequest, pk: int) -> Any:
    """One return: where it stands, its counts, and for every action whether it may be taken now and why not."""
    viewer = viewer_of(request)
    return return_as_shown(Standing(get_return(viewer, pk), viewer))


@router.get("/returns/{int:pk}/versions", response=Page[VersionShape], **READ)
def list_versions(request: HttpRequest, pk: int, wanted: WantedPage) -> Any:
    """The files that were loaded into a return, the last first."""
    subject = get_return(viewer_of(request), pk)
    return page_of(request, subject.versions.order_by("-number"), wanted, version_as_shown)


@router.get("/versions/{uuid:version}", response=VersionShape, **READ)
def show_version(request: HttpRequest, version: UUID) -> Any:
    """One version."""
    return version_as_shown(get_version(viewer_of(request), version))
