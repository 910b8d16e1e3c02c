"""Stage 8: what people read: findings, the coverage of sources, and the school summary."""

from muster.report.census_summary import comparison as census_comparison
from muster.report.coverage import write_coverage_html, write_coverage_workbook
from muster.report.findings import (
    finding_json,
    findings_json,
    findings_workbook,
    fingerprints_in,
    write_csv,
    write_file_notes,
    write_json,
    write_parquet,
    write_workbook,
)
from muster.report.indicator_page import write_indicators_html
from muster.report.indicators import IndicatorResult, indicator_results, write_indicators_csv
from muster.report.published import (
    Behind,
    TableResult,
    behind,
    published_csv,
    published_tables,
    write_published,
)
from muster.report.school_summary import SchoolSummary, is_summarised, school_summary
from muster.report.summary_pages import write_summary_html, write_summary_pdf
from muster.report.uln_needs import UlnNeed, uln_needs

__all__ = [
    "Behind",
    "IndicatorResult",
    "SchoolSummary",
    "TableResult",
    "UlnNeed",
    "behind",
    "census_comparison",
    "finding_json",
    "findings_json",
    "findings_workbook",
    "fingerprints_in",
    "indicator_results",
    "is_summarised",
    "published_csv",
    "published_tables",
    "school_summary",
    "uln_needs",
    "write_coverage_html",
    "write_coverage_workbook",
    "write_csv",
    "write_file_notes",
    "write_indicators_csv",
    "write_indicators_html",
    "write_json",
    "write_parquet",
    "write_published",
    "write_summary_html",
    "write_summary_pdf",
    "write_workbook",
]
