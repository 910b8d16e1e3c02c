"""What the command says: the verdict first, tables and progress for people, JSON for machines."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

_T = TypeVar("_T")
_SHOW_AFTER = 1.0
_BAR = 24


class Console:
    """Writes to standard output what was asked for, and to standard error how it is getting on."""

    def __init__(self, *, quiet: bool = False, json: bool = False):
        self.quiet, self.json = quiet, json

    def say(self, text: str = "") -> None:
        """A line for people; nothing in JSON."""
        if not self.json:
            print(text)

    def detail(self, text: str = "") -> None:
        """A line that quiet leaves out."""
        if not self.quiet:
            self.say(text)

    def going(self, text: str) -> None:
        """A line on how it is getting on, on standard error, so that the verdict stays the first line."""
        if not (self.quiet or self.json):
            print(text, file=sys.stderr)

    def answer(self, data: Any) -> None:
        """The whole answer for machines; nothing unless JSON was asked for."""
        if self.json:
            print(json.dumps(data, ensure_ascii=False, indent=2, default=str))

    def complain(self, text: str) -> None:
        """One message on standard error."""
        print(f"muster: {text}", file=sys.stderr)

    def table(self, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """A plain table, columns as wide as their longest cell; numbers to the right."""
        if self.json:
            return
        cells = [[f"{v:,}" if isinstance(v, int) else str(v) for v in row] for row in rows]
        right = [all(c[n][:1].isdigit() for c in cells) for n in range(len(headings))] if cells else []
        widths = [max(map(len, column)) for column in zip(headings, *cells, strict=True)]
        for row in [list(headings), ["-" * w for w in widths], *cells] if cells else [list(headings)]:
            padded = (
                c.rjust(w) if cells and r else c.ljust(w)
                for c, w, r in zip(row, widths, right or [False] * len(widths), strict=True)
            )
            print("  " + "  ".join(padded).rstrip())

    def progress(self, doing: str, things: Sequence[_T]) -> Iterator[_T]:
        """Go through things, showing how far after the first second."""
        with self.counting(doing, len(things)) as advance:
            for thing in things:
                yield thing
                advance(1)

    @contextmanager
    def counting(self, doing: str, total: int) -> Iterator[Counter]:
        """A counter to be advanced; it draws itself on standard error once a second has passed."""
        counter = Counter(doing, total, hidden=self.quiet or self.json)
        try:
            yield counter
        finally:
            counter.finish()


class Counter:
    """A progress line; on a terminal it is redrawn, elsewhere it is written once every ten seconds."""

    def __init__(self, doing: str, total: int, *, hidden: bool):
        self.doing, self.total, self.done, self.hidden = doing, total, 0, hidden
        self.start = self.drawn = time.monotonic()
        self.terminal = sys.stderr.isatty()
        self.shown = False

    def __call__(self, count: int = 1) -> None:
        """So many more are done."""
        self.to(self.done + count, self.total)

    def to(self, done: int, total: int) -> None:
        """So many are done, of so many."""
        self.done, self.total = done, total
        now = time.monotonic()
        pause = 0.1 if self.terminal else 10.0
        if not self.hidden and now - self.start > _SHOW_AFTER and now - self.drawn > pause:
            self._draw(now)

    def finish(self) -> None:
        """Leave the line whole if it was ever shown."""
        if self.shown and self.terminal:
            self._draw(time.monotonic())
            print(file=sys.stderr)

    def _draw(self, now: float) -> None:
        self.shown, self.drawn = True, now
        share = self.done / self.total if self.total else 1.0
        bar = "#" * round(share * _BAR)
        line = f"{self.doing}  [{bar:<{_BAR}}] {self.done:,} of {self.total:,}  {now - self.start:.0f} s"
        print(f"\r{line}" if self.terminal else line, end="" if self.terminal else "\n", file=sys.stderr)
