"""Numbers and lists that pages show: figures at their head, task lists, bar charts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Figure:
    """A number at the head of a page, with what it counts and where its list is."""

    number: int
    label: str
    href: str = ""
    colour: str = ""


@dataclass(frozen=True)
class Task:
    """A line of a task list: what is to do, how it stands, and where to do it."""

    title: str
    status: str
    href: str = ""
    hint: str = ""
    colour: str = ""

    def item(self) -> dict[str, Any]:
        """The task as the component wants it; a status with a colour is a tag, one without is text."""
        tag = {"tag": {"text": self.status, "classes": f"govuk-tag--{self.colour}"}}
        hint = {"hint": {"text": self.hint}} if self.hint else {}
        status = tag if self.colour else {"text": self.status}
        return {"title": {"text": self.title}, "href": self.href, "status": status, **hint}


@dataclass(frozen=True)
class Bar:
    """One bar of a chart: a name, a value, and the value as people read it."""

    label: str
    value: float
    shown: str = ""
    colour: str = ""
    href: str = ""


@dataclass(frozen=True)
class BarChart:
    """Bars beside the numbers they stand for; the longest bar is ``most``, or the largest value."""

    title: str
    bars: tuple[Bar, ...]
    name_of_labels: str = "What"
    name_of_values: str = "How many"
    most: float = 0.0

    def rows(self) -> list[tuple[Bar, str, str]]:
        """Each bar with its value in words and its length as a share of a hundred."""
        longest = self.most or max((bar.value for bar in self.bars), default=0) or 1
        return [
            (bar, bar.shown or f"{bar.value:,g}", f"{100 * bar.value / longest:.1f}") for bar in self.bars
        ]
