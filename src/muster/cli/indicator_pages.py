"""The page of ``muster explain`` about an indicator: what it says, what is summed, worked examples."""

from __future__ import annotations

from collections.abc import Iterator

from muster.catalogue.find import derived_called, indicators_called
from muster.cli.pages import block, paragraph
from muster.model import Collection, Indicator, IndicatorExample

_BETTER = {
    "higher": "Higher is better.",
    "lower": "Lower is better.",
    "neither": "Neither direction is better.",
}


def indicator_pages(collection: Collection, year: int, name: str) -> Iterator[list[str]]:
    """The page of the indicator with this name, as it is in a year or as it last was."""
    versions = indicators_called(collection, name)
    if versions:
        now = next((one for one in versions if year in one.years), None)
        out_of_force = (
            []
            if now
            else [paragraph(f"Not in force in {year}. This is the version of {versions[-1].years}.")]
        )
        first, *rest = _page(collection, now or versions[-1])
        yield [first, *out_of_force, *rest]


def _page(collection: Collection, indicator: Indicator) -> Iterator[str]:
    yield f"{indicator.name}: {indicator.title}, an indicator in {indicator.unit}"
    yield paragraph(f"{indicator.says} {_BETTER[indicator.polarity]}")
    if indicator.only_in:
        yield paragraph(
            f"Only of the returns of {'schools' if indicator.only_in == 'school' else 'the authority'}."
        )
    yield from _sum(collection, "Numerator", indicator.table, indicator.numerator)
    if indicator.denominator:
        yield from _sum(collection, "Denominator", indicator.denominator_table, indicator.denominator)
    yield from _examples(indicator)
    yield ""
    yield paragraph(f"In force: {indicator.years}.")
    if indicator.source:
        yield paragraph(f"Source: {indicator.source}.")
    if indicator.provisional or indicator.note:
        yield paragraph(f"{'Provisional' if indicator.provisional else 'Note'}: {indicator.note}")
    yield paragraph(f"Written in {indicator.where}.")


def _sum(collection: Collection, what: str, table: str, sql: str) -> Iterator[str]:
    titles = [one.title for one in derived_called(collection, table)]
    title = titles[-1] if titles else collection.tables[table].title
    yield ""
    yield paragraph(f"{what}, over {table} ({title[:1].lower()}{title[1:]}):")
    yield block(sql.splitlines())


def _examples(indicator: Indicator) -> Iterator[str]:
    for example in indicator.examples:
        yield ""
        yield paragraph(f"An example that gives {_given(example)}:")
        for table, text in example.tables.items():
            yield block([f"[{table}]", *(line for line in text.splitlines() if line.strip())])


def _given(example: IndicatorExample) -> str:
    below = "" if example.denominator is None else f" over {example.denominator:g}"
    return f"{example.numerator:g}{below}"
