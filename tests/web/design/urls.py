"""The addresses of the design's own tests."""

from __future__ import annotations

from collections import Counter

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from muster.model import MusterError
from muster_web.design.frame import Destination
from muster_web.design.style import FRAME, style
from muster_web.design.views import cannot

looks: Counter[str] = Counter()


def refused(request: HttpRequest) -> HttpResponse:
    """A refusal with somebody who can help."""
    because = MusterError("the head has not signed the return.")
    return cannot(request, "submit this return", because, can_help=[Destination("Jo Bloggs, head", "/style")])


def working(request: HttpRequest) -> HttpResponse:
    """A progress page that is done at the third look of one visitor."""
    visitor = request.GET["who"]
    looks[visitor] += 1
    if looks[visitor] >= 3:
        return redirect("/style")
    return render(request, "tests/working.html", {"frame": FRAME, "looks": looks[visitor]})


def helpful(request: HttpRequest) -> HttpResponse:
    """A page of running text among others."""
    pages = [Destination("Uploading", "/help", current=True), Destination("Signing", "/help#signing")]
    return render(request, "tests/help.html", {"frame": FRAME, "pages": pages})


def broken(request: HttpRequest) -> HttpResponse:
    """A page with a fault in it."""
    raise RuntimeError("a fault that the test wants")


urlpatterns = [
    path("style", style),
    path("refused", refused),
    path("working", working),
    path("broken", broken),
    path("help", helpful),
]
