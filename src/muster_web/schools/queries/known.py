"""The schools and authorities of the service by the numbers that published files use, and what is odd about those."""

from __future__ import annotations

import re

from muster.model import Notice
from muster.published import Reading, Record, current_authorities, load_authorities
from muster_web.accounts.models import Organisation
from muster_web.design.wording import long_date
from muster_web.schools.queries.closing import successors_in_words

_SCHOOL, _AUTHORITY = Organisation.Kind.SCHOOL, Organisation.Kind.AUTHORITY
_YEAR = re.compile(r"\d{4}")


class Known:
    """Finds whom a record is of."""

    def __init__(self, reading: Reading):
        self.of = reading.dataset.of
        schools = Organisation.objects.filter(kind=_SCHOOL)
        self.by_urn = dict(schools.filter(urn__isnull=False).values_list("urn", "pk"))
        self.by_number = {
            (la, estab): pk for la, estab, pk in schools.values_list("la_code", "estab", "pk") if estab
        }
        days = schools.exclude(closed=None).values_list("pk", "closed")
        self.closed = {pk: closed for pk, closed in days if closed is not None}
        self.authorities = dict(Organisation.objects.filter(kind=_AUTHORITY).values_list("la_code", "pk"))
        self._told: set[str] = set()

    def find(self, one: Record) -> tuple[int | None, str]:
        """The organisation a record is of, and what is odd about its numbers."""
        if self.of == "authority":
            found = self.authorities.get(one.numbers["lea"])
            return found, "" if found else "no such authority is known here; it is left out"
        found = self.by_urn.get(one.numbers["urn"]) or self._by_number(one)
        if found is None:
            ended = self._abolished(one.numbers.get("lea", ""))
            return None, "; ".join(filter(None, ("no such school is known here; it is left out", ended)))
        return found, self._closed_before(found, one.period) or self._abolished(one.numbers.get("lea", ""))

    def _by_number(self, one: Record) -> int | None:
        """The school of an LA and a number; of an authority that is no more, the one that has the number there now."""
        lea, estab = one.numbers.get("lea", ""), one.numbers.get("estab", "")
        if (lea, estab) in self.by_number:
            return self.by_number[lea, estab]
        after = [(new.number, estab) for new in current_authorities(lea)]
        found = [self.by_number[number] for number in after if number in self.by_number]
        return found[0] if len(found) == 1 else None

    def _closed_before(self, school: int, period: str) -> str:
        """What to say of figures of a period that began after the school had closed."""
        closed, year = self.closed.get(school), _YEAR.match(period)
        if closed is None or year is None or int(year[0]) <= closed.year:
            return ""
        after = successors_in_words(school)
        return (
            f"the school closed on {long_date(closed)}, before {period}{after}; the figures stand in its file"
        )

    def _abolished(self, number: str) -> str:
        """What to say of an authority that is no more, the first time it is met."""
        one = load_authorities().get(number)
        if one is None or one.ended is None or number in self._told:
            return ""
        self._told.add(number)
        after = " or ".join(f"{new.number} {new.name}" for new in current_authorities(number))
        ended = f"authority {number} {one.name} ended in {one.ended} and is now {after}"
        return f"{ended}; its schools are found by URN or number"


def problem_of(name: str, one: Record, problem: str, *, column: str = "") -> Notice:
    """What is odd about a record of a file, with its row and numbers."""
    said = " ".join(f"{key} {number}" for key, number in one.numbers.items() if number)
    where = f"{name}, row {one.row}, {column or said}"
    return Notice("published", "error", f"{where}: {problem}.", file=name, line=one.row, item=column)
