"""A return built here: the school and its payroll provider send by themselves, and nothing is keyed twice."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from muster.sample import write_authority
from muster.submit.states import State
from muster_web.accounts.models import Access
from muster_web.accounts.roles import Role
from muster_web.returns.models import Build, KeyedValue, MatchDecision, Part
from tests.web.conftest import add_person
from tests.web.returns import world

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def exports(tmp_path_factory) -> dict[str, list[Path]]:
    """The staff exports and payroll extracts of one invented secondary school, by kind."""
    folder = tmp_path_factory.mktemp("sample")
    write_authority(folder, year=2025, seed=1, schools=12)
    found = {kind: sorted((folder / kind).glob("*4001*")) for kind in ("mis", "payroll")}
    shared = sorted(p for p in (folder / "payroll").iterdir() if not any(c.isdigit() for c in p.stem))
    return {"mis": found["mis"], "payroll": found["payroll"] or shared}


@pytest.fixture
def payroll(organisations, people):
    """A payroll provider that Ashcombe lets send its files."""
    provider = type(organisations["ashcombe"]).objects.create(kind="payroll", name="County Payroll")
    Access.objects.create(giver=organisations["ashcombe"], receiver=provider, level=Access.Level.SEND)
    people["payroll.supplier"] = add_person(provider, Role.SUPPLIER, "supplier@payroll.example")
    return provider


def send(client, subject, kind: str, paths: list[Path]) -> None:
    """Send files through the page."""
    for path in paths:
        told = {"kind": kind, "file": SimpleUploadedFile(path.name, path.read_bytes())}
        assert client.post(reverse("build", args=[subject.pk]), told).status_code == 302


@pytest.fixture
def built(sign_in, returns, exports, payroll):
    """Ashcombe's return, built from what the school and the provider sent."""
    subject = returns["ashcombe"]
    send(sign_in("payroll.supplier"), subject, "payroll", exports["payroll"])
    client = sign_in("ashcombe.preparer")
    send(client, subject, "mis", exports["mis"])
    client.post(reverse("build_now", args=[subject.pk]))
    return world.now(subject)


def test_the_parts_make_a_return_that_is_checked_like_any_file(built) -> None:
    assert built.state == State.LOADED and built.current.records > 20
    senders = set(Part.objects.values_list("kind", "sender__name"))
    assert senders == {("mis", "Ashcombe School"), ("payroll", "County Payroll")}


def test_each_value_shows_its_source(built, sign_in) -> None:
    build = Build.objects.get(version=built.current)
    words = {words.split(":")[0] for values in build.came.values() for words in values.values()}
    assert {"mis", "payroll"} <= words
    identity = next(iter(build.came))
    page = sign_in("ashcombe.preparer").get(reverse("record", args=[built.pk, identity])).content.decode()
    assert "payroll: " in page or "mis: " in page


def test_a_missing_value_is_keyed_once_and_stands_in_the_next_build(built, sign_in) -> None:
    client, last = sign_in("ashcombe.preparer"), Build.objects.latest("pk")
    wanted = next(n for n, one in enumerate(last.to_key) if one["item"] == "teacher_number")
    client.post(reverse("key_values", args=[built.pk]), {f"value_{wanted}": "0000042"})
    assert KeyedValue.objects.get().value == "0000042"
    client.post(reverse("build_now", args=[built.pk]))
    assert len(Build.objects.latest("pk").to_key) == len(last.to_key) - 1
    assert world.now(built).current.number == 2


def proposal(number: int) -> dict[str, object]:
    """Two records that may be one person, as a build proposes them."""
    left, right = ({"key": f"{side}{number}", "family_name": f"Name{number}"} for side in ("l", "r"))
    return {"left": left, "right": right, "points": 3, "reasons": ["the same date of birth"]}


def test_a_match_is_asked_until_it_is_answered_and_the_last_answer_counts(built, sign_in) -> None:
    client, url = sign_in("ashcombe.preparer"), reverse("matches", args=[built.pk])
    Build.objects.update(proposals=[proposal(1), proposal(2)])
    assert "Name1" in client.get(url).text
    for same in ("yes", "no"):
        client.post(url, {"number": "0", "same": same})
    assert MatchDecision.objects.get().same is False
    page = client.get(url).text
    assert "Name1" not in page and "Name2" in page
    assert client.post(url, {"number": "²", "same": "yes"}).status_code == 403


def test_many_open_points_take_no_more_queries(built, sign_in, django_assert_max_num_queries) -> None:
    client = sign_in("ashcombe.preparer")
    Build.objects.update(proposals=[proposal(number) for number in range(200)])
    with django_assert_max_num_queries(20):
        assert client.get(reverse("matches", args=[built.pk])).text.count("muster-finding") == 25


def test_building_again_without_a_change_makes_no_new_version(built, sign_in) -> None:
    sign_in("ashcombe.preparer").post(reverse("build_now", args=[built.pk]))
    assert world.now(built).current.number == 1
    assert Build.objects.latest("pk").version is None


def test_a_file_left_out_is_in_no_later_build(built, sign_in) -> None:
    client = sign_in("ashcombe.preparer")
    for part in Part.objects.filter(kind="payroll"):
        client.post(reverse("leave_out_part", args=[built.pk, part.pk]))
    client.post(reverse("build_now", args=[built.pk]))
    assert Build.objects.latest("pk").coverage[0]["to_key"] > 0


def test_parts_that_hold_nobody_of_the_school_are_refused_with_the_reason(sign_in, returns) -> None:
    client, subject = sign_in("ashcombe.preparer"), returns["ashcombe"]
    client.post(
        reverse("build", args=[subject.pk]),
        {"kind": "mis", "file": SimpleUploadedFile("x.csv", b"A,B\n1,2\n")},
    )
    answer = client.post(reverse("build_now", args=[subject.pk]))
    assert answer.status_code == 403 and "No file gave any staff" in answer.content.decode()


@pytest.mark.parametrize("name", ["build", "key_values", "matches"])
def test_strangers_find_nothing(client, sign_in, returns, name) -> None:
    url = reverse(name, args=[returns["ashcombe"].pk])
    assert client.get(url).status_code == 302
    assert sign_in("birchfield.preparer").get(url).status_code == 404
    assert sign_in("ashcombe.head").get(url).status_code == 403


def test_no_file_is_told_on_the_page(sign_in, returns) -> None:
    answer = sign_in("ashcombe.preparer").post(
        reverse("build", args=[returns["ashcombe"].pk]), {"kind": "mis"}
    )
    assert answer.status_code == 400 and "Choose a file" in answer.content.decode()
