"""An authority keys a form: sums and findings at once, saved as a version, submitted, without scripts."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from muster.submit import State
from muster_web.returns.actions.checking import check
from muster_web.returns.actions.opening import open_round
from muster_web.returns.models import MachineRun, Return, Round
from tests.unit.inspecting.test_keying import ENGLAND

pytestmark = pytest.mark.django_db(transaction=True)
OFFICER = "anyshire.la_officer"


@pytest.fixture
def form(viewers) -> Return:
    """The form Anyshire owes."""
    today = timezone.localdate()
    round = Round(
        collection="attendance_measures", year=2022, title="Attendance measures 2021/22", opens=today,
        census_day=today, closes=today + timedelta(days=20), source_level="authority", sign_off=False,
    )  # fmt: skip
    assert open_round(viewer=viewers["department.collector"], round=round) == 2
    return Return.objects.get(round=round, organisation__la_code="999")


def typed(**changed: str) -> dict[str, str]:
    from muster.catalogue import load_collection

    items = load_collection("attendance_measures").tables["measures"].items_in(2022)
    return {**{item.name: "0" for item in items}, **ENGLAND, **changed}


def run_checks() -> None:
    for run in MachineRun.objects.filter(ended=None).select_related("version__subject__round"):
        check(run=run)


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def test_an_empty_form_is_shown_without_reproach(sign_in, form) -> None:
    page = text_of(sign_in(OFFICER).get(reverse("key_form", args=[form.pk])))
    assert "Penalty notices" in page and "Paid within 21 days" in page
    assert "is missing" not in page


def test_sums_and_findings_are_shown_before_anything_is_kept(sign_in, form) -> None:
    answer = sign_in(OFFICER).post(
        reverse("key_form", args=[form.pk]), {**typed(reason_pn_late="83"), "check": "1"}
    )
    page = text_of(answer)
    assert (
        "do not add up to the notices issued, 45809" in page and "45,810" in page and "1 thing to fix" in page
    )
    assert not form.versions.exists()


def test_a_form_is_saved_checked_and_submitted_by_the_authority(sign_in, form) -> None:
    client = sign_in(OFFICER)
    client.post(reverse("key_form", args=[form.pk]), {**typed(), "save": "1"})
    run_checks()
    form.refresh_from_db()
    assert (form.state, form.to_fix, form.to_explain) == (State.LOADED, 0, 0)
    assert 'value="45809"' in text_of(client.get(reverse("key_form", args=[form.pk])))
    client.post(reverse("submit", args=[form.pk]), {"confirm": "on"})
    form.refresh_from_db()
    assert form.state == State.SUBMITTED


def test_a_form_that_is_corrected_is_a_new_version(sign_in, form) -> None:
    client = sign_in(OFFICER)
    for late in ("83", "82"):
        client.post(reverse("key_form", args=[form.pk]), {**typed(reason_pn_late=late), "save": "1"})
        run_checks()
    form.refresh_from_db()
    assert form.versions.count() == 2 and form.to_fix == 0


def test_the_same_form_twice_is_told_and_not_kept_again(sign_in, form) -> None:
    client = sign_in(OFFICER)
    client.post(reverse("key_form", args=[form.pk]), {**typed(), "save": "1"})
    run_checks()
    client.post(reverse("key_form", args=[form.pk]), {**typed(), "save": "1"})
    assert form.versions.count() == 1


def test_what_is_no_text_is_refused_on_the_page(sign_in, form) -> None:
    answer = sign_in(OFFICER).post(
        reverse("key_form", args=[form.pk]), {**typed(pn_issued="1\x072"), "save": "1"}
    )
    assert answer.status_code == 400 and not form.versions.exists()


def test_last_year_s_official_form_is_compared_with(sign_in, form, viewers) -> None:
    from tests.web.returns.world import now

    client = sign_in(OFFICER)
    client.post(reverse("key_form", args=[form.pk]), {**typed(), "save": "1"})
    run_checks()
    Return.objects.filter(pk=form.pk).update(official=now(form).current)
    today = timezone.localdate()
    later = Round(
        collection="attendance_measures", year=2023, title="Attendance measures 2022/23", opens=today,
        census_day=today, closes=today + timedelta(days=20), source_level="authority", sign_off=False,
    )  # fmt: skip
    open_round(viewer=viewers["department.collector"], round=later)
    next_form = Return.objects.get(round=later, organisation__la_code="999")
    zeros = dict.fromkeys(typed(), "0")
    client.post(reverse("key_form", args=[next_form.pk]), {**zeros, "save": "1"})
    run_checks()
    assert now(next_form).to_explain == 1


def test_another_authority_finds_no_form_and_nobody_is_asked_to_sign_in(
    sign_in, form, client, viewers
) -> None:
    assert "/sign-in/login/" in client.get(reverse("key_form", args=[form.pk]))["Location"]
    assert sign_in("ashcombe.preparer").get(reverse("key_form", args=[form.pk])).status_code == 404
    assert sign_in("anyshire.auditor").get(reverse("key_form", args=[form.pk])).status_code == 403


def test_a_return_that_is_a_file_has_no_form(sign_in, returns) -> None:
    assert (
        sign_in("ashcombe.preparer").get(reverse("key_form", args=[returns["ashcombe"].pk])).status_code
        == 404
    )


def test_the_page_asks_the_database_seldom(sign_in, form) -> None:
    client = sign_in(OFFICER)
    client.get(reverse("key_form", args=[form.pk]))
    with CaptureQueriesContext(connection) as asked:
        client.get(reverse("key_form", args=[form.pk]))
    assert len(asked) <= 15
