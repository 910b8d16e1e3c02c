"""A collection of one table, ``samples``, with items of every type: the corpus is asked of it.

samples: d1 d2 d3 d4 (dates)  w1 w2 (whole)  x1 x2 (number)  t1 t2 (text)  b1 b2 (boolean)  m1 (datetime)
         answer_date  answer_number  answer_text
constants of 2013: $day  $rate  $apostrophe          code sets: grade (A, O'X, P and two digits), never
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import count

from muster.catalogue.build import build_rule
from muster.catalogue.plan import CompiledRule, Plan
from muster.engines import Engine, Settings, start_engine
from muster.model import Code, CodeSet, Collection, Element, Item, Return, Rows, Rule, Table, YearFacts, Years

YEAR = 2013
_ITEMS = {
    "date": ("d1", "d2", "d3", "d4", "answer_date"), "whole": ("w1", "w2"), "boolean": ("b1", "b2"),
    "number": ("x1", "x2", "answer_number"), "text": ("t1", "t2", "answer_text"), "datetime": ("m1",),
}  # fmt: skip
ITEMS = {name: Item(name, name, kind) for kind, names in _ITEMS.items() for name in names}
_GRADES = (
    Code("A", "first"),
    Code("O'X", "with an apostrophe"),
    Code("C", "of another year", Years.parse("2014-")),
)
SAMPLES = Collection(
    name="samples",
    title="Samples",
    years=(YEAR,),
    message_name="Samples",
    tables={"samples": Table("samples", "Samples", "sample", "sample_id", None, None, ITEMS, ("t1",))},
    code_sets={
        "grade": CodeSet("grade", "Grades", "", _GRADES, "P[0-9]{2}"),
        "never": CodeSet("never", "No code in force", "", (Code("A", "later", Years.parse("2014-")),)),
    },
    message=Element("Message"),
    derived=(),
    rules=(),
    facts={
        YEAR: YearFacts(
            YEAR, date(2013, 11, 7), None, "invented", True,
            {"day": date(2013, 11, 7), "rate": 7.55, "apostrophe": "O'Brien", "year": YEAR},
        )
    },
)  # fmt: skip
_numbers = count(1)


def sample_return(rows: Sequence[dict[str, str | None]], first_key: int = 1) -> Return:
    """A return whose samples are these, with keys 1, 2, 3 ..."""
    table = Rows.empty(SAMPLES, "samples")
    for key, values in enumerate(rows, start=first_key):
        table.append({"sample_id": key}, values)
    return Return("samples", YEAR, {"samples": table})


def sample_rule(fails_when: str, tolerance: float | None = None) -> Rule:
    """A rule of the samples with a name of its own."""
    return Rule(
        f"rule_{next(_numbers)}", "0000", "wrong", "samples", fails_when, Years.parse(""), tolerance=tolerance
    )


def compiled(engine: str, fails_when: str) -> CompiledRule:
    """A predicate after the checks every rule goes through, for one engine."""
    return build_rule(engine, SAMPLES, sample_rule(fails_when))


def start(engine: str, settings: Settings | None = None) -> Engine:
    """An engine for the samples, without a rule of its own."""
    return start_engine(engine, SAMPLES, YEAR, plan=Plan(engine, (), ()), settings=settings)


def failing(engine: Engine, fails_when: str) -> set[int]:
    """The keys of the rows for which a predicate is true."""
    (answer,) = engine.answers([compiled(engine.name, fails_when)])
    assert not answer.fault, f"{fails_when} broke: {answer.fault}"
    return set(answer.keys)
