"""Which edition of a piece somebody was shown, and what others wrote of it since."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from muster_web.design.forms import number_in
from muster_web.performance.models import Piece, PieceChange
from muster_web.performance.queries.pieces import Changed, changes_since, in_words

Shown = list[tuple[PieceChange, list[Changed]]]


def seen_in(request: HttpRequest, piece: Piece) -> int:
    """The edition a form was shown with; of a page that is only opened, the one that stands."""
    return number_in(request.POST.get("seen", "")) or 0 if request.method == "POST" else piece.edition


def shown(changes: list[PieceChange]) -> Shown:
    """Changes with what they say in words."""
    return [(one, in_words(one)) for one in changes]


def answer(request: HttpRequest, template: str, piece: Piece, told: dict[str, Any]) -> HttpResponse:
    """A page about a piece: with status 409 and their changes where others wrote since it was shown.

    What is sent from the page shown now is meant for the edition that stands now.
    """
    theirs = changes_since(piece, seen_in(request, piece))
    edition = theirs[0].edition if theirs else piece.edition
    wrong = bool(told["form"].errors)
    context = {"plan": piece.plan, "piece": piece, "theirs": shown(theirs), "seen": edition, **told}
    return render(request, template, context, status=409 if wrong and theirs else 400 if wrong else 200)
