"""What published files say of a school or an authority."""

from __future__ import annotations

from collections.abc import Mapping

from muster.published import Dataset, Measure, load_datasets
from muster_web.accounts.models import Organisation
from muster_web.schools.models import Figures
from muster_web.schools.queries.parts import Cell, Line, Part, Source

_EVERYBODY = "Everybody who is signed in sees this."


def published_parts(organisation: Organisation) -> tuple[Part, ...]:
    """What published files say of an organisation, in the order of the catalogue."""
    found = Figures.objects.filter(organisation=organisation).select_related("loading").order_by("loading")
    latest: dict[str, dict[str, Figures]] = {}
    for one in found:  # a later file of a period takes the place of an earlier
        latest.setdefault(one.dataset, {})[one.period] = one
    return tuple(
        part
        for dataset in load_datasets()
        if dataset.name in latest and (part := _part(dataset, latest[dataset.name])).lines
    )


def _part(dataset: Dataset, figures: Mapping[str, Figures]) -> Part:
    newest_first = [figures[period] for period in sorted(figures, reverse=True)]
    lines = tuple(
        Line(measure.name, measure.title, cells)
        for measure in dataset.measures
        if (cells := tuple(_cell(measure, one) for one in newest_first if measure.name in one.values))
    )
    shown = [
        one.period for one in newest_first if any(measure.name in one.values for measure in dataset.measures)
    ]
    source = _source(dataset, newest_first[0])
    return Part(dataset.title, dataset.group, lines, (source,), _EVERYBODY, tuple(shown))


def _source(dataset: Dataset, one: Figures) -> Source:
    worked_out = (
        " The file does not say its year; it was worked out." if dataset.confidence == "derived" else ""
    )
    return Source(
        f"{dataset.publisher}; {dataset.licence}. File {one.loading.name}, row {one.row}.{worked_out}"
    )


def _cell(measure: Measure, one: Figures) -> Cell:
    number, printed, missing = one.values[measure.name]
    source = f"{one.loading.name} row {one.row}"
    return Cell(one.period, shown(number, printed, measure.kind), missing, source, number)


def shown(number: float | None, printed: str, kind: str) -> str:
    """A figure as a page shows it: 1,503, 12.5%, £45,421, or the text that was published."""
    if number is None:
        return printed
    if kind in ("percent", "share"):
        return f"{number:.1f}%"
    if kind == "money":
        return f"£{number:,.0f}"
    return f"{number:,.0f}" if kind == "count" else f"{number:,.2f}".rstrip("0").rstrip(".")
