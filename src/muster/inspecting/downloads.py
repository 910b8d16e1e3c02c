"""What can be taken away from an inspected return: the corrected file, its tables, its findings, its summary."""

from __future__ import annotations

from collections.abc import Mapping

from muster.catalogue import load_collection
from muster.exchange import Difference, differences, set_as_zip, tables_as_zip, xml_text
from muster.inspecting.desk import Inspected
from muster.report import SchoolSummary, findings_workbook, is_summarised, school_summary

__all__ = [
    "Difference",
    "corrected_set",
    "corrected_xml",
    "differences_between",
    "summary_of",
    "tables_zip",
    "workbook_of_findings",
]


def corrected_xml(inspected: Inspected) -> bytes:
    """The official XML of the return with the edits in it.  Raises MusterError where a record has no place in it."""
    return xml_text(inspected.collection, inspected.corrected).encode("utf-8")


def corrected_set(inspected: Inspected) -> bytes:
    """The set of CSV files in which an SSDA903 return is sent, with the edits in it, as one zip file.

    Raises MusterError for a collection that is sent as XML.
    """
    return set_as_zip(inspected.collection, inspected.corrected)


def tables_zip(inspected: Inspected) -> bytes:
    """The tables of the corrected return as CSV files in one zip file."""
    return tables_as_zip(inspected.collection, inspected.corrected)


def workbook_of_findings(inspected: Inspected, *, names: Mapping[str, str] | None = None) -> bytes:
    """The findings as a workbook, with the likely causes; ``names`` says what schools are called."""
    return findings_workbook(inspected.result, names=names, causes=inspected.causes)


def has_summary(collection_name: str) -> bool:
    """Whether there is a summary of a collection's returns, for the head to read and sign."""
    return is_summarised(load_collection(collection_name))


def summary_of(
    inspected: Inspected, *, previous: Inspected | None = None, school_name: str = ""
) -> SchoolSummary:
    """What the head reads before signing, against last year's return where it is given.

    Raises MusterError for a collection that has no school summary.
    """
    before = previous.corrected if previous else None
    return school_summary(inspected.collection, inspected.corrected, previous=before, school_name=school_name)


def differences_between(before: Inspected, after: Inspected) -> tuple[Difference, ...]:
    """What changed from one version to another, record by record, with the edits of each in it."""
    return differences(after.collection, before.corrected, after.corrected)
