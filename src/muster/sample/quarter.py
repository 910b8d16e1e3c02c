"""The quarter of an invented authority: a snapshot whose figures come from its own returns."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from muster.model.writing import write_whole

# Reference, key or not, title, figure of the catalogue, which is better, target, comment.
_INDICATORS = (
    ("LI12", True, "Days lost to sickness for each teacher", "sickness_days_per_teacher", "lower", "7",
     "Managers have been trained in return-to-work interviews."),
    ("LI13", True, "Teacher turnover (%)", "teacher_turnover", "lower", "12",
     "Exit interviews are offered to everybody who leaves."),
    ("LI14", False, "Teacher vacancies for every hundred teachers", "teacher_vacancies", "lower", "1.5",
     "Two campaigns for mathematics and physics have begun."),
    ("LI15", False, "Teachers with qualified teacher status (%)", "teachers_qualified", "higher", "97",
     "Those without are on the way to it."),
    ("LI17", False, "Staff whose ethnicity is known (%)", "ethnicity_known", "higher", "95",
     "Schools are asked again with the next census."),
)  # fmt: skip
_SNAPSHOT = """# An invented quarter of an invented authority; its figures come from the returns of the demo.
authority   = "Anyshire County Council"
directorate = "Children and young people"
service     = "School workforce"
year        = "{year}"
quarter     = 4
signed      = {{ by = "Head of performance", on = {next}-04-20 }}

[[withheld]]
title    = "The financial statement"
reason   = "The accounts of the year are not closed"
expected = "in July {next}"

[[objectives]]
ref   = "SW 1"
title = "To know the workforce of every school"
owner = "Head of workforce data"

[[objectives]]
ref   = "SW 2"
title = "To keep and support teachers"
owner = "Head of people"

[[milestones]]
objective = "SW 1"
title     = "Build the census returns from MIS and payroll"
due       = {first}-11-30
done      = {first}-11-21
comment   = "Every school has a return; see {{section:key_indicators}} for what they say."

[[milestones]]
objective = "SW 2"
title     = "Offer exit interviews to all leavers"
due       = {first}-09-30
done      = {first}-09-12
comment   = "In use since the autumn."

[[milestones]]
objective = "SW 2"
title     = "Agree a plan for hard-to-fill subjects"
due       = {next}-01-31
comment   = "Heads asked for more time; the plan will be agreed in May {next}."

[[developments]]
title = "Returns from what schools hold"
text  = "The census was built from the exports of three management information systems and three payrolls."

[[risks]]
ref     = "R1"
title   = "Payroll files arrive late: agree days with every provider"
light   = "green"
comment = "All three providers have agreed."

[[actions]]
title   = "Ask again where ethnicity is not known"
due     = "March {next}"
owner   = "Head of people"
light   = "green"
comment = "Every school was asked."
"""


def write_quarter(folder: Path, year: int, figures: Mapping[str, Any]) -> Path:
    """Write the snapshot of an invented quarter beside the figures it takes; the path of the snapshot.

    ``figures`` is what 'muster report --json' says of the authority's returns.
    """
    known = {one["figure"] for one in figures["figures"]}
    parts = [_SNAPSHOT.format(year=f"{year}/{(year + 1) % 100:02}", first=year, next=year + 1)]
    parts += [_indicator(one, year) for one in _INDICATORS if one[3] in known]
    write_whole(folder / "figures.json", json.dumps(figures, ensure_ascii=False, indent=1).encode())
    write_whole(folder / "report.toml", "\n".join(parts).encode())
    return folder / "report.toml"


def _indicator(one: tuple[str, bool, str, str, str, str, str], year: int) -> str:
    ref, key, title, figure, better, target, comment = one
    period = f"{year}/{(year + 1) % 100:02}"
    return f"""[[indicators]]
ref      = "{ref}"
key      = {str(key).lower()}
title    = "{title}"
better   = "{better}"
target   = {{ "{period}" = "{target}" }}
computed = {{ file = "figures.json", figure = "{figure}", period = "{period} Q4" }}
comment  = "{comment}"
quality  = {{ source = "School workforce census", method = "Computed from all returns", checked_by = "Data officer" }}
"""
