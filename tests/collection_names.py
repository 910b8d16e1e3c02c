"""The collections whose rules are tried: of a termly one each term."""

from muster.model import TERMS

TERMLY = tuple(f"school_census_{term}" for term in TERMS)
COLLECTIONS = (
    "school_workforce",
    "children_in_need",
    "looked_after",
    "school_preferences",
    "common_transfer_file",
    *TERMLY,
    "attendance_measures",
)
# The terms of a census share most rules, so that a sample takes the one that has most.
SAMPLED = tuple(name for name in COLLECTIONS if name not in TERMLY or name == "school_census_spring")
