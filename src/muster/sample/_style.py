"""How a system writes a value: its dates, its money, its yes and no, its words for codes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from muster.model import Collection
from muster.sample._layout import Column, Layout

Shown = str | float | date
_MONEY = frozenset({"base_pay", "payment_amount", "pay_range_minimum", "pay_range_maximum"})


@dataclass(frozen=True)
class Style:
    """The habits of one system.

    ``dates`` is a format, or empty for real dates in a workbook; ``money`` is ``£{:,.2f}`` or the like, or
    empty for real numbers; code sets in ``titles`` are written as the official title.
    """

    dates: str = "%d/%m/%Y"
    money: str = "{:.2f}"
    yes: str = "True"
    no: str = "False"
    school: str = "{lea}{estab}"
    titles: frozenset[str] = frozenset()
    shout_names: bool = False
    numbers: frozenset[str] = frozenset()


class Pen:
    """Writes canonical texts as one system would."""

    def __init__(self, collection: Collection, year: int, layout: Layout, style: Style) -> None:
        self.style = style
        self.layout = layout
        self._titles = {
            name: {code: entry.title for code, entry in collection.code_sets[name].in_force(year).items()}
            for name in style.titles
        }

    def shown(self, column: Column, text: str) -> Shown:
        """The text as the system shows it; what is not of the item's type stays as it is."""
        item = column.item
        if item.type == "date":
            return self._date(text)
        if item.type == "boolean":
            return {"true": self.style.yes, "false": self.style.no}.get(text, text)
        if column.hundredths:
            return str(round(float(text) * 100))
        if item.name in _MONEY:
            return self._money(text)
        if item.codes:
            return self._word(item.codes, text)
        if item.name in self.style.numbers and text.isdigit():
            return float(text)
        return text.upper() if self.style.shout_names and item.name == "family_name" else text

    def school(self, ref: str, name: str) -> str:
        """How the system names a school."""
        lea, _, estab = ref.partition("/")
        return self.style.school.format(lea=lea, estab=estab, name=name, ref=ref) if estab else lea

    def _date(self, text: str) -> Shown:
        try:
            day = date.fromisoformat(text)
        except ValueError:
            return text
        return day.strftime(self.style.dates) if self.style.dates else day

    def _money(self, text: str) -> Shown:
        try:
            amount = float(text)
        except ValueError:
            return text
        return self.style.money.format(amount) if self.style.money else amount

    def _word(self, code_set: str, code: str) -> str:
        title = self._titles.get(code_set, {}).get(code)
        return title or self.layout.words.get(code_set, {}).get(code, code)
