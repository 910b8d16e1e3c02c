"""Who governs the demo's schools, how their buildings are, and what one of them asks its authority: all invented."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.utils import timezone

from muster_web.accounts.models import Organisation
from muster_web.accounts.viewer import Viewer
from muster_web.demo.story import Told
from muster_web.returns.models import Return, Round
from muster_web.schools.actions import asking
from muster_web.schools.actions.listing import take_sent_list

_GOVERNORS = ("URN", "Name", "Role", "Public", "From", "Until", "Appointed by", "E-mail", "Telephone")
# Name, role, whether public, since and until in days from today, who appointed them, how they are reached.
_PEOPLE = (
    ("Iris Coldwell", "Chair of governors", "yes", -700, 760, "Co-opted by the board", "chair", "01632 960101"),
    ("Abel Thornby", "Parent governor", "yes", -400, 1060, "Elected by parents", "", ""),
    ("June Ashworthy", "Governor for looked-after children", "yes", -300, 1160, "Local authority", "", ""),
    ("Felix Marlowe", "Staff governor", "yes", -1500, -40, "Elected by staff", "", ""),
    ("Petra Holloway", "Clerk to the governors", "no", -900, None, "", "clerk", "01632 960102"),
)  # fmt: skip
_BUILDINGS = ("URN", "Block", "Element", "Condition", "Surveyed", "Built", "Remark")
_ELEMENTS = (
    ("Main", "Roof", "C", "1936", "Slates slip over the hall; mended twice in two winters"),
    ("Main", "Windows", "B", "1936", ""),
    ("Main", "Heating", "B", "2009", ""),
    ("Annexe", "Roof", "A", "2015", ""),
    ("Annexe", "Electrics", "A", "2015", ""),
    ("Hut", "Walls", "D", "1974", "To be taken down"),
)


def fill_lists(told: Told, another: Organisation, census: Round) -> None:
    """The officer sends a list of governors and a survey of two schools; the head asks something and is answered."""
    officer, school = told.viewers["officer@anyshire.example"], told.place.schools[told.journey.ref]
    pair = (school, another)
    _send(officer, "governors.csv", _GOVERNORS, [row for one in pair for row in _governors(one)])
    surveyed = (timezone.localdate() - timedelta(days=500)).isoformat()
    rows = [
        (str(one.urn), block, element, grade, surveyed, built, remark)
        for one in pair
        for block, element, grade, built, remark in _ELEMENTS
    ]
    _send(officer, "survey.csv", _BUILDINGS, rows)
    _ask(officer, told.of_school("head", told.journey.ref), school, census)


def _governors(school: Organisation) -> Iterable[Sequence[str]]:
    today = timezone.localdate()
    for name, role, public, since, until, by, mailbox, telephone in _PEOPLE:
        days = ["" if one is None else (today + timedelta(days=one)).isoformat() for one in (since, until)]
        email = f"{mailbox}@{school.ref.replace('/', '-')}.example" if mailbox else ""
        yield (str(school.urn), name, role, public, *days, by, email, telephone)


def _send(viewer: Viewer, name: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    text = "\n".join(",".join(row) for row in (headings, *rows))
    take_sent_list(viewer=viewer, chunks=[text.encode()], name=name)


def _ask(officer: Viewer, head: Viewer, school: Organisation, census: Round) -> None:
    asked = asking.ask(
        viewer=head, school=school, title="Pupils who joined on census day",
        text="Two joined on the morning of census day. Do they count here or at the school they left?",
        subject=Return.objects.filter(round=census, organisation=school).first(),
    )  # fmt: skip
    asking.reply(
        viewer=officer, ticket=asked, text="Here, if they were on your roll that day. Please keep the forms."
    )
    asking.ask(
        viewer=head, school=school, title="The roof over the hall",
        text="It let water in again on Monday. When does the next round of repairs begin?",
    )  # fmt: skip
