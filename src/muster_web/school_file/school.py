"""The file of one school on one page: each figure with its source, its period and who may see it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from muster_web.accounts.access import open_to, viewer_of
from muster_web.planning.queries.courses import training_of
from muster_web.schools.permissions import READERS, may_answer, may_ask, may_challenge, may_fill, may_note
from muster_web.schools.queries.brief import wanted_themes
from muster_web.schools.queries.buildings import condition_in_words
from muster_web.schools.queries.closing import closed_in_words
from muster_web.schools.queries.comparing import schools_like
from muster_web.schools.queries.practice import practice_for
from muster_web.schools.queries.school_file import get_school, school_file


@open_to(*READERS)
def school(request: HttpRequest, pk: int) -> HttpResponse:
    """Show everything the viewer may see of a school."""
    viewer = viewer_of(request)
    found = get_school(pk)
    file = school_file(viewer, found)
    told = {
        "file": file,
        "practice": practice_for(viewer, found, wanted_themes(file)),
        "training": training_of(viewer, found),
        "may_fill": may_fill(viewer, found),
        "like": schools_like(found),
        "may_note": may_note(viewer, found),
        "may_challenge": may_challenge(viewer, found),
        "may_answer": may_answer(viewer, found),
        "may_ask": may_ask(viewer, found),
        "condition": condition_in_words(file.buildings),
        "closed": closed_in_words(found) if found.closed else "",
        "today": timezone.localdate(),
    }
    return render(request, "school_file/school.html", told)
