"""A national run finds what an ordinary check of the same returns finds: rule by rule, record by record."""

from __future__ import annotations

import csv
import shutil
from collections import Counter
from pathlib import Path

import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest
from tests.unit.national.conftest import Answers, Country

from muster.catalogue.plan import CompiledDerived, CompiledRule
from muster.engines.national import NationalEngine
from muster.model import Outcome
from muster.model.local import Local
from muster.national import Means

Where = tuple[str, str, str, int]


def found_in(country: Country, out: Path) -> Counter[Where]:
    """The findings of a national run, with keys as they are within a return: from 1 on."""
    rows = ds.dataset(out / "findings", partitioning=ds.partitioning(flavor="hive")).to_table().to_pylist()
    first: dict[tuple[str, int], int] = {}
    for name, table in country.collection.tables.items():
        if (country.tables / name).exists():
            held = pq.read_table(country.tables / name, columns=["return_id", table.key]).to_pydict()
            for return_id, key in zip(held["return_id"], held[table.key], strict=True):
                first.setdefault((name, return_id), key)
    return Counter(
        (
            str(row["rule"]),
            row["authority"],
            row["table"],
            row["key"] - first[row["table"], row["return_id"]] + 1,
        )
        for row in rows
    )


def test_every_record_that_fails_is_the_same(country: Country, answers: Answers) -> None:
    expected = Counter((f.rule_id, f.ref, f.table, f.key or 0) for f in answers.ordinary.findings)
    assert expected and found_in(country, answers.out) == expected


def test_every_rule_has_the_same_outcome_count_and_reason(answers: Answers) -> None:
    assert answers.national.outcomes == answers.ordinary.outcomes


@pytest.mark.parametrize("all_stages", [False, True])
def test_local_settings_mean_the_same(
    country: Country, answers: Answers, tmp_path: Path, all_stages: bool
) -> None:
    rules = [one.rule_id for one in answers.ordinary.outcomes if one.outcome is Outcome.FAILED]
    suspended, downgraded = {rules[0]: "known here"}, dict.fromkeys(rules[1:6], "agreed")
    local = Local(suspended=suspended, downgraded=downgraded, all_stages=all_stages)
    done = country.national(tmp_path, Means(local))
    assert done.outcomes == country.ordinary(local).outcomes
    assert done.outcomes != answers.ordinary.outcomes


def test_little_memory_gives_the_same_answer(country: Country, answers: Answers, tmp_path: Path) -> None:
    assert country.national(tmp_path, Means(memory="120MB")).outcomes == answers.ordinary.outcomes


def test_counts_by_authority_add_up_to_those_of_the_rules(answers: Answers) -> None:
    lines = counts_in(answers.out)
    counted = {one.rule_id: 0 for one in answers.national.outcomes}
    for line in lines:
        counted[line["rule"]] += int(line["findings"] or 0)
    assert counted == {one.rule_id: one.findings for one in answers.national.outcomes}
    failed = {line["authority"] for line in lines if line["outcome"] == "failed"}
    assert failed == {f.ref for f in answers.ordinary.findings}


def test_what_was_not_run_stands_in_the_counts_with_its_reason(country: Country, tmp_path: Path) -> None:
    done = country.national(tmp_path, Means(Local(suspended={"4220": "known here", "101": "known here"})))
    told = {line["rule"]: (line["outcome"], line["reason"]) for line in counts_in(tmp_path)}
    not_run = [one for one in done.outcomes if one.outcome is Outcome.NOT_RUN]
    assert not_run
    assert all(told[one.rule_id] == ("not run", one.reason) for one in not_run)


def test_a_rule_that_broke_says_so_and_is_asked_again(
    country: Country, answers: Answers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, sql = answers.ordinary.outcomes, NationalEngine.sql
    culprit = next(one.rule_id for one in whole if one.outcome is Outcome.FAILED)

    def broken_sql(engine: NationalEngine, asked: CompiledRule | CompiledDerived) -> str:
        broken = isinstance(asked, CompiledRule) and asked.id == culprit
        return "no_such_column = 1" if broken else sql(engine, asked)

    with monkeypatch.context() as broken:
        broken.setattr(NationalEngine, "sql", broken_sql)
        [broke] = [one for one in country.national(tmp_path).outcomes if one.outcome is Outcome.BROKE]
    assert broke.rule_id == culprit and "no_such_column" in broke.reason
    again = country.national(tmp_path)
    assert again.outcomes == whole and 0 < again.kept < again.parts


def test_what_a_stop_left_of_an_unfinished_part_is_taken_away(
    country: Country, answers: Answers, tmp_path: Path
) -> None:
    shutil.copytree(answers.out, tmp_path / "out")
    note = next(
        n for n in sorted((tmp_path / "out" / "parts").glob("rows_*")) if '"found": [[' in n.read_text()
    )
    left = next((tmp_path / "out" / "findings").glob(f"rule=*/{note.stem}-*"))
    shutil.copy(left, left.with_name(f"{note.stem}-left_of_a_stop.parquet"))
    note.unlink()
    country.national(tmp_path / "out")
    assert found_in(country, tmp_path / "out") == found_in(country, answers.out)


def counts_in(out: Path) -> list[dict[str, str]]:
    with (out / "counts.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))
