"""Put every expression of a corpus to an engine at once, and compare what it says with what is stated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from muster.catalogue.build import build, build_rule
from muster.engines import place_and_key, start_engine
from muster.model import EVERY_YEAR, Derived, Rule
from tests.engines.corpus import Ask, Line
from tests.engines.samples import SAMPLES, YEAR, sample_return

Row = tuple[int, int]
FORMS = ("yes", "no", "unknown")


@dataclass(frozen=True)
class Put:
    """An expression as it is put to an engine: the three predicates of which one must hold for each row.

    Each ask of a corpus has a return of its own, so that only what looks at other rows could see those of another.
    """

    ask: Ask
    place: int
    yes: str
    unknown: str
    derived: tuple[Derived, ...] = field(default=())

    @classmethod
    def plainly(cls, ask: Ask, place: int) -> Put:
        """As a rule would ask it."""
        return cls(ask, place, _is_as_stated(ask, f"({ask.expression})"), f"({ask.expression}) is null")

    @classmethod
    def of_table(cls, ask: Ask, place: int) -> Put:
        """As the answer of a derived table, which may look at the rows of its return."""
        sql = f"select s.sample_id, {ask.expression} as answer from samples s where {_of_return('s', place)}"
        asked = Derived(f"asked_{place}", "Asked", ("sample_id", "answer"), sql)
        row = f"exists (select 1 from asked_{place} a where a.sample_id = this.sample_id and {{}})"
        return cls(
            ask, place, row.format(_is_as_stated(ask, "a.answer")), row.format("a.answer is null"), (asked,)
        )

    def predicates(self) -> dict[str, str]:
        """The predicates by form, each of the rows of the ask only; false and unknown are told apart by the third."""
        own = _of_return("this", self.place)
        texts = {"yes": self.yes, "no": f"not ({self.yes})", "unknown": self.unknown}
        return {form: f"{own} and ({text})" for form, text in texts.items()}


def _of_return(alias: str, place: int) -> str:
    """Whether a row is of the return in a place."""
    return f"{alias}.sample_id between {place << 32} and {(place << 32) + 999_999}"


def _is_as_stated(ask: Ask, answer: str) -> str:
    return answer if ask.kind == "boolean" else f"{answer} = this.answer_{ask.kind}"


def wrong_answers(engine: str, puts: Sequence[Put]) -> list[str]:
    """Every row of which an engine does not say what is stated, in words."""
    found = _found(engine, puts)
    wrong = []
    for place, put in enumerate(puts):
        for key, line in enumerate(put.ask.lines, start=1):
            said = next((form for form in FORMS[::-1] if (place, key) in found[form]), "nothing")
            if said != _stated(put.ask, line):
                wrong.append(
                    f"{engine} of {put.ask.expression} in line {line.number}: {said}, not {line.answer}"
                )
    return wrong


def _stated(ask: Ask, line: Line) -> str:
    if line.answer is None:
        return "unknown"
    return line.answer if ask.kind == "boolean" else "yes"


def _found(engine: str, puts: Sequence[Put]) -> dict[str, set[Row]]:
    """The rows for which each form of the predicate of their ask is true."""
    collection = replace(SAMPLES, derived=tuple(table for put in puts for table in put.derived))
    running = start_engine(engine, collection, YEAR, plan=build(collection)[engine])
    running.load([sample_return(list(_rows(put.ask))) for put in puts])
    rules = {
        f"{form}_{place}": build_rule(engine, collection, _rule(f"{form}_{place}", text))
        for place, put in enumerate(puts)
        for form, text in put.predicates().items()
    }
    found: dict[str, set[Row]] = {form: set() for form in FORMS}
    for answer in running.answers(rules.values()):
        assert not answer.fault, answer.fault
        form, place = answer.rule.id.split("_")
        own = map(place_and_key, answer.keys)
        found[form] |= {row for row in own if row[0] == int(place)}
    running.close()
    return found


def _rule(name: str, text: str) -> Rule:
    return Rule(name, name, "", "samples", text, EVERY_YEAR)


def _rows(ask: Ask) -> Iterator[dict[str, str | None]]:
    for line in ask.lines:
        stated = {} if ask.kind == "boolean" else {f"answer_{ask.kind}": line.answer}
        yield {**line.values, **stated}
