"""What an authority sees of the files of its schools: figures, files nobody opened, its terms, and lost pupils."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from muster_web.transfers.actions.sending import send
from muster_web.transfers.models import Pupil, Term, Transfer
from tests.web.transfers.files import ctf_of, name_of
from tests.web.transfers.world import on_roll

pytestmark = pytest.mark.django_db(transaction=True)
WHY = "A new pupil came to Birchfield without a file."


@pytest.fixture
def sent(viewers) -> Transfer:
    """A file from Ashcombe to Birchfield."""
    return send(viewer=viewers["ashcombe.preparer"], chunks=[ctf_of()], name=name_of()).transfer


@pytest.fixture
def lost(viewers) -> Transfer:
    """A file for nobody knows whom."""
    one = name_of(to="XXXXXXX")
    return send(viewer=viewers["ashcombe.preparer"], chunks=[ctf_of(to="XXXXXXX")], name=one).transfer


def page_of(answer) -> str:
    """The text of a page that was answered."""
    return answer.content.decode()


PAGES = ("pupil_files", "pupil_files_csv", "terms", "lost_pupils")


@pytest.mark.parametrize("name", PAGES)
def test_strangers_sign_in_and_schools_are_refused(client, sign_in, name: str) -> None:
    assert client.get(reverse(name)).status_code == 302
    assert sign_in("ashcombe.preparer").get(reverse(name)).status_code == 403


def test_the_figures_count_files_and_leavers(sign_in, sent, organisations) -> None:
    today = timezone.localdate()
    on_roll(organisations["ashcombe"], 1, left=today - timedelta(days=10))
    on_roll(organisations["ashcombe"], 2, left=today - timedelta(days=50))
    client = sign_in("anyshire.la_officer")
    rows = [line.split(",") for line in page_of(client.get(reverse("pupil_files_csv"))).splitlines()]
    ashcombe, birchfield = rows[1], rows[2]
    assert ashcombe[1:4] == ["Ashcombe School", "1", "0"] and ashcombe[8:] == ["2", "1", "0", "1", "50"]
    assert birchfield[4] == "1" and birchfield[6] == "1"
    assert sent.name in page_of(client.get(reverse("pupil_files")))


def test_another_authority_counts_none_of_them(sign_in, sent) -> None:
    client = sign_in("otherby.la_officer")
    assert sent.name not in page_of(client.get(reverse("pupil_files")))
    assert "Ashcombe" not in page_of(client.get(reverse("pupil_files_csv")))


def test_a_term_is_added_refused_and_taken_away(sign_in) -> None:
    client, day = sign_in("anyshire.la_officer"), {"starts": (6, 1, 2014), "ends": (14, 2, 2014)}
    said = {
        f"{name}_{part}": n
        for name, d in day.items()
        for part, n in zip(("day", "month", "year"), d, strict=True)
    }
    assert client.post(reverse("terms"), {"name": "Spring, first half", **said}).status_code == 302
    answer = client.post(reverse("terms"), {"name": "Again", **said})
    assert answer.status_code == 400 and "overlaps Spring, first half" in page_of(answer)
    assert client.post(reverse("terms"), {}).status_code == 400
    assert "6 January 2014" in page_of(client.get(reverse("terms")))
    client.post(reverse("leave_out_term", args=[Term.objects.get().pk]))
    assert not Term.objects.exists()


def test_a_lost_pupil_is_searched_for_and_delivered(sign_in, lost, organisations) -> None:
    pupil, client = on_roll(organisations["birchfield"]), sign_in("anyshire.la_officer")
    assert "the same UPN" in page_of(client.get(reverse("lost_pupils")))
    found = page_of(client.post(reverse("lost_pupils"), {"upn": pupil.upn, "reason": WHY}))
    assert "1 lost pupil found" in found
    where = reverse("lost_pupil", args=[lost.pupil_marks.get().pk])
    assert "Birchfield Primary School" in page_of(client.get(where))
    assert client.post(where, {}).status_code == 400
    assert client.post(where, {"pupil": pupil.pk}).status_code == 302
    lost.refresh_from_db()
    assert lost.receiver == organisations["birchfield"]
    assert client.get(where).status_code == 404


def test_a_search_without_a_reason_or_of_nobody_is_refused(sign_in, lost) -> None:
    client = sign_in("anyshire.la_officer")
    assert client.post(reverse("lost_pupils"), {"upn": "A1"}).status_code == 400
    answer = client.post(reverse("lost_pupils"), {"surname": "Larch", "reason": WHY})
    assert answer.status_code == 400 and "birth date" in page_of(answer)


def test_a_pupil_who_does_not_fit_is_refused(sign_in, lost, organisations) -> None:
    other = Pupil.objects.create(organisation=organisations["birchfield"], surname="Elm", forename="Joe")
    where = reverse("lost_pupil", args=[lost.pupil_marks.get().pk])
    assert sign_in("anyshire.la_officer").post(where, {"pupil": other.pk}).status_code == 403
