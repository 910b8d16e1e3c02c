"""Many returns in one zip: asked for by who may, made in the background, for that person alone, gone after a day."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from muster.submit.states import NotAllowed
from muster_web.accounts.models import Access
from muster_web.audit.models import AuditEvent
from muster_web.privacy.actions.exporting_many import ask_for_export, delete_old_exports, make_export
from muster_web.privacy.models import Export
from tests.web.files import WRONG, return_of
from tests.web.returns import world

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def loaded(viewers, returns):
    """Both of Anyshire's returns hold data."""
    world.load(viewers["ashcombe.preparer"], returns["ashcombe"], return_of())
    world.load(viewers["birchfield.preparer"], returns["birchfield"], return_of(WRONG, estab="2001"))
    return [world.now(returns["ashcombe"]), world.now(returns["birchfield"])]


@pytest.fixture
def url(rounds) -> str:
    """The page that takes returns of the statutory round away."""
    return reverse("exports", args=[rounds["statutory"].pk])


def names_in(answer) -> list[str]:
    """The names in a zip that was answered."""
    content = b"".join(answer.streaming_content)
    return zipfile.ZipFile(io.BytesIO(content)).namelist()


@pytest.mark.parametrize(
    ("what", "ending"), [("original", "xml"), ("corrected", "xml"), ("tables", "zip"), ("findings", "xlsx")]
)
def test_all_returns_that_hold_data_are_in_the_zip(sign_in, url, loaded, what, ending) -> None:
    client = sign_in("anyshire.la_officer", proved=True)
    client.post(url, {"asked": "yes", "what": what})
    row = Export.objects.get()
    assert row.done == len(row.returns) == 2 and row.left_out == []
    names = names_in(client.get(reverse("export", args=[row.pk])))
    named = "v1_swc" if what == "original" else f"{what}_v1"
    assert names == [f"999-2001_{named}.{ending}", f"999-4001_{named}.{ending}"]
    told = AuditEvent.objects.filter(name__startswith="export_").values_list("name", flat=True)
    assert sorted(told) == ["export_asked", "export_taken"]


def test_the_chosen_ones_alone_are_taken(sign_in, url, loaded) -> None:
    client = sign_in("anyshire.la_officer", proved=True)
    assert "Take 1 return away" in client.post(url, {"return": loaded[0].pk}).content.decode()
    client.post(url, {"asked": "yes", "what": "original", "return": loaded[0].pk})
    assert Export.objects.get().returns == [loaded[0].pk]


def test_nobody_else_takes_it_and_it_wants_proof_anew(client, sign_in, url, loaded) -> None:
    sign_in("anyshire.la_officer", proved=True).post(url, {"asked": "yes", "what": "original"})
    zip_url = reverse("export", args=[Export.objects.get().pk])
    for who in ("anyshire.la_approver", "otherby.la_officer", "department.collector"):
        assert sign_in(who, proved=True).get(zip_url).status_code == 404
    assert sign_in("ashcombe.preparer", proved=True).get(zip_url).status_code == 403
    again = sign_in("anyshire.la_officer").get(zip_url)
    assert again.status_code == 302 and "reauthenticate" in again["Location"]
    client.logout()
    assert client.get(url).status_code == 302


def test_an_academy_that_let_the_authority_in_wants_an_agreement(viewers, returns, rounds, loaded) -> None:
    officer, academy = viewers["anyshire.la_officer"], returns["coldbrook"]
    world.load(viewers["coldbrook.preparer"], academy, return_of(estab="4002"))
    Access.objects.create(giver=academy.organisation, receiver=officer.organisation, level=Access.Level.HELP)
    said = {"viewer": officer, "round": rounds["statutory"], "what": "original"}
    with pytest.raises(NotAllowed, match="No information-sharing agreement stands with Coldbrook"):
        ask_for_export(**said, subjects=[*loaded, world.now(academy)])
    assert not Export.objects.exists()


def test_what_is_missing_is_said(sign_in, url, rounds, returns) -> None:
    client = sign_in("anyshire.la_officer", proved=True)
    for sent, said in (({}, "Choose what to take away"), ({"what": "original"}, "holds any data")):
        answer = client.post(url, {"asked": "yes", **sent})
        assert answer.status_code == 400 and said in answer.content.decode()


def test_a_zip_is_made_once_and_gone_after_a_day(sign_in, url, loaded, viewers) -> None:
    client = sign_in("anyshire.la_officer", proved=True)
    client.post(url, {"asked": "yes", "what": "original"})
    made = Export.objects.get()
    make_export.enqueue(str(made.pk))
    assert Export.objects.get().stored == made.stored and delete_old_exports() == 0
    Export.objects.update(ended=timezone.now() - timedelta(hours=25))
    assert delete_old_exports() == 1
    assert client.get(reverse("export", args=[made.pk])).status_code == 403
    assert "Deleted," in client.get(url).content.decode()


def test_a_return_that_cannot_be_read_is_named_and_the_others_are_there(viewers, loaded, rounds) -> None:
    broken = loaded[0].current
    broken.sha256 = "0" * 64
    broken.save()
    said = {"viewer": viewers["anyshire.la_officer"], "round": rounds["statutory"], "what": "tables"}
    ask_for_export(**said, subjects=loaded)
    row = Export.objects.get()
    assert [one["return"] for one in row.left_out] == ["999/4001"] and row.size > 100
