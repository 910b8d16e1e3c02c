"""A person's own data are found across returns and versions, with what was said of them and nobody else's with it."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date

import pytest

from muster.model import MusterError
from muster_web.audit.models import AuditEvent
from muster_web.audit.record import read_of
from muster_web.privacy.actions.answering import answer_request
from muster_web.privacy.queries.subject_access import REMOVED, Wanted
from muster_web.returns.actions.editing import change_value
from muster_web.returns.actions.explaining import explain
from muster_web.returns.actions.uploading import receive
from muster_web.returns.models import Finding, Return
from tests.web.files import WRONG, return_of

ODD = ("<FTEHours>32.50", "<FTEHours>3250")  # a query about the person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def preparer(viewers):
    """The data manager of Ashcombe."""
    return viewers["ashcombe.preparer"]


@pytest.fixture
def loaded(preparer, viewers, rounds, returns) -> Return:
    """Two versions of Ashcombe's return with its head teacher, and one of another school with the same person."""
    for content in (return_of(WRONG), return_of(ODD)):
        receive(viewer=preparer, round=rounds["statutory"], chunks=[content], name="swc.xml")
    elsewhere = viewers["dunmere.preparer"]
    other = return_of(lea=elsewhere.organisation.la_code, estab=elsewhere.organisation.estab)
    receive(viewer=elsewhere, round=rounds["statutory"], chunks=[other], name="swc.xml")
    return Return.objects.select_related("round", "organisation", "current").get(pk=returns["ashcombe"].pk)


def person(subject: Return) -> dict[str, str]:
    """The items that name the person of the loaded return."""
    from muster_web.returns.actions.checking import inspect

    records = inspect(subject.current).records
    tree = records.tree(records.people()[0].identity)
    return {one.asked.name: one.value or "" for one in tree.fields} | {"mark": tree.identity}


def unpacked(content: bytes) -> dict[str, object]:
    """The files of the answer."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {
            name: json.loads(archive.read(name)) if name.endswith(".json") else archive.read(name).decode()
            for name in archive.namelist()
        }


@pytest.mark.parametrize("by", ["number", "number with spaces", "name and birth date"])
def test_a_person_is_found_in_every_version_of_ones_own_returns(loaded, preparer, by: str) -> None:
    who = person(loaded)
    wanted = {
        "number": lambda: Wanted(who["ni_number"]),
        "number with spaces": lambda: Wanted(f" {who['ni_number'][:2].lower()} {who['ni_number'][2:]} "),
        "name and birth date": lambda: Wanted("", who["family_name"], date.fromisoformat(who["birth_date"])),
    }[by]()
    pack = answer_request(viewer=preparer, wanted=wanted)
    assert pack is not None and pack.returns == 1
    [found] = unpacked(pack.content)["returns.json"]
    assert [one["version"] for one in found["versions"]] == [1, 2]
    assert who["family_name"] in json.dumps(found, ensure_ascii=False)
    assert "919/4003" not in json.dumps(found) and "Dunmere" not in json.dumps(found)


def test_what_was_found_said_changed_and_looked_at_comes_with_it(loaded, preparer) -> None:
    who = person(loaded)
    prints = Finding.objects.filter(version=loaded.current, severity="query", person_mark=who["mark"])
    assert prints.exists()
    explain(
        viewer=preparer, subject=loaded, text="As agreed with Zebedee Quill, number 9999901.",
        fingerprints=prints.values_list("fingerprint", flat=True),
    )  # fmt: skip
    change_value(viewer=preparer, subject=loaded, identity=who["mark"], item="ethnicity", value="WIRI")
    read_of(preparer, subject=f"return:{loaded.pk}", records=[who["mark"]], page="record")
    pack = answer_request(viewer=preparer, wanted=Wanted(who["teacher_number"] or who["ni_number"]))
    assert pack is not None
    said = unpacked(pack.content)
    assert said["findings.json"][0]["found"] and said["changes.json"][0]["found"][0]["is"] == "WIRI"
    assert (
        said["said.json"][0]["found"][0]["explanation"] == f"As agreed with Zebedee Quill, number {REMOVED}."
    )
    assert [one["what"] for one in said["seen.json"][0]["found"]] == ["records_read"]
    assert "by machine: read them before you pass" in said["README.txt"]


def test_the_audit_says_that_it_was_done_and_not_who_was_looked_for(loaded, preparer) -> None:
    who = person(loaded)
    answer_request(viewer=preparer, wanted=Wanted(who["ni_number"]))
    event = AuditEvent.objects.get(name="subject_access_answered")
    assert event.data["returns"] == [loaded.pk]
    assert who["ni_number"] not in str(event.data) and who["family_name"] not in str(event.data)


def test_somebody_not_held_gives_nothing_and_is_noted_too(loaded, preparer) -> None:
    assert answer_request(viewer=preparer, wanted=Wanted("QQ999999A")) is None
    assert AuditEvent.objects.get(name="subject_access_answered").data["returns"] == []


def test_a_role_that_takes_nothing_away_finds_nothing(loaded, viewers) -> None:
    who = person(loaded)
    for name in ("ashcombe.head", "ashcombe.auditor", "birchfield.preparer"):
        assert answer_request(viewer=viewers[name], wanted=Wanted(who["ni_number"])) is None, name


@pytest.mark.parametrize(
    "given", [{}, {"family_name": "Silva"}, {"birth_date": date(1980, 1, 1)}, {"identifier": " "}]
)
def test_too_little_to_go_by_is_refused(given) -> None:
    with pytest.raises(MusterError, match="Give a number, or a family name with a date of birth"):
        Wanted(**given)
