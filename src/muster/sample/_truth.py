"""Invented people as they truly are, before any system has written them down.

Texts are canonical: what the official file of the year would hold.  An item not there was never given.
"""

from __future__ import annotations

from dataclasses import dataclass, field

Texts = dict[str, str]


@dataclass
class Job:
    """One contract or service agreement of one person at one school.

    ``payment`` is empty for those paid by the day; ``full_pay`` is the full-time pay of a whole year.
    """

    school: str
    contract: Texts
    roles: list[str]
    hours: Texts
    payment: Texts = field(default_factory=dict)
    additional: list[Texts] = field(default_factory=list)
    payroll_number: str = ""
    full_pay: int = 0
    point: str = ""

    def copy(self) -> Job:
        """The same job in texts of its own."""
        return Job(
            self.school, dict(self.contract), list(self.roles), dict(self.hours), dict(self.payment),
            [dict(one) for one in self.additional], self.payroll_number, self.full_pay, self.point,
        )  # fmt: skip


@dataclass
class Person:
    """One person with every job they hold in the authority; the first job is the main one.

    Absences and curriculum belong to the school of the main job.  ``category`` is 1 to 4 as in the census.
    """

    number: int
    category: int
    details: Texts
    jobs: list[Job]
    former_names: list[str] = field(default_factory=list)
    absences: list[Texts] = field(default_factory=list)
    qualifications: list[Texts] = field(default_factory=list)
    curriculum: list[Texts] = field(default_factory=list)

    @property
    def school(self) -> str:
        """Where the main job is."""
        return self.jobs[0].school

    def schools(self) -> list[str]:
        """Every school the person works at, the main one first."""
        return list(dict.fromkeys(job.school for job in self.jobs))

    def copy(self) -> Person:
        """The same person in texts of their own, to be damaged without harm to the truth."""
        return Person(
            self.number, self.category, dict(self.details), [job.copy() for job in self.jobs],
            list(self.former_names), [dict(one) for one in self.absences],
            [dict(one) for one in self.qualifications], [dict(one) for one in self.curriculum],
        )  # fmt: skip
