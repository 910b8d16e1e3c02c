"""Find which school a cell means: by number in any of its forms, by URN, or by name."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping

from muster.model.authority import Authority
from muster.read.values import fold

_LA_ESTAB = re.compile(r"(\d{3})\s*[/ -]?\s*(\d{4})")


class SchoolFinder:
    """Knows the authority's schools; without an authority it knows only numbers that say all themselves."""

    def __init__(self, authority: Authority | None, *, default: str = "") -> None:
        self.number = authority.number if authority else ""
        self.default = self.chosen = default
        self._names: dict[str, str] = {}
        self._shown: dict[str, str] = {}
        self._titles: dict[str, str] = {}
        self._known: frozenset[str] = frozenset()
        if authority:
            self._learn(authority)

    def _learn(self, authority: Authority) -> None:
        self._known = frozenset(authority.schools)
        names: dict[str, list[str]] = {}
        for ref, school in authority.schools.items():
            names.setdefault(fold(school.name), []).append(ref)
            names.setdefault(school.urn, []).append(ref)
            self._shown[fold(school.name)] = school.name
            self._titles[ref] = school.name
        self._names = {name: refs[0] for name, refs in names.items() if name and len(refs) == 1}
        for words in ("", " central", " central staff"):
            self._names[fold(authority.name + words)] = authority.number

    def find(self, text: str) -> str | None:
        """``999/2001``, ``999`` for the authority itself, or None where the text names no school known."""
        if found := _LA_ESTAB.fullmatch(text):
            return self._known_only(f"{found[1]}/{found[2]}")
        if text == self.number:
            return text
        if text.isdigit() and len(text) == 4 and self._area:
            return self._known_only(f"{self._area}/{text}")
        return self._names.get(fold(text))

    @property
    def _area(self) -> str:
        """The authority's number, from the set-up or else from the file's own header."""
        return self.number or self.default.partition("/")[0]

    def _known_only(self, ref: str) -> str | None:
        return ref if not self._known or ref in self._known else None

    def called(self, ref: str) -> str:
        """A school by its number and, where it is known, its name."""
        return f"{ref} ({self._titles[ref]})" if ref in self._titles else ref

    def hint(self, text: str) -> str:
        """The name of a school that looks like the text, or nothing."""
        near = difflib.get_close_matches(fold(text), self._shown, n=1, cutoff=0.6)
        return f" (nearest: '{self._shown[near[0]]}')" if near else ""


def ref_of(header: Mapping[str, str | None]) -> str:
    """The reference of the return whose header a file holds, or ''."""
    lea, estab = header.get("lea") or "", header.get("estab") or ""
    return f"{lea}/{estab}" if lea and estab else lea
