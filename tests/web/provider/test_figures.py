"""An authority sends its preferences after each offer day, and sees what is published of them.

secondary round (offer day in March) ── secondary file ── figures: 3 applicants, 2 offered what they named first
primary round (offer day in April)   ── primary file   ── its own return; neither is a version of the other
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from muster.model import MusterError
from muster_web.returns.actions.checking import check
from muster_web.returns.actions.opening import open_round
from muster_web.returns.actions.uploading import receive
from muster_web.returns.models import MachineRun, Return, Round
from tests.preferences_files import child, file_of

pytestmark = pytest.mark.django_db(transaction=True)
HIGH, GRAMMAR, INFANTS = ("999", "4001"), ("999", "4002"), ("999", "2001")
OFFICER = "anyshire.la_officer"
SECONDARY = file_of(
    child("A", [HIGH, GRAMMAR], HIGH), child("B", [GRAMMAR], GRAMMAR), child("C", [HIGH, GRAMMAR], GRAMMAR)
)
PRIMARY = file_of(child("D", [INFANTS], INFANTS, DOB="2010-05-26"), phase="P")


def opened(collector, part: str) -> Round:
    today = timezone.localdate()
    round = Round(
        collection=f"school_preferences_{part}", year=2014, title=f"Preferences 2014, {part}", opens=today,
        census_day=today, closes=today + timedelta(days=20), source_level="authority", sign_off=False,
    )  # fmt: skip
    open_round(viewer=collector, round=round)
    return round


@pytest.fixture
def secondary(viewers) -> Return:
    """The return of the secondary round, loaded and checked."""
    round = opened(viewers["department.collector"], "secondary")
    receive(viewer=viewers[OFFICER], round=round, chunks=[SECONDARY.encode()], name="secondary.xml")
    for run in MachineRun.objects.filter(ended=None).select_related("version__subject__round"):
        check(run=run)
    return Return.objects.get(round=round, organisation__la_code="999")


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_the_two_rounds_of_a_year_are_two_returns(viewers, secondary) -> None:
    primary = opened(viewers["department.collector"], "primary")
    sent = receive(viewer=viewers[OFFICER], round=primary, chunks=[PRIMARY.encode()], name="primary.xml")
    assert (sent.refused, sent.versions.get().number, secondary.versions.count()) == ([], 1, 1)
    again = receive(
        viewer=viewers[OFFICER], round=secondary.round, chunks=[PRIMARY.encode()], name="primary.xml"
    )
    said = "primary.xml is a school preferences primary, and this is Preferences 2014, secondary"
    assert again.refused[0]["reason"].startswith(said)


def test_the_officer_sees_the_published_figures(sign_in, secondary) -> None:
    page = text_of(sign_in(OFFICER).get(reverse("figures", args=[secondary.pk])))
    assert "Offered their first preference 66.7% 2 of 3" in page
    assert "999 4002 1 2 0 0 3 1 1 0 0 0 2" in page


def test_the_figures_are_taken_away_as_csv(sign_in, secondary) -> None:
    answer = sign_in(OFFICER).get(reverse("download", args=[secondary.pk, "figures"]))
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        assert packed.namelist() == ["figures.csv", "schools.csv"]
        assert "Offered their first preference,66.7,%,2,3" in packed.read("figures.csv").decode("utf-8-sig")


def test_there_are_no_figures_before_anything_is_loaded(sign_in, viewers) -> None:
    round = opened(viewers["department.collector"], "primary")
    owed = Return.objects.get(round=round, organisation__la_code="999")
    answer = sign_in(OFFICER).get(reverse("figures", args=[owed.pk]))
    assert answer.status_code == 403 and "No data have been loaded yet" in answer.text


def test_strangers_and_others_do_not_see_them(client, sign_in, secondary) -> None:
    address = reverse("figures", args=[secondary.pk])
    assert client.get(address).status_code == 302
    assert sign_in("ashcombe.preparer").get(address).status_code == 404


def test_no_summary_is_offered_where_none_is_declared_and_none_can_be_signed(
    viewers, sign_in, secondary
) -> None:
    assert "Summary for the head" not in text_of(
        sign_in(OFFICER).get(reverse("return_page", args=[secondary.pk]))
    )
    today = timezone.localdate()
    round = Round(
        collection="school_preferences_primary", year=2014, title="Preferences", opens=today, census_day=today,
        closes=today, source_level="authority",
    )  # fmt: skip
    with pytest.raises(MusterError, match="no summary for a head to sign"):
        open_round(viewer=viewers["department.collector"], round=round)
