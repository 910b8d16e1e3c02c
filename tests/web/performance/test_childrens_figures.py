"""Figures of looked-after children: the SSDA903 is a zip of tables that name neither its year nor whose it is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from muster.catalogue import load_collection
from muster.model import Return as LibraryReturn
from muster.sample._set_files import write_set
from muster.sample.children import ChildrenSettings, returns_of
from muster_web.performance.actions.computing import compute, differences
from muster_web.performance.models import Figure, Indicator
from muster_web.performance.queries.parts import records_of
from muster_web.returns.actions import deciding
from muster_web.returns.actions.opening import open_round
from muster_web.returns.models import Return, Round
from tests.web.files import zipped
from tests.web.returns import world

FOSTERED = "looked_after.in_foster_or_for_adoption"


@pytest.fixture(scope="module")
def children() -> LibraryReturn:
    """A return of forty looked-after children without a mistake; everyone in it is invented."""
    settings = ChildrenSettings("looked_after", 2025, children=40, authorities=1, form="csv", defects=False)
    return next(iter(returns_of(settings)))


@pytest.fixture
def file(children, tmp_path) -> bytes:
    """The tables of the return in one zip, as an authority's system exports them."""
    write_set(load_collection("looked_after"), children, tmp_path)
    return zipped(
        **{f"{path.stem}__csv": path.read_bytes() for path in (tmp_path / "this_year").glob("*.csv")}
    )


@pytest.fixture
def subject(viewers, organisations) -> Return:
    """What Anyshire owes of its looked-after children."""
    today = timezone.localdate()
    round_ = Round(
        collection="looked_after", year=2025, phase="statutory", title="Looked-after children 2024/25",
        source_level="authority", sign_off=False, opens=today - timedelta(days=10),
        census_day=today - timedelta(days=5), closes=today + timedelta(days=20),
    )  # fmt: skip
    open_round(viewer=viewers["department.collector"], round=round_)
    return Return.objects.get(round=round_, organisation=organisations["anyshire"])


@pytest.fixture
def sent_set(viewers, subject, file) -> Return:
    """The return after its tables were sent and it was submitted."""
    world.load(viewers["anyshire.la_officer"], subject, file, "ssda903.zip")
    deciding.submit(viewer=viewers["anyshire.la_approver"], subject=world.now(subject))
    return world.now(subject)


def test_tables_that_name_nobody_are_one_return_of_the_authority_their_sender_acts_for(
    sent_set, children
) -> None:
    version = sent_set.current
    assert (version.number, version.name, version.outcome) == (1, "ssda903.zip", "checked")
    assert sent_set.versions.count() == 1 and version.records >= len(children.tables["header"])


def test_a_single_table_is_refused_and_told_how_to_send_the_set(viewers, subject) -> None:
    upload = world.load(
        viewers["anyshire.la_officer"], subject, b"CHILD,DOB,MISSING,MIS_START,MIS_END\n", "m.csv"
    )
    assert "Put all its tables into one zip file" in upload.refused[0]["reason"]
    empty = world.load(viewers["anyshire.la_officer"], subject, zipped(), "empty.zip")
    empty.refresh_from_db()
    assert "without a file in it" in empty.refused[0]["reason"]


def test_figures_of_looked_after_children_lead_to_their_records(quarter, sent_set, children, sign_in) -> None:
    Indicator.objects.create(plan=quarter.plan, ref="PAF", title="Fostered", figure=FOSTERED, position=9)
    compute(quarter=quarter, by=None)
    one = Figure.objects.get(quarter=quarter, name=FOSTERED)
    [part] = one.parts
    assert (part["ref"], part["sha256"]) == ("999", sent_set.current.sha256)
    fostered = records_of(one, part)
    assert 0 < len(fostered) == int(one.numerator) <= int(one.denominator) and differences(one) == []
    client = sign_in("anyshire.la_officer")
    page = client.get(reverse("figure_records", args=[one.pk, sent_set.pk])).text
    assert page.count("<tr") == len(fostered) + 1
    record = reverse("record", args=[sent_set.pk, fostered[0].identity])
    assert record in page and client.get(record).status_code == 200
