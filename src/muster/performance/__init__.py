"""Plans, indicators and the quarterly report: figures that can be followed to where they come from."""

from muster.performance.amounts import Amount, NoAmount, read_amount
from muster.performance.arithmetic import Part, progress, ratio_of_sums, short_and_long, to_date, travel
from muster.performance.funding import FundedSchool, Share, phase_totals, share_out
from muster.performance.lights import (
    Count,
    Light,
    Lit,
    count_lights,
    grey,
    milestone,
    overridden,
    tolerance,
    two_light,
)
from muster.performance.measures import Aim, Measure, Place, Remark, Tag, Value, tagged
from muster.performance.periods import Period, quarter_of, read_year, year_of
from muster.performance.suppression import PublishedCell, suppress, suppress_list

__all__ = [
    "Aim",
    "Amount",
    "Count",
    "FundedSchool",
    "Light",
    "Lit",
    "Measure",
    "NoAmount",
    "Part",
    "Period",
    "Place",
    "PublishedCell",
    "Remark",
    "Share",
    "Tag",
    "Value",
    "count_lights",
    "grey",
    "milestone",
    "overridden",
    "phase_totals",
    "progress",
    "quarter_of",
    "ratio_of_sums",
    "read_amount",
    "read_year",
    "share_out",
    "short_and_long",
    "suppress",
    "suppress_list",
    "tagged",
    "to_date",
    "tolerance",
    "travel",
    "two_light",
    "year_of",
]
