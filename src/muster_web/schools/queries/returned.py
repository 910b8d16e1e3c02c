"""What the authorised returns of a school say of it, and how good its returns were."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, OuterRef, Q, Subquery
from django.utils import timezone

from muster.catalogue import load_collection
from muster.inspecting import FileFigure
from muster.model.words import count_of
from muster.report.school_file import file_setting
from muster.submit import State
from muster_web.accounts.models import Organisation
from muster_web.accounts.viewer import Viewer
from muster_web.design.wording import long_date
from muster_web.returns.models import Return, Version
from muster_web.returns.permissions import visible_returns
from muster_web.schools.models import ReturnedFigures
from muster_web.schools.queries.parts import Cell, Line, Part, Source

_SEEN_BY = (
    "Numbers of 1 to 5 people are hidden, and what would give them away. The school, its authority and the department "
    "see this, and whom the school lets see its return."
)


@dataclass(frozen=True)
class ReturnLine:
    """One return of a school: when it was first sent, how many files it took, and what was found and explained."""

    subject: Return
    sent: datetime | None
    versions: int

    @property
    def on_time(self) -> str:
        """Whether it came in time, in words."""
        closes = self.subject.round.closes
        if self.sent is None:
            return "late, not sent yet" if closes < timezone.localdate() else "not sent yet"
        late = (timezone.localdate(self.sent) - closes).days
        return f"{count_of(late, 'day')} late" if late > 0 else "on time"


def return_lines(viewer: Viewer, organisation: Organisation) -> tuple[ReturnLine, ...]:
    """The returns of an organisation the viewer may see, practice left out, those that close last first."""
    versions = Version.objects.filter(subject=OuterRef("pk")).order_by().values("subject")
    found = (
        visible_returns(viewer)
        .filter(organisation=organisation)
        .exclude(round__phase="practice")
        .annotate(
            sent=Min("events__at", filter=Q(events__name="return_submitted")),
            files=Subquery(versions.annotate(files=Count("pk")).values("files")),
        )
        .order_by("-round__closes", "pk")
    )
    return tuple(ReturnLine(one, one.sent, one.files or 0) for one in found)


def returned_parts(viewer: Viewer, organisation: Organisation) -> tuple[Part, ...]:
    """What the authorised returns of an organisation say that the viewer may see."""
    found = ReturnedFigures.objects.filter(
        subject__organisation=organisation, subject__in=visible_returns(viewer).values("pk")
    ).exclude(subject__state=State.WITHDRAWN)
    by_folder: dict[str, list[ReturnedFigures]] = {}
    for one in found.select_related("subject__round", "version").order_by(
        "-subject__round__census_day", "pk"
    ):
        by_folder.setdefault(load_collection(one.subject.round.collection).folder, []).append(one)
    return tuple(_part(folder, held) for folder, held in sorted(by_folder.items()))


def _part(folder: str, held: list[ReturnedFigures]) -> Part:
    setting = file_setting(folder)
    assert setting is not None, "only returns that fill a file are counted"
    return Part(
        title=setting.title,
        group=setting.group,
        lines=tuple(_lines(folder, held)),
        sources=tuple(_source(one) for one in held),
        seen_by=_SEEN_BY,
        periods=tuple(_period(one.subject) for one in held),
    )


def _lines(folder: str, held: Iterable[ReturnedFigures]) -> Iterator[Line]:
    cells: dict[str, list[Cell]] = {}
    titles: dict[str, str] = {}
    for one in held:
        for values in one.figures:
            figure = FileFigure(*values)
            titles.setdefault(figure.item, figure.title)
            cells.setdefault(figure.item, []).append(_cell(one, figure))
    for item, found in cells.items():
        yield Line(f"{folder}.{item}", titles[item], tuple(found))


def _cell(one: ReturnedFigures, figure: FileFigure) -> Cell:
    source = f"return {one.subject_id}, version {one.version.number}"
    return Cell(_period(one.subject), _shown(figure), figure.missing, source, figure.number)


def _shown(figure: FileFigure) -> str:
    if figure.number is None:
        return ""
    number = f"{figure.number:,.{figure.decimals}f}"
    if figure.unit != "%":
        return number
    return f"{number}% ({figure.above:,.0f} of {figure.below:,.0f})"


def _period(subject: Return) -> str:
    term = load_collection(subject.round.collection).term
    return f"{term} {subject.round.year}".strip()


def _source(one: ReturnedFigures) -> Source:
    standing = one.subject.get_state_display().lower()
    again = "" if one.subject.state == State.AUTHORISED else f" It is being put right now ({standing})."
    return Source(
        f"{one.subject.round.title}: version {one.version.number}, SHA-256 {one.version.sha256[:16]}…, authorised on "
        f"{long_date(one.authorised)}, counted on {long_date(one.counted)} by "
        f"Muster {one.code}.{again}",
        one.subject_id,
    )
