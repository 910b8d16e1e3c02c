"""Schools over the API: search, the file of one as the caller may see it, and visits of its own authority."""

from __future__ import annotations

import pytest
from django.utils import timezone

from muster_web.audit.models import AuditEvent
from muster_web.schools.models import Note

pytestmark = pytest.mark.django_db(transaction=True)
VISIT = {"title": "Attendance", "text": "Better than last year.", "on": "2026-01-05", "minutes": 90}


@pytest.fixture
def visited(call, organisations) -> str:
    """The path of Ashcombe's file, after a visit its authority's machine recorded."""
    path = f"/schools/{organisations['ashcombe'].pk}"
    assert call("anyshire").post(f"{path}/visits", VISIT).status_code == 201
    return path


def test_schools_are_searched_by_words_of_what_the_caller_may_read(call, organisations, visited) -> None:
    def named(short: str, words: str) -> list[str]:
        return [one["name"] for one in call(short).get(f"/schools?words={words}").json()["items"]]

    assert named("anyshire", "attend") == [organisations["ashcombe"].name]
    assert named("otherby", "attend") == named("ashcombe", "attend") == []
    assert call("anyshire").get("/schools?open=perhaps").status_code == 422


def test_the_file_of_a_school_holds_what_the_caller_may_see(call, returns, visited) -> None:
    own = call("anyshire").get(visited).json()
    assert [one["title"] for one in own["notes"]] == ["Attendance"]
    assert returns["ashcombe"].pk in {one["id"] for one in own["returns"]}
    assert all(one["source"] for one in own["facts"])
    other = call("otherby").get(visited).json()
    assert other["name"] == own["name"] and other["notes"] == other["returns"] == other["documents"] == []
    assert call("ashcombe").get(visited).json()["notes"] == [], "it is not shared with the school"
    assert call("supplier").get(visited).status_code == 403


def test_a_visit_is_recorded_by_the_own_authority_alone(call, organisations, visited) -> None:
    note = Note.objects.get()
    assert (note.kind, note.of, note.by, note.minutes) == ("visit", organisations["anyshire"], None, 90)
    assert AuditEvent.objects.get(name="school_note_written").actor.startswith("service:")
    assert call("otherby").post(f"{visited}/visits", VISIT).status_code == 409
    assert call("ashcombe").post(f"{visited}/visits", VISIT).status_code == 403
    future = {**VISIT, "on": str(timezone.localdate().replace(year=2999))}
    for wrong in (
        future,
        {**VISIT, "title": ""},
        {**VISIT, "theme": "nothing"},
        {**VISIT, "judgement": "fine"},
    ):
        assert call("anyshire").post(f"{visited}/visits", wrong).status_code == 422, wrong
    assert call("anyshire").post("/schools/987654321/visits", VISIT).status_code == 404
