"""Every rule of the transfer files does the same to its examples when they arrive as a file.

Examples that do not name the file they come as come under a name that is right.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from muster.catalogue import load_collection
from muster.engines import start_engine
from muster.exchange import xml_text
from muster.model import Return, Rule
from muster.read import read_xml
from tests.rules.conftest import plans
from tests.rules.xml_worlds import XmlWorlds
from tests.transfer_files import NAME, file_of, pupil
from tests.xml_returns import received


class TransferWorlds(XmlWorlds):
    """Files say a version and not a year, and come under a name."""

    def whole(self, one: Return) -> Return:
        for table in reversed(self.collection.tables):
            for above in self.collection.ancestors(table):
                self._add_missing(one, table, above)
        header = one.tables["returns"].text
        root = header["root_element"][0] or "CTfile"
        usual = {"file_name": NAME, "root_element": root, "version": self.version(one.year, root)}
        for name, value in usual.items():
            header[name] = [header[name][0] or value]
        return one

    def version(self, year: int, root: str) -> str:
        return self.collection.version_of_year(year, root)

    def through_xml(self, one: Return, folder: Path) -> Return:
        name = one.header["file_name"] or ""
        return read_xml(self.collection, received(folder, xml_text(self.collection, one), name))


WORLDS = TransferWorlds(load_collection("common_transfer_file"), {})
RULES = [*WORLDS.written_rules(), *WORLDS.item_checks()]
OF_THE_HEADER = [rule for rule in WORLDS.collection.rules_in(2013) if rule.check and rule.table == "returns"]
# What takes the place of a value that is right, by the kind of check.
UNFIT = {"missing": "", "pattern": "??", "type": "yesterday", "length": "20133"}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.id}[{rule.years}]")
def test_a_rule_fires_on_records_that_arrive_as_a_file(rule: Rule) -> None:
    expected = WORLDS.expected(rule)
    assert expected, "the rule has no failing example"
    assert WORLDS.found(rule) == expected


def elements_of_the_header() -> dict[str, tuple[str, ...]]:
    """The elements of the header by the item they fill, each with the one around it."""
    walked = WORLDS.collection.message.walk()
    return {
        element.items[0]: path[-2:]
        for path, element in walked
        if len(element.items) == 1 and "Header" in path
    }


@pytest.mark.parametrize("rule", OF_THE_HEADER, ids=lambda rule: rule.id)
def test_a_check_of_the_header_fires_on_a_file_that_lacks_what_is_asked(rule: Rule, tmp_path: Path) -> None:
    text = file_of(pupil(), SupplierID="x")
    text = text.replace("</Estab>", "</Estab><URN>100000</URN>")
    around, name = elements_of_the_header()[rule.item or ""]
    start = text.index(f"<{name}>", text.index(f"<{around}>")) + len(f"<{name}>")
    end = text.index(f"</{name}>", start)
    wrong = text[:start] + UNFIT[rule.check or ""] + text[end:]
    engine = start_engine("duckdb", WORLDS.collection, 2013, plan=plans(WORLDS.collection.name)["duckdb"])
    engine.load([read_xml(WORLDS.collection, received(tmp_path, one, NAME)) for one in (text, wrong)])
    (answer,) = engine.answers([engine.rules[rule.id]])
    assert len(answer.keys) == 1


def test_every_rule_of_the_catalogue_is_among_them() -> None:
    fired = {rule.id for rule in [*RULES, *OF_THE_HEADER]}
    assert {rule.id for rule in WORLDS.collection.rules} - fired == set()
