"""A census small enough to know by heart: the rules, schools and people of the specs of a check.

returns   lea estab source_level posts_included       rules: 1000 town without a school number (row on returns)
├ members   name born                                         1100 born after the census day
│ └ posts     title start pay    (module posts_included)      1200Q pay above $tolerance     1300 two posts of a title
├ gaps        title            (a school's file only)         1400 a gap without a title
└ visitors    title            (an authority's file only)     1500 a visitor without a title
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from muster.catalogue.build import build
from muster.engines import Engine, Settings, start_engine
from muster.model import (
    CheckResult,
    Collection,
    Element,
    Finding,
    Item,
    Return,
    Rows,
    Rule,
    SourceFile,
    Table,
    YearFacts,
    Years,
)
from muster.model.local import NOTHING_LOCAL, Local
from muster.validate import check, engine_settings

YEAR = 2013


def _table(name: str, parent: str | None, natural: str, items: str, **more: object) -> Table:
    kinds = {"born": "date", "start": "date", "pay": "number", "posts_included": "boolean"}
    held = {item: Item(item, item.title(), kinds.get(item, "text")) for item in items.split()}  # type: ignore[arg-type]
    singular = name.removesuffix("s")
    label = more.pop("label", "")
    return Table(
        name, name.title(), singular, f"{singular}_id", parent, None, held, tuple(natural.split()), str(label),
        **more,  # type: ignore[arg-type]
    )  # fmt: skip


TABLES = (
    _table(
        "returns", None, "lea estab", "lea estab source_level posts_included", label="return of {lea}/{estab}"
    ),
    _table("members", "returns", "name born", "name born", label="{name}, born {born}", person=True),
    _table(
        "posts",
        "members",
        "title start",
        "title start pay",
        module="posts_included",
        label="{title} from {start}",
    ),
    _table("gaps", "returns", "title", "title", only_in="school"),
    _table("visitors", "returns", "title", "title", only_in="authority"),
)


def rule(code: str, table: str, fails_when: str, message: str, **more: object) -> Rule:
    """A rule in force in every year; a query if its code ends in Q."""
    severity = "query" if code.endswith("Q") else "error"
    return Rule(code, code, message, table, fails_when, Years.parse(""), severity=severity, **more)  # type: ignore[arg-type]


RULES = (
    rule("1000", "returns", "estab is null and source_level = 'S'", "The school has no number."),
    rule("1100", "members", "born > $census_day", "{name} was born on {born}, after {$census_day}.",
         fix="Correct {born}."),
    rule("1200Q", "posts", "pay > $tolerance", "Pay {pay} is above {$tolerance}.", tolerance=1000.0, also=("posts",)),
    rule("1300", "posts", "count(*) > 1", "{title} stands twice.", scope="group", group_by=("member_id", "title")),
    rule("1400", "gaps", "title is null", "A gap has no title."),
    rule("1500", "visitors", "title is null", "A visitor has no title."),
    rule("1600", "members", "born < $opening_day", "Born before the school opened."),
    rule("1700", "members", "count(distinct return_id) > 1", "Also elsewhere.", scope="authority", group_by=("name",)),
    rule("1800", "returns",
         "posts_included = false and exists (select 1 from posts p where p.return_id = this.return_id)",
         "The return says it has no posts, yet it has."),
    rule("1900Q", "members", "count(*) > 3", "More than three people.", scope="return"),
)  # fmt: skip
CENSUS = Collection(
    name="small_census",
    title="Small census",
    years=(YEAR,),
    message_name="Small Census",
    tables={table.name: table for table in TABLES},
    code_sets={},
    message=Element("Message"),
    derived=(),
    rules=RULES,
    facts={
        YEAR: YearFacts(YEAR, date(2013, 11, 7), None, "invented", False, {"census_day": date(2013, 11, 7)}),
        2012: YearFacts(2012, date(2012, 11, 6), None, "invented", False, {"opening_day": date(1900, 1, 1)}),
    },
)
PLANS = build(CENSUS)
Records = dict[str, list[dict[str, str | int | None]]]


def school(estab: str = "4001", *, records: Records | None = None, **header: str | None) -> Return:
    """A school's return; records by table, keys where rows must be tied together, lines from 10 on."""
    one = Return("small_census", YEAR, {t.name: Rows.empty(CENSUS, t.name) for t in TABLES})
    top = {"lea": "999", "estab": estab, "source_level": "S", **header}
    one.tables["returns"].append({"return_id": 1}, top, 2)
    for table, rows in (records or {}).items():
        for number, row in enumerate(rows, start=1):
            keys = {k: v for k, v in row.items() if k.endswith("_id") and not isinstance(v, str)}
            texts = {k: v for k, v in row.items() if not k.endswith("_id") and not isinstance(v, int)}
            own = {CENSUS.tables[table].key: number, "return_id": 1}
            one.tables[table].append({**own, **keys}, texts, 9 + number)
    one.source = SourceFile(Path(f"{estab}.xml"), f"{estab}.xml", "0" * 64, 1)
    return one


def engine(name: str = "duckdb", local: Local = NOTHING_LOCAL, collection: Collection = CENSUS) -> Engine:
    """An engine for the small census with the settings of a place."""
    plans = PLANS if collection is CENSUS else build(collection)
    settings: Settings = engine_settings(local)
    return start_engine(name, collection, YEAR, plan=plans[name], settings=settings)


def checked(*returns: Return, local: Local = NOTHING_LOCAL, name: str = "duckdb") -> CheckResult:
    """The answer of a check of returns of the small census."""
    running = engine(name, local)
    try:
        return check(CENSUS, YEAR, returns, engine=running, local=local)
    finally:
        running.close()


def outcome(result: CheckResult, rule_id: str) -> tuple[str, int, str]:
    """What became of a rule: the outcome, how many findings, and why it did not run."""
    (found,) = (o for o in result.outcomes if o.rule_id == rule_id)
    return str(found.outcome), found.findings, found.reason


def findings_of(result: CheckResult, rule_id: str) -> list[Finding]:
    """The findings of one rule."""
    return [finding for finding in result.findings if finding.rule_id == rule_id]
