"""A plan of Anyshire with two sent returns behind it.

Ashcombe (999/4001) and Birchfield (999/2001) have sent their workforce census, each with one head teacher.  The plan
has a priority with two milestones, and three indicators: one computed from the records of returns, one from their
history, one typed.  Its risk and its equality action are owned as the indicators are: by the Head of people, who is
``anyshire.plan_owner``.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from muster.performance import quarter_of
from muster_web.accounts.roles import Role
from muster_web.accounts.viewer import Viewer, viewer_for
from muster_web.performance.actions import planning
from muster_web.performance.actions.computing import ask_for_figures
from muster_web.performance.actions.quarters import open_quarter, write_line
from muster_web.performance.models import Line, Plan, Quarter, Treatment
from tests.web.conftest import add_person
from tests.web.files import return_of
from tests.web.returns import world

OFFICE = "Head of people"
TREE = b"""ref,title,owner,due,evidence,depends on
1,Staff of schools,Director,,,
1.1,Keep and support teachers,Head of people,,,
1.1.1,Offer exit interviews,,2025-06-30,Letters,
1.1.2,Agree a plan for physics,,30 April 2031,,1.1.1
"""
INDICATORS = """Ref,Definition,Actual {before},Target {year}
LI 15,Increase teachers with qualified teacher status (%),99,97
LI 4,Increase statutory returns on time (%),80,95
LI 20,Increase visits to schools,40,60
"""


@pytest.fixture(autouse=True)
def at_once(db, monkeypatch) -> None:
    """What waits for the end of a transaction is done at once, so that tests need no database of their own each."""
    monkeypatch.setattr(transaction, "on_commit", lambda work, **_: work())


@pytest.fixture
def owner(people, organisations) -> Viewer:
    """The Head of people, who owns lines of plans and nothing else."""
    people["anyshire.plan_owner"] = add_person(
        organisations["anyshire"], Role.PLAN_OWNER, "owner@anyshire.example"
    )
    return viewer_for(people["anyshire.plan_owner"], None)


@pytest.fixture
def officer(viewers) -> Viewer:
    """The officer who keeps the plans of Anyshire."""
    return viewers["anyshire.la_officer"]


@pytest.fixture
def plan(officer, owner, returns, rounds) -> Plan:
    """The plan of the year in which the rounds close."""
    year = quarter_of(rounds["statutory"].closes).year
    made = planning.begin_plan(
        viewer=officer, plan=Plan(service="School workforce", directorate="Children", year=year)
    )
    text = INDICATORS.format(year=made.in_words, before=f"{year - 1}/{year % 100:02}").encode()
    for name, content in (("plan.csv", TREE), ("indicators.csv", text)):
        planning.import_file(viewer=officer, plan=made, chunks=[content], name=name)
    figures = {"LI 15": "school_workforce.teachers_qualified", "LI 4": "service.returns_on_time"}
    for one in made.indicators.all():
        said = {"figure": figures.get(one.ref, ""), "owner": OFFICE, "key": one.ref == "LI 15"}
        planning.describe_indicator(viewer=officer, indicator=one, said=said)
    planning.appoint(viewer=officer, plan=made, office=OFFICE, user=owner.user)
    for kind in Treatment.Kind:
        treatment = Treatment(plan=made, kind=kind, ref="R1", title=f"A {kind} to treat", owner=OFFICE)
        planning.add_treatment(viewer=officer, treatment=treatment)
    return Plan.objects.get(pk=made.pk)


@pytest.fixture
def sent(viewers, returns) -> None:
    """Two schools have sent their returns."""
    world.send(viewers, returns["ashcombe"], return_of())
    other = return_of(("1975-02-03", "1976-02-03"), estab="2001")
    world.send(viewers, returns["birchfield"], other, school="birchfield")


@pytest.fixture
def quarter(officer, plan, sent) -> Quarter:
    """The quarter in which the rounds close, opened, with its figures computed."""
    part = quarter_of(timezone.localdate() + timedelta(days=20)).part
    made = open_quarter(viewer=officer, plan=plan, part=part)
    ask_for_figures(viewer=officer, quarter=made)
    return Quarter.objects.select_related("plan__authority").get(pk=made.pk)


@pytest.fixture
def line_of(quarter):
    """The line of the quarter about the indicator, milestone or treatment with a reference and title."""

    def found(ref: str) -> Line:
        one = Q(indicator__ref=ref) | Q(piece__ref=ref) | Q(treatment__kind=ref)
        return Line.objects.get(one, quarter=quarter)

    return found


@pytest.fixture
def written(owner, quarter) -> Quarter:
    """The quarter with everything said that has to be said: nothing but the signature stands in the way."""
    checked = {
        "comment": "As planned.",
        "checked_by": "Data officer",
        "source": "Returns",
        "method": "Counted",
    }
    for line in quarter.lines.select_related("indicator", "piece"):
        said = dict(checked)
        if line.indicator and not line.indicator.figure:
            said["cannot_be_reported"] = "The visits are counted from April on."
        if line.treatment_id:
            said["light"] = "green"
        if line.piece and line.piece.ref == "1.1.1":
            said["done_on"] = line.piece.due_on
        write_line(viewer=owner, line=line, seen=line.edition, said=said)
    return quarter
