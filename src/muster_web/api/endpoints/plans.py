"""Plans with their pieces and indicators, the lines of quarters, and figures with what they are made of."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from muster_web.accounts.access import viewer_of
from muster_web.api.paging import Page, WantedPage, cut, page_of
from muster_web.api.shapes.plans import (
    FigureShape,
    IndicatorShape,
    LineShape,
    PlanLine,
    PlanShape,
    figure_as_shown,
    indicator_as_shown,
    line_as_shown,
    plan_as_shown,
    plan_line,
)
from muster_web.api.signing_in import asks
from muster_web.performance.actions.quarters import write_line
from muster_web.performance.models import Line
from muster_web.performance.permissions import kept_plans
from muster_web.performance.queries.finding import get_figure, get_line, get_plan, get_quarter
from muster_web.performance.queries.lines import lines_shown
from muster_web.performance.queries.parts import parts_shown
from muster_web.performance.queries.tree import tree_of

router = Router(tags=["Plans"])
READ, WRITE = asks("plans:read"), asks("plans:write")
_NO_NULL = r"^[^\x00]*$"
_SHORT = Annotated[str, Field(max_length=300, pattern=_NO_NULL)]
_LIGHT = Literal["", "green", "amber", "red"]


class SaidOfLine(Schema):
    """What is said of a line; what is not sent stays as it is.

    ``seen`` is the edition of the line as it was read; after another's writing it is 409, nothing is kept.
    ``set_light`` stands against the rule and needs ``set_reason``; ``done_on`` and ``says`` are of milestones,
    ``light`` is of risks and equality actions, the rest is the record of an indicator's quality.
    """

    seen: Annotated[int, Field(ge=0)]
    comment: Annotated[str, Field(max_length=2_000, pattern=_NO_NULL)] | None = None
    set_light: _LIGHT | None = None
    set_reason: _SHORT | None = None
    cannot_be_reported: _SHORT | None = None
    done_on: date | None = None
    says: Literal["", "amber"] | None = None
    light: _LIGHT | None = None
    source: Annotated[str, Field(max_length=200, pattern=_NO_NULL)] | None = None
    method: _SHORT | None = None
    checked_by: Annotated[str, Field(max_length=120, pattern=_NO_NULL)] | None = None
    estimated: bool | None = None
    third_party: bool | None = None
    concern: _SHORT | None = None

    @property
    def fields(self) -> dict[str, Any]:
        """The fields of the line that were sent; a day that is taken back is sent as null."""
        sent = self.dict(exclude_unset=True, exclude={"seen"})
        return {name: value for name, value in sent.items() if value is not None or name == "done_on"}


@router.get("/plans", response=Page[PlanLine], **READ)
def list_plans(request: HttpRequest, wanted: WantedPage) -> Any:
    """The plans of the authority, each with its quarters."""
    found = kept_plans(viewer_of(request)).prefetch_related("quarters")
    return page_of(request, found, wanted, plan_line)


@router.get("/plans/{int:plan}", response=PlanShape, **READ)
def show_plan(request: HttpRequest, plan: int) -> Any:
    """One plan with every piece in its order, the lights of its milestones and who owns them."""
    found = get_plan(viewer_of(request), plan)
    return plan_as_shown(found, tree_of(found))


@router.get("/plans/{int:plan}/indicators", response=Page[IndicatorShape], **READ)
def list_indicators(request: HttpRequest, plan: int, wanted: WantedPage) -> Any:
    """The indicators of a plan with their values."""
    found = get_plan(viewer_of(request), plan)
    return page_of(request, found.indicators.prefetch_related("amounts"), wanted, indicator_as_shown)


@router.get("/quarters/{int:quarter}/lines", response=Page[LineShape], **READ)
def list_lines(request: HttpRequest, quarter: int, wanted: WantedPage) -> Any:
    """The lines of a quarter: what is said of each, its light, and the figure computed for it."""
    found = get_quarter(viewer_of(request), quarter)
    lines, about = cut(request, found.lines.values_list("pk", flat=True), wanted)
    shown = lines_shown(found, Line.objects.filter(pk__in=lines))
    return {**about, "items": [line_as_shown(one) for one in shown]}


@router.patch("/quarters/{int:quarter}/lines/{int:line}", response=LineShape, **WRITE)
def say_of_line(request: HttpRequest, quarter: int, line: int, said: SaidOfLine) -> Any:
    """Say how a line of an open quarter stands; it is marked as written by a machine."""
    viewer = viewer_of(request)
    found = get_quarter(viewer, quarter)
    written = write_line(viewer=viewer, line=get_line(found, line), seen=said.seen, said=said.fields)
    [shown] = lines_shown(found, Line.objects.filter(pk=written.pk))
    return line_as_shown(shown)


@router.get("/figures/{int:figure}", response=FigureShape, **READ)
def show_figure(request: HttpRequest, figure: int) -> Any:
    """One figure with its lineage: what each return adds, the version of its data, and the query."""
    viewer = viewer_of(request)
    found = get_figure(viewer, figure)
    return figure_as_shown(found, parts_shown(viewer, found))
