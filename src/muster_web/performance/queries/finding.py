"""Find plans, quarters and figures the viewer may see; for any other there is none (Http404)."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from muster_web.accounts.viewer import Viewer
from muster_web.performance.models import Figure, Indicator, Issue, Line, Piece, Plan, Quarter
from muster_web.performance.permissions import (
    keeps_plans,
    kept_plans,
    own_lines,
    readable_quarters,
    writable_lines,
)


def get_plan(viewer: Viewer, pk: int) -> Plan:
    """A plan the viewer keeps."""
    return get_object_or_404(kept_plans(viewer).select_related("authority"), pk=pk)


def get_indicator(viewer: Viewer, plan: int, pk: int) -> Indicator:
    """An indicator of a plan the viewer keeps."""
    found = Indicator.objects.filter(plan__in=kept_plans(viewer), plan=plan).select_related("plan__authority")
    return get_object_or_404(found, pk=pk)


def get_quarter(viewer: Viewer, pk: int) -> Quarter:
    """A quarter of a plan the viewer keeps."""
    found = Quarter.objects.filter(plan__in=kept_plans(viewer)).select_related("plan__authority", "signed_by")
    return get_object_or_404(found, pk=pk)


def get_line(quarter: Quarter, pk: int) -> Line:
    """A line of a quarter."""
    return get_object_or_404(quarter.lines.all(), pk=pk)


def get_readable_quarter(viewer: Viewer, pk: int) -> Quarter:
    """A quarter whose report the viewer may read."""
    return get_object_or_404(readable_quarters(viewer), pk=pk)


def get_issue(quarter: Quarter, number: int | None) -> Issue:
    """An issue of a quarter's report by its number; without one, the last."""
    listed = quarter.issues.select_related("quarter__plan__authority")
    found = listed.first() if number is None else listed.filter(number=number).first()
    if found is None:
        raise Http404
    return found


def get_quarter_to_write(viewer: Viewer, pk: int) -> Quarter:
    """A quarter in which the viewer has lines to write."""
    found = Quarter.objects.filter(pk__in=writable_lines(viewer).order_by().values("quarter"))
    return get_object_or_404(found.select_related("plan__authority"), pk=pk)


def quarters_to_write(viewer: Viewer) -> QuerySet[Quarter]:
    """The open quarters in which the viewer owns lines, by an office they hold."""
    mine = own_lines(viewer).order_by().values("quarter")
    return Quarter.objects.filter(pk__in=mine, published=None).select_related("plan__authority")


def lines_to_write(viewer: Viewer, quarter: Quarter) -> QuerySet[Line]:
    """The lines of a quarter that are the viewer's own; for a keeper who owns none, all of them."""
    own = own_lines(viewer).filter(quarter=quarter)
    return own if own.exists() else writable_lines(viewer).filter(quarter=quarter)


def get_figure(viewer: Viewer, pk: int) -> Figure:
    """A figure of a plan the viewer keeps, or of a line they own."""
    figures = Figure.objects.select_related("quarter__plan__authority")
    if keeps_plans(viewer):
        return get_object_or_404(figures.filter(quarter__plan__authority=viewer.organisation), pk=pk)
    found = get_object_or_404(figures, pk=pk)
    lines = own_lines(viewer).filter(quarter=found.quarter_id, indicator__figure=found.name)
    return get_object_or_404(figures.filter(quarter__in=lines.values("quarter")), pk=pk)


def get_piece(viewer: Viewer, plan: int, pk: int) -> Piece:
    """A piece of a plan the viewer keeps."""
    found = Piece.objects.filter(plan__in=kept_plans(viewer), plan=plan)
    return get_object_or_404(found.select_related("plan__authority", "parent"), pk=pk)
