"""Numbers of pupils, staff and schools: checked with the exact reason, written, and given out where that is lawful."""

from muster.identifiers.checking import (
    CHECKS,
    TITLES,
    Line,
    check,
    check_table,
    columns_to_check,
    kind_called,
    kind_of_column,
    table_in_csv,
    verdicts_as_csv,
)
from muster.identifiers.issuing import Issue, issue
from muster.identifiers.temporary import Ageing, ageing
from muster.identifiers.upn import Upn, chain_faults, check_upn, is_permanent, is_temporary, parse_upn
from muster.identifiers.verdict import Kind, Verdict

__all__ = [
    "CHECKS",
    "TITLES",
    "Ageing",
    "Issue",
    "Kind",
    "Line",
    "Upn",
    "Verdict",
    "ageing",
    "chain_faults",
    "check",
    "check_table",
    "check_upn",
    "columns_to_check",
    "is_permanent",
    "is_temporary",
    "issue",
    "kind_called",
    "kind_of_column",
    "parse_upn",
    "table_in_csv",
    "verdicts_as_csv",
]
