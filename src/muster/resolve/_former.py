"""Who is who after naming items were put right: each record edited keeps its former name, if some row can be it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


class FormerNames:
    """Gives the names of edited records that no row has now to rows that may be them.

    ``names`` are the names of the rows as the file is now; ``may_be`` says for each edited record the rows that would
    have its name with its edits undone; ``edited`` are the names that are spoken for.
    """

    def __init__(
        self, names: Sequence[str], may_be: Mapping[str, Sequence[int]], edited: frozenset[str]
    ) -> None:
        self._holder: dict[int, str] = dict(enumerate(names))
        self._may_be, self._edited = may_be, edited

    def settled(self) -> list[str]:
        """The name of each row, former names in their place."""
        for name in self._may_be:
            if name not in self._holder.values():
                self._place(name, set())
        return [self._holder[row] for row in sorted(self._holder)]

    def _place(self, name: str, tried: set[int]) -> bool:
        """Give a name a row, moving the record that holds it to another row it may be; whether there is one."""
        for row in self._may_be.get(name, ()):
            if row in tried:
                continue
            tried.add(row)
            holder = self._holder[row]
            if holder not in self._edited or self._place(holder, tried):
                self._holder[row] = name
                return True
        return False
