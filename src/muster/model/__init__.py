"""The nouns of Muster: collections, returns, rules, findings."""

from muster.model.collection import (
    Check,
    Code,
    CodeSet,
    Collection,
    Derived,
    Element,
    Item,
    Rule,
    Scope,
    Severity,
    Table,
    YearFacts,
)
from muster.model.data import Kept, Notice, Provenance, Return, Rows, Scalar, SourceFile
from muster.model.errors import CatalogueError, MusterError, UnreadableFile
from muster.model.findings import Cause, CheckResult, Counted, Finding, Outcome, RuleOutcome
from muster.model.indicator import Indicator, IndicatorExample, Polarity
from muster.model.keyed import KeyedPart, KeyedSum
from muster.model.published import PublishedTable
from muster.model.records import Cell, Extract, Record, SourceKind, SourcePerson
from muster.model.terms import EVERY_TERM, TERMS, Term, Terms
from muster.model.years import EVERY_YEAR, NO_YEAR, Years

__all__ = [
    "EVERY_TERM",
    "EVERY_YEAR",
    "NO_YEAR",
    "TERMS",
    "CatalogueError",
    "Cause",
    "Cell",
    "Check",
    "CheckResult",
    "Code",
    "CodeSet",
    "Collection",
    "Counted",
    "Derived",
    "Element",
    "Extract",
    "Finding",
    "Indicator",
    "IndicatorExample",
    "Item",
    "Kept",
    "KeyedPart",
    "KeyedSum",
    "MusterError",
    "Notice",
    "Outcome",
    "Polarity",
    "Provenance",
    "PublishedTable",
    "Record",
    "Return",
    "Rows",
    "Rule",
    "RuleOutcome",
    "Scalar",
    "Scope",
    "Severity",
    "SourceFile",
    "SourceKind",
    "SourcePerson",
    "Table",
    "Term",
    "Terms",
    "UnreadableFile",
    "YearFacts",
    "Years",
]
