"""Text made to do harm where somebody reads it later: a script in a name, a formula in a table."""

from __future__ import annotations

import csv
import io
import zipfile

import pytest
from django.urls import reverse

from muster.model.writing import neutralised
from muster_web.accounts.models import Organisation
from muster_web.returns.actions.explaining import say
from muster_web.returns.models import Finding
from tests.web.files import WRONG, return_of
from tests.web.returns import world

pytestmark = pytest.mark.django_db(transaction=True)
SCRIPT = "<script>alert(1)</script>"
IN_XML = SCRIPT.replace("<", "&lt;").replace(">", "&gt;")
FAMILY_NAME = "<PersonFamilyName>{}</PersonFamilyName><GivenNames>"


def named(name: str) -> bytes:
    """A return with an error and queries whose head teacher has a family name."""
    return return_of((FAMILY_NAME.format("Allright"), FAMILY_NAME.format(name)), WRONG)


@pytest.fixture
def scripted(viewers, ashcombe):
    """A return in which everything that people can write holds a script."""
    Organisation.objects.filter(pk=ashcombe.organisation_id).update(name=f"Ashcombe {SCRIPT}")
    school = viewers["ashcombe.preparer"]
    school.user.name = SCRIPT
    school.user.save()
    world.load(school, ashcombe, named(IN_XML), name=f"swc{SCRIPT.replace('/', '')}.xml")
    world.explain_all(school, ashcombe, text=SCRIPT)
    say(viewer=school, subject=world.now(ashcombe), text=SCRIPT)
    return world.now(ashcombe)


def pages_of(subject) -> list[str]:
    """Every page on which what a school wrote is shown to others."""
    error, query = (
        Finding.objects.filter(subject=subject, severity=one).latest("pk") for one in ("error", "query")
    )
    of_return = ("return_page", "findings", "thread", "changes", "summary", "upload")
    return [
        *(reverse(name, args=[subject.pk]) for name in of_return),
        reverse("explain", args=[subject.pk, "rule", query.rule]),
        reverse("record", args=[subject.pk, error.person_mark]),
        reverse("board", args=[subject.round_id]), reverse("board_rules", args=[subject.round_id]),
        reverse("explanations", args=[subject.round_id, query.rule]), reverse("home"),
    ]  # fmt: skip


def test_a_script_in_a_name_is_text_on_every_page(scripted, sign_in) -> None:
    client, shown = sign_in("anyshire.la_officer"), 0
    for address in pages_of(scripted):
        answer = client.get(address)
        assert answer.status_code == 200 and SCRIPT not in answer.text, address
        shown += "&lt;script&gt;alert(1)&lt;/script&gt;" in answer.text
    assert shown > 8
    assert "'unsafe-inline'" not in answer["Content-Security-Policy"]


def test_a_script_in_a_name_comes_from_the_api_as_data(scripted, call) -> None:
    answer = call("anyshire").get(f"/returns/{scripted.pk}/messages")
    assert answer.json()["items"][0]["text"] == SCRIPT
    assert answer["Content-Type"].startswith("application/json")
    assert answer["X-Content-Type-Options"] == "nosniff"


FORMULAS = ("=1+1", "+1", "-1+1", "@SUM(A1)", '=HYPERLINK("http://198.51.100.7")')


@pytest.mark.parametrize("formula", FORMULAS)
@pytest.mark.parametrize("door", ["page", "API"])
def test_a_formula_in_a_name_is_text_in_the_tables_taken_away(
    formula, door, viewers, ashcombe, sign_in, call
) -> None:
    world.load(viewers["ashcombe.preparer"], ashcombe, named(formula.replace('"', "&quot;")))
    content = (
        sign_in("ashcombe.preparer").get(reverse("download", args=[ashcombe.pk, "tables"])).content
        if door == "page"
        else call("ashcombe").get(f"/returns/{ashcombe.pk}/files/tables").content
    )
    cells = [cell for table in tables_in(content) for row in table for cell in row]
    assert f"'{formula}" in cells
    assert not [cell for cell in cells if cell[:1] in "=+-@" and cell], cells


def tables_in(content: bytes) -> list[list[list[str]]]:
    """The rows of every CSV in a zip."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        texts = [
            archive.read(name).decode("utf-8-sig") for name in archive.namelist() if name.endswith(".csv")
        ]
    assert texts
    return [list(csv.reader(io.StringIO(text))) for text in texts]


def test_a_formula_is_text_in_the_workbook_of_findings(viewers, ashcombe, sign_in) -> None:
    world.load(viewers["ashcombe.preparer"], ashcombe, named(FORMULAS[0]))
    content = sign_in("ashcombe.preparer").get(reverse("download", args=[ashcombe.pk, "findings"])).content
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sheets = [book.read(name) for name in book.namelist() if "/worksheets/sheet" in name]
        texts = book.read("xl/sharedStrings.xml").decode()
    assert sheets and not any(b"<f>" in sheet for sheet in sheets)
    assert ">=" not in texts.replace("?>", "")


def test_every_cell_of_the_record_of_processing_passes_the_same_gate(sign_in) -> None:
    text = sign_in("ashcombe.head").get(reverse("processing_csv")).text
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert len(cells) > 20 and all(cell == neutralised(cell.removeprefix("'")) for cell in cells)
