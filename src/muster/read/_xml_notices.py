"""What the XML reader tells of a file it could read: one notice per thing found, never more than one can read."""

from __future__ import annotations

from collections import Counter
from typing import TypedDict, Unpack

from muster.model import Notice, Severity

NOTICES: dict[str, str] = {
    "read.unknown_element": "An element is not part of the collection in any year; what it holds was not read.",
    "read.duplicate_element": "An element came more often than it may; one value was kept.",
    "read.other_year": "An element belongs to other collection years than the return's; it was read all the same.",
    "read.element_in_value": "An element that should hold a plain value holds further elements; they were not read.",
    "read.stray_text": "Text stands between elements, where no value can be; it was not read.",
    "read.attribute": "An element carries an attribute; the official message has none, so it was not read.",
    "read.namespace": "Elements carry a namespace; they were read by their plain names.",
    "read.encoding": "The file declares another encoding than the one it is written in; the true one was used.",
    "read.version": "The file is of a version that is not known; it was read as the nearest that is.",
    "read.collection_not_named": "The header does not name the collection; it was told from the elements.",
    "read.schema": "The official schema that was given does not allow what stands here; it was read all the same.",
    "read.more": "There were more notices of one kind than are listed; their number is given.",
}

_SEVERITIES: dict[str, Severity] = {
    "read.duplicate_element": "error",
    "read.element_in_value": "error",
    "read.schema": "error",
    "read.stray_text": "error",
}

# A file can be wrong in the same way ten thousand times.  The first few show the fault, the number shows its
# extent; a person reads no more than that, and memory stays bounded.
PER_SUBJECT = 20
PER_CODE = 200


class Where(TypedDict, total=False):
    """Which line, record, item and value a notice is about."""

    line: int | None
    table: str | None
    key: int | None
    item: str | None
    value: str | None


class NoticeLog:
    """Collects notices of one file, lists the first of each kind and counts the rest."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._listed: list[Notice] = []
        self._by_code: Counter[str] = Counter()
        self._by_subject: Counter[tuple[str, str]] = Counter()
        self._left_out: Counter[str] = Counter()
        self._left_out_of: dict[str, Counter[str]] = {}

    def wants(self, code: str, subject: str) -> bool:
        """Count one more of a kind; whether it is still to be listed in full."""
        if self._by_subject[code, subject] < PER_SUBJECT and self._by_code[code] < PER_CODE:
            self._by_subject[code, subject] += 1
            self._by_code[code] += 1
            return True
        self._left_out[code] += 1
        subjects = self._left_out_of.setdefault(code, Counter())
        if subject in subjects or len(subjects) < PER_CODE:
            subjects[subject] += 1
        return False

    def add(self, code: str, message: str, *, fix: str = "", **where: Unpack[Where]) -> None:
        """List a notice in full."""
        severity = _SEVERITIES.get(code, "query")
        self._listed.append(Notice(code, severity, message, fix, self._file, **where))

    def drain(self) -> list[Notice]:
        """The notices listed since the last time."""
        listed, self._listed = self._listed, []
        return listed

    def close(self) -> list[Notice]:
        """The last notices, with the number of those not listed."""
        for code, count in self._left_out.items():
            self.add("read.more", self._rest(code, count), value=str(count))
        return self.drain()

    def _rest(self, code: str, count: int) -> str:
        often = self._left_out_of[code].most_common(5)
        named = ", ".join(f"{subject} ({times:,})" for subject, times in often)
        kind = NOTICES[code].split(";")[0].rstrip(".")
        return f"{kind}: {count:,} more than are listed here. Most often: {named}."
