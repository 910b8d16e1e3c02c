"""What the authority owes itself: both returns of school preferences are sent, its attendance measures are to key."""

from __future__ import annotations

import csv
from pathlib import Path

from django.utils import timezone

from muster.collect import read_schools
from muster.sample import PreferencesSettings, write_preferences
from muster_web.accounts.models import Organisation
from muster_web.accounts.viewer import Viewer
from muster_web.demo.story import OPEN_FOR, OPEN_SINCE, Told
from muster_web.returns.actions import deciding
from muster_web.returns.actions.checking import check
from muster_web.returns.actions.explaining import explain
from muster_web.returns.actions.opening import open_round
from muster_web.returns.actions.uploading import receive
from muster_web.returns.models import Finding, MachineRun, Return, Round

# One return after each offer day: in March of secondary schools, in April of primary schools.
PREFERENCES, OFFER_DAYS, PREFERENCES_YEAR = "school_preferences", ("secondary", "primary"), 2014
MEASURES, MEASURES_YEAR = "attendance_measures", 2025
_APPLICANTS = 600
_WHY = "No school within reach had a place on offer day; the family is on two waiting lists."


def tell(told: Told) -> str:
    """Open the rounds, send both returns of preferences, and say what was done."""
    files = _files(told.folder)
    sent = [_preferences(told, part, files[part]).get_state_display().lower() for part in OFFER_DAYS]
    _round(
        told.viewers["collector@department.example"], MEASURES, MEASURES_YEAR, "Attendance measures 2024/25"
    )
    return f"the authority's own: preferences {' and '.join(dict.fromkeys(sent))}, attendance measures to key"


def _preferences(told: Told, part: str, path: Path) -> Return:
    """The return of one offer day, sent by the officer."""
    round = _round(
        told.viewers["collector@department.example"], f"{PREFERENCES}_{part}", PREFERENCES_YEAR,
        f"School preferences {PREFERENCES_YEAR}, {part}",
    )  # fmt: skip
    return _send(told, round, path)


def _round(collector: Viewer, collection: str, year: int, title: str) -> Round:
    today = timezone.localdate()
    made = Round(
        collection=collection, year=year, title=title, opens=today - OPEN_SINCE, census_day=today - OPEN_SINCE,
        closes=today + OPEN_FOR, source_level="authority", sign_off=False,
    )  # fmt: skip
    open_round(viewer=collector, round=made)
    return made


def _send(told: Told, round: Round, path: Path) -> Return:
    officer = told.viewers["officer@anyshire.example"]
    receive(viewer=officer, round=round, chunks=[path.read_bytes()], name=path.name)
    for run in MachineRun.objects.filter(ended=None).select_related("version__subject__round"):
        check(run=run)
    subject = Return.objects.get(round=round, organisation=told.place.authority)
    marks = Finding.objects.filter(subject=subject, severity="query").values_list("fingerprint", flat=True)
    if marks:
        explain(viewer=officer, subject=subject, fingerprints=list(marks), text=_WHY)
    deciding.submit(viewer=officer, subject=subject)
    subject.refresh_from_db()
    return subject


def _files(folder: Path) -> dict[str, Path]:
    """The returns by offer day; the register of the service gets to know the neighbours' schools in them."""
    own = folder / "service" / "preferences"
    schools = list(read_schools(folder / "anyshire" / "schools.csv").values())
    settings = PreferencesSettings(PREFERENCES_YEAR, children=_APPLICANTS, defects=False)
    written = write_preferences(own, settings, schools=schools)
    with (own / "schools.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            known = {"kind": "school", "la_code": row["LA"], "estab": row["Estab"]}
            if not Organisation.objects.filter(**known).exists():
                Organisation.objects.create(
                    **known,
                    name=row["Name"],
                    phase=row["Phase"],
                    owes_returns=False,
                    authority=_neighbour(row["LA"]),
                )
    return written.files


def _neighbour(code: str) -> Organisation:
    """The authority across the border; nothing is asked of it here."""
    known = {"kind": "authority", "la_code": code}
    made, _ = Organisation.objects.get_or_create(
        **known, defaults={"name": "Bordershire", "owes_returns": False}
    )
    return made
