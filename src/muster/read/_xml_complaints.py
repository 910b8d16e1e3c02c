"""The sentences for what the walker finds unusual in a file that can be read."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from lxml import etree

from muster.model import Collection, Years
from muster.read._xml_lines import XmlElement, line_of
from muster.read._xml_notices import NoticeLog
from muster.read._xml_plan import Buffer, OtherYearStep

_LONGEST_SHOWN = 60
_WITH_ATTRIBUTES: Any = etree.XPath("descendant-or-self::*[@*]")


class Complaints:
    """Turns what was found into notices of one file."""

    def __init__(self, collection: Collection, year: int, log: NoticeLog) -> None:
        self._collection = collection
        self._year = year
        self._log = log
        self._paths: dict[str, str] = {}
        for path, element in collection.message.walk():
            self._paths.setdefault(element.name, "/".join(path[:-1]))

    def unknown(self, element: XmlElement, siblings: Iterable[str], *, kept: bool = False) -> None:
        """An element that has no place here."""
        name, path = local_name(element), path_of(element.getparent())
        if not self._log.wants("read.unknown_element", f"{path}/{name}"):
            return
        inside = sum(1 for _ in element.iter()) - 1
        more = f" with the {inside:,} elements inside it" if inside else ""
        done = "it was kept as it stands" if kept else "it was not read"
        text = f"<{name}> is not known within {path}; {done}{more}."
        self._log.add(
            "read.unknown_element",
            text,
            fix=self._hint(name, siblings),
            line=line_of(element),
            value=shown(element.text),
        )

    def _hint(self, name: str, siblings: Iterable[str]) -> str:
        near = get_close_matches(name, list(siblings), 1, 0.75)
        if near:
            return f"Was <{near[0]}> meant?"
        if name in self._paths:
            return f"<{name}> belongs within {self._paths[name]}."
        near = get_close_matches(name, self._paths, 1, 0.8)
        return f"The nearest known name is <{near[0]}>, within {self._paths[near[0]]}." if near else ""

    def duplicate(
        self, element: XmlElement, buffer: Buffer, *, key: int | None, item: str, kept: str, dropped: str
    ) -> None:
        """An element for an item that already has its value."""
        name, path = local_name(element), path_of(element.getparent())
        if not self._log.wants("read.duplicate_element", f"{path}/{name}"):
            return
        table = self._collection.tables[buffer.table]
        title = table.items[item].title
        text = (
            f"{title} is given more than once in one {table.record}: "
            f"{_quoted(kept)} was kept and {_quoted(dropped)}, in <{name}>, was not."
        )
        self._log.add(
            "read.duplicate_element", text, fix="Give it once.", line=line_of(element),
            table=buffer.table, key=key, item=item, value=shown(dropped),
        )  # fmt: skip

    def other_year(self, element: XmlElement, step: OtherYearStep) -> None:
        """An element of another year's message."""
        name, path = local_name(element), path_of(element.getparent())
        if self._log.wants("read.other_year", f"{path}/{name}"):
            here, others = self._message(element, step.years)
            text = f"<{name}> is not part of {here} (it belongs to {others}); it was read."
            fix = "Check that the file was made for this year by an up-to-date system."
            self._log.add("read.other_year", text, fix=fix, line=line_of(element))

    def _message(self, element: XmlElement, years: str) -> tuple[str, str]:
        """What the message of the file is called, and those of other years: by year, or by version."""
        if self._collection.header != "version":
            return f"the {self._year} message", years
        root = local_name(element.getroottree().getroot())

        def version(word: str, year: int | None) -> str:
            return f"{word} {self._collection.version_of_year(year, root)}" if year else ""

        spans = [
            f"{version('from', first)} {version('to', last)}".strip()
            for first, last in Years.parse(years).ranges
        ]
        return version("version", self._year), f"versions {', '.join(spans)}"

    def nested(self, element: XmlElement) -> None:
        """Elements where a plain value should stand."""
        name = local_name(element)
        if self._log.wants("read.element_in_value", path_of(element)):
            inside = ", ".join(f"<{local_name(child)}>" for child in element[:5])
            text = f"<{name}> should hold a plain value but holds {inside}, which was not read."
            self._log.add("read.element_in_value", text, fix="Export the file again.", line=line_of(element))

    def stray(self, element: XmlElement, text: str) -> None:
        """Text at the start of an element that holds only elements."""
        self._stray(text, within=element, line=(line_of(element) or 0) + _breaks_before(text))

    def stray_after(self, element: XmlElement, text: str) -> None:
        """Text that follows an element where only elements may follow."""
        after = element.getnext()
        line = (
            line_of(element)
            if after is None
            else (line_of(after) or 0) - text.count("\n") + _breaks_before(text)
        )
        self._stray(text, within=element.getparent(), line=line)

    def _stray(self, text: str, *, within: XmlElement, line: int | None) -> None:
        path = path_of(within)
        if self._log.wants("read.stray_text", path):
            said = f"The text {_quoted(text)} stands between elements within {path}; it was not read."
            fix = "Remove it, or put it into the element it belongs to."
            self._log.add("read.stray_text", said, fix=fix, line=line, value=shown(text))

    def attributes(self, element: XmlElement) -> None:
        """Any attributes of the element and all below it."""
        for carrier in _WITH_ATTRIBUTES(element):
            self.own_attributes(carrier)

    def own_attributes(self, element: XmlElement) -> None:
        """The attributes of the element itself."""
        for name, value in element.attrib.items():
            plain = etree.QName(name).localname
            if self._log.wants("read.attribute", f"{path_of(element)}@{plain}"):
                stays = (
                    "; it stays only with an element that is kept" if self._collection.keeps_unknown else ""
                )
                text = f"The attribute {plain} of <{local_name(element)}> was not read{stays}."
                self._log.add("read.attribute", text, line=line_of(element), value=shown(value))

    def namespace(self, element: XmlElement) -> None:
        """An element whose name lies in a namespace."""
        name = etree.QName(element).namespace or ""
        if self._log.wants("read.namespace", name):
            text = (
                f"<{local_name(element)}> lies in the namespace '{name[:80]}'; it was read by its plain name."
            )
            self._log.add(
                "read.namespace", text, fix="Official returns have no namespace.", line=line_of(element)
            )


def local_name(element: XmlElement) -> str:
    """The name of an element without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else "&…;"


def path_of(element: XmlElement | None) -> str:
    """The names from the outermost element down to this one."""
    names = []
    while element is not None:
        names.append(local_name(element))
        element = element.getparent()
    return "/".join(reversed(names))


def shown(text: str | None) -> str | None:
    """A value short enough to be shown."""
    plain = (text or "").strip()
    return plain if len(plain) <= _LONGEST_SHOWN else plain[: _LONGEST_SHOWN - 1] + "…"


def _breaks_before(text: str) -> int:
    return text[: len(text) - len(text.lstrip())].count("\n")


def _quoted(text: str) -> str:
    return f"'{shown(text)}'" if text.strip() else "an empty element"
