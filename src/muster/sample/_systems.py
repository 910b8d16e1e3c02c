"""Which systems the authority's schools use, and how each of them writes."""

from __future__ import annotations

from dataclasses import dataclass

from muster.model.authority import School
from muster.sample._schools import NUMBER
from muster.sample._style import Style


@dataclass(frozen=True)
class System:
    """One supplier's system: the mapping that reads it, its habits, and what its users leave empty.

    ``one_file`` systems hold all their schools in one set of files; others send a set for each school.
    """

    name: str
    title: str
    source: str
    mapping: str
    style: Style
    leave_out: frozenset[str] = frozenset()
    workbook: bool = False
    one_file: bool = False
    encoding: str = "utf-8"
    titled: bool = False

    @property
    def folder(self) -> str:
        """Where its files lie in the authority's folder; ``keyed`` is for Muster's own lists of what to key."""
        return "by_hand" if self.source == "keyed" else self.source


_NO_PAY = frozenset({"payments", "contracts.leaving_reason"})
SIMS = System(
    "sims", "SIMS-style personnel reports", "mis", "sims_personnel", Style(), _NO_PAY,
    encoding="utf-8-sig", titled=True,
)  # fmt: skip
ARBOR = System(
    "arbor", "Arbor-style contract export", "mis", "arbor_contracts",
    Style("", "", yes="Yes", no="No", school="{lea}/{estab}", titles=frozenset({"ethnicity", "role"})),
    _NO_PAY, workbook=True,
)  # fmt: skip
BROMCOM = System(
    "bromcom", "Bromcom-style contract export", "mis", "bromcom_contracts",
    Style(dates="%d %b %Y", yes="Yes", no="No", school="{estab}", titles=frozenset({"role"})), _NO_PAY,
)  # fmt: skip
_NOT_IN_PAYROLL = frozenset({"roles", "contracts.school_arrival_date", "contracts.leaving_reason"})
ITRENT = System(
    "itrent", "County payroll", "payroll", "itrent_payroll",
    Style(dates="%d-%b-%Y", school="{lea}/{estab}", shout_names=True), _NOT_IN_PAYROLL, one_file=True,
)  # fmt: skip
POINTS = System(
    "itrent_points", "County payroll, points only", "payroll", "itrent_payroll",
    Style(dates="%d-%b-%Y", school="{lea}/{estab}", shout_names=True), _NOT_IN_PAYROLL,
)  # fmt: skip
NFI = System(
    "nfi", "Payroll in the layout of the National Fraud Initiative", "payroll", "nfi_payroll",
    Style(school="{name}", money="{:,.2f}"), _NOT_IN_PAYROLL, one_file=True, encoding="cp1252",
)  # fmt: skip
OWN = System(
    "own", "Academy's own payroll provider", "payroll", "own_provider_payroll",
    Style(dates="", money="", school="{lea}{estab}", numbers=frozenset({"teacher_number"})), _NOT_IN_PAYROLL,
    workbook=True,
)  # fmt: skip
OWN_LIST = System(
    "ownlist", "Academy's own payroll provider, list", "payroll", "own_provider_payroll",
    Style(money="£{:,.2f}", school="{lea}{estab}"), _NOT_IN_PAYROLL,
)  # fmt: skip
# What no system of the authority holds comes on Muster's own sheets, filled in by hand.
KEYED = System(
    "counts", "Counts keyed on Muster's own template", "keyed", "muster_template",
    Style(dates="%Y-%m-%d", school="{lea}/{estab}"), frozenset(),
)  # fmt: skip
KEYED_TABLES = frozenset({"occasional_teachers", "agency_support", "educational_psychologists"})
SYSTEMS = (SIMS, ARBOR, BROMCOM, ITRENT, POINTS, NFI, OWN, OWN_LIST, KEYED)


def mis_of(schools: list[School]) -> dict[str, System]:
    """The management information system of every school; central staff are in one of their own."""
    cycle = (SIMS, SIMS, ARBOR, SIMS, SIMS, BROMCOM, SIMS, ARBOR, SIMS, ARBOR)
    chosen = {school.ref: SIMS if school.federation else cycle[n % 10] for n, school in enumerate(schools)}
    return chosen | {NUMBER: SIMS}


def payroll_of(schools: list[School], mis: dict[str, System]) -> dict[str, System]:
    """The payroll of every school: the county's for most, another layout for some, academies their own."""
    chosen = {NUMBER: ITRENT}
    academies = iter((OWN, OWN_LIST))
    points = next((s.ref for s in schools if _plain_primary(s) and mis[s.ref] is SIMS), "")
    for n, school in enumerate(schools):
        if school.academy:
            chosen[school.ref] = next(academies)
        elif school.ref == points:
            chosen[school.ref] = POINTS
        else:
            chosen[school.ref] = NFI if n % 5 == 4 and not school.federation else ITRENT
    return chosen


def _plain_primary(school: School) -> bool:
    return school.phase == "Primary" and not school.academy and not school.federation
