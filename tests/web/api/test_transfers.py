"""Programs send files to other schools, find those that wait, take them and acknowledge them."""

from __future__ import annotations

import pytest

from muster_web.transfers.models import Transfer
from tests.web.transfers.files import ctf_of, name_of, upn_of
from tests.web.transfers.world import on_roll

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_file_goes_from_school_to_school(call) -> None:
    ashcombe, birchfield = call("ashcombe"), call("birchfield")
    answer = ashcombe.post("/transfers", ctf_of(), X_File_Name=name_of())
    sent = answer.json()
    assert answer.status_code == 201 and answer["Location"] == f"/api/v1/transfers/{sent['id']}"
    assert sent["receiver"]["number"] == "999/2001" and sent["opened"] is None
    [waiting] = birchfield.get("/transfers").json()["items"]
    assert waiting["sha256"] == sent["sha256"]
    assert birchfield.get(f"/transfers/{sent['id']}/file").content == ctf_of()
    assert birchfield.post(f"/transfers/{sent['id']}/acknowledgement").json()["acknowledged"]
    assert ashcombe.get(f"/transfers/{sent['id']}").json()["opened"]


def test_what_cannot_go_is_a_problem_with_the_reason(call) -> None:
    ashcombe = call("ashcombe")
    answer = ashcombe.post("/transfers", ctf_of(to="9994002"), X_File_Name=name_of())
    assert answer.status_code == 422 and "999/4002" in answer.json()["detail"]
    assert ashcombe.post("/transfers", ctf_of()).status_code == 422
    assert not Transfer.objects.exists()


def test_long_boxes_are_followed_by_their_next_address(call) -> None:
    ashcombe, seen = call("ashcombe"), []
    for number in range(1, 6):
        assert ashcombe.post("/transfers", ctf_of(), X_File_Name=name_of(number=number)).status_code == 201
    where = "/api/v1/transfers?box=sent&most=2"
    while where:
        page = ashcombe.get(where).json()
        seen += [one["name"] for one in page["items"]]
        where = page["next"]
    assert seen == [name_of(number=number) for number in (5, 4, 3, 2, 1)]


def test_another_school_finds_nothing_and_a_narrow_token_sends_nothing(call) -> None:
    one = call("ashcombe").post("/transfers", ctf_of(), X_File_Name=name_of()).json()["id"]
    other = call("dunmere")
    for where in (f"/transfers/{one}", f"/transfers/{one}/file"):
        assert other.get(where).status_code == 404
    assert (
        call("ashcombe", "files:read").post("/transfers", ctf_of(), X_File_Name=name_of()).status_code == 403
    )
    assert call("anyshire").get(f"/transfers/{one}/file").status_code == 409


def test_learner_numbers_are_listed_for_the_schools_own_roll(call, organisations) -> None:
    on_roll(organisations["ashcombe"])
    [one] = call("ashcombe").get("/learner-numbers").json()["items"]
    assert one == {"upn": upn_of(1), "uln": "", "state": "", "code": "", "told": None, "in_mis": None}
    assert call("birchfield").get("/learner-numbers").json()["items"] == []
