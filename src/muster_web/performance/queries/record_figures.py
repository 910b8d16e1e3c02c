"""Figures made from the records of one collection's returns."""

from __future__ import annotations

from collections.abc import Iterator

from muster.inspecting import ReturnsFigure
from muster.model import MusterError
from muster_web.performance.models import Figure, Quarter
from muster_web.performance.queries.last_returns import Answered, answered_again, data_of, exact_text


def record_figures(quarter: Quarter, answered: Answered | None, wanted: set[str]) -> Iterator[Figure]:
    """The figures of these names, not yet kept; none where there is no round of the collection."""
    for one in answered.figures.values() if answered else ():
        if answered and one.indicator.name in wanted:
            yield _figure(quarter, answered, one, answered.said)


def record_figure_again(figure: Figure) -> Figure:
    """A figure from the very data it was made from.  Raises MusterError where they or its definition are gone."""
    collection, _, name = figure.name.partition(".")
    answered = answered_again(collection, figure.made_by["year"], figure.parts)
    if name not in answered.figures:
        raise MusterError(f"the catalogue has no figure {name} any more")
    return _figure(figure.quarter, answered, answered.figures[name], figure.coverage)


def _figure(quarter: Quarter, answered: Answered, one: ReturnsFigure, said: str) -> Figure:
    of = answered.by_ref
    parts = [
        {
            **data_of(of[part.ref]),
            "numerator": exact_text(part.numerator),
            "denominator": exact_text(part.denominator),
            "value": exact_text(part.value),
        }
        for part in one.parts
    ]
    return Figure(
        quarter=quarter, name=f"{answered.collection}.{one.indicator.name}", title=one.indicator.title,
        says=f"{one.indicator.says} {one.indicator.note}".strip(), unit=one.indicator.unit,
        value=exact_text(one.value), numerator=exact_text(one.numerator), denominator=exact_text(one.denominator),
        parts=parts, made_by=dict(one.made_by), coverage=said,
    )  # fmt: skip
