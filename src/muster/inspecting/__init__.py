"""One return at a time, as the pages of a website need it: look at a file, check it again after each edit, show it."""

from muster.inspecting.counted import (
    CountedRecord,
    Given,
    Part,
    ReturnsFigure,
    counted_figures,
    counted_records,
    counts_figures,
)
from muster.inspecting.desk import NO_RULINGS, Desk, Inspected, Received, Rulings, desk_for
from muster.inspecting.downloads import (
    Difference,
    corrected_set,
    corrected_xml,
    differences_between,
    has_summary,
    summary_of,
    tables_zip,
    workbook_of_findings,
)
from muster.inspecting.figures import Figures, figures_of, figures_zip, has_figures
from muster.inspecting.form import Asked, Form
from muster.inspecting.keying import Keyed, KeyedGroup, KeyedLine, SumLine, is_keyed, keyed_return, values_of
from muster.inspecting.peek import Peeked, peek
from muster.inspecting.records import Field, RecordLine, Records, RecordView
from muster.inspecting.school_figures import FileFigure, figures_for_file
from muster.inspecting.together import Collision, Doubt, Side, Together

__all__ = [
    "NO_RULINGS",
    "Asked",
    "Collision",
    "CountedRecord",
    "Desk",
    "Difference",
    "Doubt",
    "Field",
    "Figures",
    "FileFigure",
    "Form",
    "Given",
    "Inspected",
    "Keyed",
    "KeyedGroup",
    "KeyedLine",
    "Part",
    "Peeked",
    "Received",
    "RecordLine",
    "RecordView",
    "Records",
    "ReturnsFigure",
    "Rulings",
    "Side",
    "SumLine",
    "Together",
    "corrected_set",
    "corrected_xml",
    "counted_figures",
    "counted_records",
    "counts_figures",
    "desk_for",
    "differences_between",
    "figures_for_file",
    "figures_of",
    "figures_zip",
    "has_figures",
    "has_summary",
    "is_keyed",
    "keyed_return",
    "peek",
    "summary_of",
    "tables_zip",
    "values_of",
    "workbook_of_findings",
]
