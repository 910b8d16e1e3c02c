"""Stage 8: what people read: findings, the coverage of sources, and the school summary."""

from muster.report.findings import findings_json, verdict, write_csv, write_json, write_workbook

__all__ = ["findings_json", "verdict", "write_csv", "write_json", "write_workbook"]
