"""The living style page: every component once, with invented content. Shown in the demo only."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from muster_web.design.fields import DateField
from muster_web.design.figures import Bar, BarChart, Figure, Task
from muster_web.design.frame import Banner, Destination, Frame
from muster_web.design.tables import Column, Ordering

SCHOOLS = [
    ("Anyshire High School", "919/4001", 412, 7, dt.date(2013, 11, 7), "With the authority"),
    ("Beckside Primary School", "919/2104", 38, 0, dt.date(2013, 11, 6), "Submitted"),
    ("Cold Harbour Academy", "919/4017", 1204, 31, dt.date(2013, 11, 5), "Loaded"),
    ("Dry Drayton Infant School", "919/2019", 22, 1, dt.date(2013, 11, 1), "Returned"),
]
COLOURS = {"Submitted": "green", "Returned": "red", "Loaded": "yellow", "With the authority": "blue"}
COLUMNS = (
    Column("School", ("0",)),
    Column("LA/Estab", ("1",)),
    Column("Staff", ("2",), numeric=True),
    Column("To fix", ("3",), numeric=True),
    Column("Last upload", ("4",)),
    Column("State"),
)
RULES = (
    Bar("4100Q Hours are missing", 412, colour="red"),
    Bar("4220 Pay range does not fit the post", 97, colour="amber"),
    Bar("4400 Contract ends before it starts", 12, colour="grey"),
)
FRAME = Frame(
    organisation="Anyshire High School",
    organisation_url="#",
    switch_url="#switch",
    navigation=(
        Destination("Returns", "#returns", current=True),
        Destination("Findings", "#findings", count=1204),
        Destination("People", "#people"),
        Destination("Help", "#help"),
    ),
    person="Jo Bloggs",
    account_url="#account",
    sign_out_url="#sign-out",
    banner=Banner("Practice", "Nothing you do here is counted or sent.", practice=True),
    footer=(
        Destination("Help", "#help"),
        Destination("Accessibility statement", "#accessibility"),
        Destination("Privacy notice", "#privacy"),
    ),
)


class SampleForm(forms.Form):
    """One field of every kind."""

    name = forms.CharField(label="Full name", help_text="As it is in your payroll", max_length=60)
    email = forms.EmailField(label="E-mail address")
    posts = forms.IntegerField(label="How many posts", required=False)
    starts = DateField(label="Start date", help_text="For example, 7 11 2013")
    role = forms.ChoiceField(
        label="Role", choices=[("", "Choose a role"), ("head", "Head"), ("ta", "Assistant")]
    )
    works = forms.ChoiceField(
        label="Full time or part time",
        choices=[("full", "Full time"), ("part", "Part time")],
        widget=forms.RadioSelect,
    )
    asks = forms.MultipleChoiceField(
        label="What to tell you about",
        choices=[("new", "New findings"), ("due", "Deadlines"), ("back", "Returns sent back")],
        widget=forms.CheckboxSelectMultiple,
    )
    agrees = forms.BooleanField(label="I have checked the figures")
    note = forms.CharField(label="Explanation", widget=forms.Textarea(attrs={"rows": 3}))
    upload = forms.FileField(label="Return", help_text="An XML file, or a zip of them")
    password = forms.CharField(label="Password", widget=forms.PasswordInput)


def style(request: HttpRequest) -> HttpResponse:
    """Every component, twice for forms: as they come, and with errors (``?form=wrong`` fills them wrongly)."""
    return render(request, "design/style.html", shown(request))


def shown(request: HttpRequest) -> dict[str, Any]:
    """What the style page shows."""
    ordering = Ordering(COLUMNS, request.GET, default="school")
    wrong = {"name": "", "starts_day": "31", "starts_month": "2", "starts_year": "2013", "works": "part"}
    return {
        "frame": FRAME,
        "ordering": ordering,
        "rows": _sorted(ordering),
        "page_of_many": Paginator(range(3226), 25).get_page(request.GET.get("page", 4)),
        "places": [Destination("Anyshire", "#"), Destination("Returns", "#"), Destination("November 2013")],
        "plain": SampleForm(prefix="plain"),
        "wrong": SampleForm(wrong, prefix=None),
        **_pieces(),
    }


def _sorted(ordering: Ordering) -> list[dict[str, Any]]:
    """The schools in order; the fields of these columns are places in a row, as there is no query."""
    at = int(ordering.order_by[0].removeprefix("-"))
    rows = sorted(SCHOOLS, key=lambda row: row[at], reverse=ordering.descending)
    names = ("school", "number", "staff", "faults", "uploaded", "state")
    return [dict(zip(names, row, strict=True)) | {"colour": f"govuk-tag--{COLOURS[row[5]]}"} for row in rows]


def _pieces() -> dict[str, Any]:
    return {
        "moment": dt.datetime(2013, 11, 7, 9, 5),
        "chart": BarChart("Findings by rule", RULES, name_of_labels="Rule", name_of_values="Findings"),
        "figures": [
            Figure(175, "to fix", "#fix", "red"),
            Figure(141, "to explain", "#explain", "amber"),
            Figure(11, "ready to submit", "#ready", "green"),
            Figure(3226, "people"),
        ],
        "tasks": [
            Task("Upload your staff export", "Done", "#upload"),
            Task(
                "Put findings right", "7 left", "#fix", "Two of them are likely to have one cause", "yellow"
            ),
            Task("Head signs the return", "Cannot start yet"),
        ],
        "summary": [
            {"key": {"text": "Census"}, "value": {"text": "School workforce, 7 November 2013"}},
            {
                "key": {"text": "Head"},
                "value": {"text": "Jo Bloggs"},
                "actions": {"items": [{"href": "#", "text": "Change", "visuallyHiddenText": "head"}]},
            },
        ],
        "tabs": [
            {
                "label": "By cause",
                "id": "by-cause",
                "panel": {"text": "Findings with one likely cause stand together."},
            },
            {"label": "By person", "id": "by-person", "panel": {"text": "One line for each person."}},
        ],
    }
