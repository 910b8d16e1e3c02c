"""The parts of a national run: what each asks, what is kept of it, and how it is put in its place."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from muster.catalogue.plan import CompiledRule
from muster.engines.tables import Found, PartFound, TablesEngine
from muster.model import Rule
from muster.model.writing import write_whole
from muster.validate import asks_less


@dataclass(frozen=True)
class Part:
    """Row rules of one table that are asked in one pass, or one rule that looks across rows.

    ``less`` marks rules that are not asked of people who are held back.
    """

    name: str
    table: str
    rules: tuple[CompiledRule, ...]
    is_set: bool
    less: bool

    def run(self, engine: TablesEngine, out: Path) -> PartFound:
        """Run the part; what it finds is left below ``out``."""
        if self.is_set:
            return engine.run_set(self.rules[0], out, less=self.less)
        return engine.run_rows(self.table, self.rules, out, less=self.less)


def parts_of(engine: TablesEngine, rules: Sequence[Rule]) -> list[Part]:
    """The parts that ask these rules: those of the first stage before those that ask less because of it."""
    parts: list[Part] = []
    for less in (False, True):
        chosen = [engine.rules[rule.id] for rule in rules if asks_less(rule) is less]
        parts += [*_of_rows(chosen, less=less), *_of_sets(chosen, less=less)]
    return parts


def _of_rows(rules: Sequence[CompiledRule], *, less: bool) -> Iterator[Part]:
    alone = [rule for rule in rules if rule.asks_only_its_row]
    for table in dict.fromkeys(rule.table for rule in alone):
        name = f"rows_{table}{'_2' if less else ''}"
        yield Part(name, table, tuple(rule for rule in alone if rule.table == table), is_set=False, less=less)


def _of_sets(rules: Sequence[CompiledRule], *, less: bool) -> Iterator[Part]:
    for rule in rules:
        if not rule.asks_only_its_row:
            yield Part(f"rule_{rule.id}", rule.table, (rule,), is_set=True, less=less)


class Store:
    """Where findings and what is known of finished parts are kept.

    A part counts as finished when its note is there, which is written last: whatever a stop left of another is
    taken away when it is run again.
    """

    def __init__(self, out: Path) -> None:
        self.findings, self._notes, self.work = out / "findings", out / "parts", out / "work"
        self.clear()

    def clear(self) -> None:
        """Take away what is needed only while a run goes on."""
        shutil.rmtree(self.work, ignore_errors=True)

    def kept(self, part: Part, held: str) -> PartFound | None:
        """What a finished part found, or None; one that left out other people does not count."""
        path = self._notes / f"{part.name}.json"
        if not path.exists():
            return None
        note = json.loads(path.read_text(encoding="utf-8"))
        if note["held"] != held or note["rules"] != [rule.id for rule in part.rules]:
            return None
        return PartFound(tuple(Found(*found) for found in note["found"]), {})

    def run(self, part: Part, engine: TablesEngine, held: str) -> PartFound:
        """Run a part and put what it found in its place; one of which a rule broke is run again next time."""
        self._forget(part)
        out = self.work / "part"
        shutil.rmtree(out, ignore_errors=True)
        out.mkdir(parents=True)
        result = part.run(engine, out)
        for file in out.glob("rule=*/*.parquet"):
            place = self.findings / file.parent.name / f"{part.name}-{file.name}"
            place.parent.mkdir(parents=True, exist_ok=True)
            file.replace(place)
        if not result.faults:
            note = {"held": held, "rules": [rule.id for rule in part.rules], "found": result.found}
            write_whole(self._notes / f"{part.name}.json", json.dumps(note).encode())
        return result

    def _forget(self, part: Part) -> None:
        (self._notes / f"{part.name}.json").unlink(missing_ok=True)
        for file in self.findings.glob(f"rule=*/{part.name}-*"):
            file.unlink()

    def files_of(self, rules: Sequence[Rule]) -> list[Path]:
        """The files with the findings of some rules."""
        return [
            file for rule in rules for file in sorted((self.findings / f"rule={rule.id}").glob("*.parquet"))
        ]
