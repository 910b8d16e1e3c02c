"""Fill the service of the demo once, and say where to go and how to sign in."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command

from muster.cli.console import Console
from muster_web.demo import authority, machines, people, plans, pupils, school_files, story
from muster_web.demo.files import Journey, prepare_journey
from muster_web.demo.organisations import let_in, make_place
from muster_web.schools.actions.indexing import index_schools

_DONE = "seeded.json"
_JOURNEY = """\
{school} has loaded nothing of its staff yet. As its data manager upload {flawed}, put one value right and explain
what is asked; then upload {corrected}: the explanation is still there. The head signs, you submit, the
authority approves, the department authorises. The authority's officer owes returns of her own: her school
preferences are sent, the form of attendance measures is still to key. Under Plans the quarter is open: its
owner writes the last line, the approver signs, the officer publishes. The rounds are held open around today,
whenever that is."""


def prepare(folder: Path, console: Console) -> None:
    """Seed the demo of a folder unless that was done, hold its rounds open, and print the sign-ins."""
    done = settings.DATA / _DONE
    if not done.is_file():
        began = time.monotonic()
        journey, made = _seed(folder, console)
        files = {"flawed": str(journey.flawed), "corrected": str(journey.corrected)}
        said = {"ref": journey.ref, **files, "machines": made}
        done.write_text(json.dumps(said), encoding="utf-8")
        console.going(f"  seeded in {time.monotonic() - began:.0f} seconds")
    story.hold_open()
    _say(json.loads(done.read_text(encoding="utf-8")), console)


def _seed(folder: Path, console: Console) -> tuple[Journey, list[tuple[str, str, str]]]:
    """Make everything anew; what an earlier attempt left half done goes first."""
    call_command("flush", verbosity=0, interactive=False)
    journey = prepare_journey(folder)
    place = make_place(folder / "anyshire" / "schools.csv")
    let_in(place, place.schools[journey.ref])
    viewers = people.make_people(place, place.schools[journey.ref])
    told = story.Told(folder, place, viewers, journey)
    staff, census = story.open_rounds(viewers["collector@department.example"])
    with console.counting("loading returns", len(place.schools) * 5 // 6) as advance:
        for _ in story.load(told, staff):
            advance(1)
    with console.counting("loading pupils", story.WITH_PUPILS) as advance:
        for _ in story.load_pupils(told, census, journey.ref, place.academies[0].ref):
            advance(1)
    story.go_on(told, staff)
    pupils.exchange(told)
    filled = school_files.fill(told, census)
    for one in (staff, census):
        console.going(f"  {one.title}: {story.summary(one)}")
    console.going(f"  {filled}")
    console.going(f"  {authority.tell(told)}")
    console.going(f"  {plans.tell(told)}")
    index_schools()
    return journey, machines.make_machines(viewers)


def _say(journey: dict[str, Any], console: Console) -> None:
    from muster_web.accounts.models import Organisation

    if console.quiet:
        return
    code, _, estab = journey["ref"].partition("/")
    school = Organisation.objects.get(la_code=code, estab=estab)
    console.detail()
    console.detail(f"Sign in at {settings.SITE_URL}/sign-in/login/ with the password: {people.PASSWORD}")
    console.table(
        ("as", "who", "address"), [(one.role.in_words, one.name, one.email) for one in people.PEOPLE]
    )
    console.detail()
    console.detail("Programs get a token at /api/token with (docs/how-to/use-the-api.md):")
    console.table(("machine", "client id", "secret"), journey["machines"])
    console.detail()
    for line in _JOURNEY.format(school=school, **journey).splitlines():
        console.detail(line)
    console.detail()
