"""What a rule costs when it is asked with others: 1 to 300 rules of the SSDA903 catalogue over the published sample.

The whole check (start, load, ask, write findings) of so many rules, each engine in turn, in processor seconds.  Rules
are taken at even distances over the catalogue, so that every number has the same mix.
"""

from __future__ import annotations

import time
from pathlib import Path

from bench.measure import SHARED, met, table
from muster.catalogue import load_collection
from muster.checking_set import Occasion, read_return
from muster.collect import gather
from muster.engines import start_engine
from muster.model import Return
from muster.validate import check

COLLECTION, YEAR, COUNTS, RUNS = "looked_after", 2026, (1, 10, 100, 300), 2
SET = SHARED / "s903"


def sample() -> Return:
    """The published set, as this year's return and as last year's."""
    files = gather([SET], unpack_to=Path("unused")).files
    tables = tuple(file for file in files if file.path.suffix.lower() == ".csv")
    return read_return(load_collection(COLLECTION), tables, Occasion(YEAR, "330", tables))[0]


def seconds(name: str, one: Return, rules: list[str]) -> float:
    """Processor seconds of the quickest of some whole checks by a new engine."""
    collection, taken = load_collection(COLLECTION), []
    for _ in range(RUNS):
        begun = time.process_time()
        engine = start_engine(name, collection, YEAR)
        check(collection, YEAR, [one], engine=engine, rules=rules)
        engine.close()
        taken.append(time.process_time() - begun)
    return min(taken)


def spread(rules: list[str], count: int) -> list[str]:
    """So many of the rules, at even distances."""
    return [rules[n * len(rules) // count] for n in range(count)]


def main() -> None:
    """Print the table and whether a rule gets cheaper with company."""
    if not SET.exists():
        print("NOT MEASURED: the published SSDA903 set is not beside this repository.")
        return
    one = sample()
    rules = [rule.id for rule in load_collection(COLLECTION).rules_in(YEAR)]
    rows, verdicts = [], []
    for name in ("sqlite", "duckdb"):
        taken = {count: seconds(name, one, spread(rules, count)) for count in COUNTS}
        rows += [
            (name, f"{count}", f"{taken[count]:.2f} s", f"{1000 * taken[count] / count:.1f} ms")
            for count in COUNTS
        ]
        growth = taken[COUNTS[-1]] / taken[1]
        verdicts.append((f"{name}: {COUNTS[-1]} rules for less than {COUNTS[-1]} times the price of one",
                         f"{growth:.1f} times", met(growth < COUNTS[-1])))  # fmt: skip
        added = (taken[300] - taken[100]) / 200 <= (taken[100] - taken[1]) / 99 * 1.1
        verdicts.append((f"{name}: a rule added after 100 costs no more than one before (within 10%)",
                         f"{5 * (taken[300] - taken[100]):.1f} and {1000 / 99 * (taken[100] - taken[1]):.1f} ms",
                         met(added)))  # fmt: skip
    table("1 to 300 rules over the SSDA903 sample (both years)",
          ("engine", "rules", "whole check, processor", "per rule"), rows)  # fmt: skip
    table("Aims", ("aim", "found", ""), verdicts)


if __name__ == "__main__":
    main()
