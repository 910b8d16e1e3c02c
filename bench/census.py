"""School censuses: one school in a fresh process, 500 schools in a zip file, a country of pupils as Parquet.

A country is one invented authority, written once and copied under the number of every other, with keys, authority and
UPN (and its check letter) changed; so nine million pupils need minutes and not an hour.

python -m bench.census [PUPILS]     about so many pupils in the country (default 9,000,000)
"""

from __future__ import annotations

import sys
import tempfile
import time
import zipfile
from importlib import resources
from pathlib import Path
from random import Random

import duckdb

from bench.measure import OUT, best_of, machine, met, muster, table
from bench.nation import timed
from muster.exchange import file_name, xml_text
from muster.model import Collection, Return
from muster.sample._authorities import AUTHORITIES
from muster.sample._census_school import CensusSchool
from muster.sample._census_shape import PHASES, CensusShape
from muster.sample._parquet import ParquetFolder
from muster.sample._pupil import Admissions
from muster.sample._records import Tables
from muster.sample.pupils import CensusSettings, census_shape, school_return

PUPILS, SCHOOLS, LARGE = 9_000_000, 500, 1_500
_SHIFT = 40  # the copies of a key lie this many bits apart


def large_school(folder: Path) -> Path:
    """The file of a secondary school of about 1,500 pupils."""
    shape = census_shape(CensusSettings())
    size = LARGE / (PHASES["SS"][1] * len(PHASES["SS"][0]))
    school = CensusSchool("999/4001", "Large School", "SS", PHASES["SS"][0], size)
    one = school_return(shape, school, Admissions(shape, "999", 1))
    path = folder / file_name(shape.collection, one)
    path.write_text(xml_text(shape.collection, one), encoding="utf-8")
    return path


def zip_of_schools(path: Path, schools: int = SCHOOLS) -> Path:
    """A zip file with the returns of so many schools of every phase, made once."""
    if not path.exists():
        shape = census_shape(CensusSettings())
        admissions, rng = Admissions(shape, "999", 1), Random(1)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
            for number in range(schools):
                phase = rng.choices(("PS", "SS", "NS", "AT", "SP", "PR"), (70, 18, 3, 3, 4, 2))[0]
                school = CensusSchool(f"999/{2001 + number}", f"School {number}", phase, PHASES[phase][0])
                one = school_return(shape, school, admissions)
                packed.writestr(file_name(shape.collection, one), xml_text(shape.collection, one))
    return path


# -- a country ---------------------------------------------------------------------------------------


def seed(folder: Path, shape: CensusShape, pupils: int) -> int:
    """The tables of one authority of about so many pupils; how many there are."""
    admissions, rng = Admissions(shape, "201", 1), Random(1)
    parquet, joined, schools = ParquetFolder(shape.collection, folder), _Joined(shape.collection), 0
    while parquet.rows["pupils"] < pupils:
        phase = rng.choices(("PS", "SS", "NS", "AT", "SP", "PR"), (70, 18, 3, 3, 4, 2))[0]
        school = CensusSchool(f"201/{2001 + schools}", "School", phase, PHASES[phase][0])
        schools += 1
        joined.add(school_return(shape, school, admissions))
        if schools % 20 == 0 or parquet.rows["pupils"] + len(joined.tables.rows["pupils"]) >= pupils:
            parquet.add({name: rows for name, rows in joined.tables.take().items() if shape.collects(name)})
    return parquet.rows["pupils"]


class _Joined:
    """Rows of return after return, under keys that run on."""

    def __init__(self, collection: Collection) -> None:
        self.collection, self.tables = collection, Tables(collection)
        self._used = {about.key: 0 for about in collection.tables.values()}

    def add(self, one: Return) -> None:
        """Add the rows of a return."""
        for name, rows in one.tables.items():
            into = self.tables.rows[name]
            for key, values in rows.keys.items():
                into.keys[key] += [None if value is None else value + self._used[key] for value in values]
            for item, texts in rows.text.items():
                into.text[item] += texts
            into.lines += rows.lines
        for about in self.collection.tables.values():
            self._used[about.key] += max(
                (key or 0 for key in one.tables[about.name].keys[about.key]), default=0
            )


def copied(folder: Path, out: Path, shape: CensusShape, copies: int) -> None:
    """The country: the seed under the numbers of so many authorities."""
    connection = duckdb.connect(config={"threads": 2, "memory_limit": "2GB"})
    connection.execute(
        (resources.files("muster.engines") / "duckdb_functions.sql").read_text(encoding="utf-8")
    )
    for place, authority in enumerate(list(AUTHORITIES)[:copies]):
        for source in sorted(folder.glob("*/part-*.parquet")):
            name = source.parent.name
            target = out / name / f"part-{place:03d}-{source.stem[5:]}.parquet"
            target.parent.mkdir(parents=True, exist_ok=True)
            changes = [
                f"{key} + ({place}::BIGINT << {_SHIFT}) AS {key}"
                for key in shape.collection.key_columns(name)
            ]
            changes += [f"'{authority}' AS lea"] if name == "returns" else []
            if name == "pupils":
                body = f"'{authority}' || substr(upn, 5)"
                changes.append(f"m_upn_check_letter('A' || {body}) || {body} AS upn")
                # Else each would be the same child under another UPN at every copy of the school.
                changes.append(f"surname || '-{chr(65 + place // 26)}{chr(97 + place % 26)}' AS surname")
            select = f"SELECT * REPLACE ({', '.join(changes)}) FROM '{source}'"
            connection.execute(f"COPY ({select}) TO '{target}' (COMPRESSION zstd, ROW_GROUP_SIZE 100000)")
    connection.close()


def country(pupils: int) -> tuple[Path, int]:
    """The country's tables, made once, and how many pupils they hold."""
    out, note = OUT / f"school_census-{pupils}", OUT / f"school_census-{pupils}.txt"
    if not (note.exists() and out.exists()):
        shape = census_shape(CensusSettings())
        copies = min(len(AUTHORITIES), max(1, pupils // 30_000))
        with tempfile.TemporaryDirectory() as temporary:
            held = seed(Path(temporary), shape, pupils // copies)
            copied(Path(temporary), out, shape, copies)
        note.write_text(str(held * copies), encoding="utf-8")
    return out, int(note.read_text(encoding="utf-8"))


def duplicates(tables: Path) -> tuple[float, float, int]:
    """Seconds on the clock and of processors to find UPNs that two schools return, and how many there are."""
    connection = duckdb.connect(config={"threads": 2, "memory_limit": "2GB"})
    start = time.perf_counter()
    found: list[int] = []
    sql = (
        "SELECT count(*) FROM (SELECT upn FROM read_parquet($folder) WHERE upn IS NOT NULL AND on_roll = 'true' "
        "GROUP BY upn HAVING min(return_id) < max(return_id))"
    )
    spent = timed(
        lambda: found.append(
            connection.execute(sql, {"folder": f"{tables}/pupils/*.parquet"}).fetchall()[0][0]
        )
    )
    return time.perf_counter() - start, spent, found[0]


def main(pupils: int = PUPILS) -> None:
    """Print the tables."""
    from bench.nation import measured

    OUT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        file = large_school(Path(temporary))
        size = file.stat().st_size / 1e6
        school = best_of(5, lambda: muster("check", file, "--quiet"))
    packed = zip_of_schools(OUT / f"census-{SCHOOLS}.zip")
    zipped = muster("check", packed, "--quiet", "--parquet", OUT / "census-findings.parquet")
    table(
        f"School censuses ({machine()})",
        ("what", "clock", "processor", "memory", "aim", ""),
        [
            (f"{LARGE:,} pupils, {size:.1f} MB of XML, fresh process", f"{school.seconds:.2f} s",
             f"{school.processor:.2f} s", f"{school.megabytes:,.0f} MB", "1.5 s", met(school.seconds <= 1.5)),
            (f"{SCHOOLS} schools in a zip file", f"{zipped.seconds:.0f} s", f"{zipped.processor:.0f} s",
             f"{zipped.megabytes:,.0f} MB", "120 s", met(zipped.seconds <= 120)),
        ],
    )  # fmt: skip
    tables, held = country(pupils)
    floor, row_time, set_time, clock, peak_of_rows, peak, n_rows, n_sets, n_found = measured(tables)
    on_clock, spent, shared = duplicates(tables)
    table(
        f"{held:,} pupils as Parquet ({machine()})",
        ("what", "processor", "× floor", "clock", "memory", "found", "aim", ""),
        [
            ("read and hash every column", f"{floor:.1f} s", "1.0", "", "", "", "", ""),
            (f"{n_rows:.0f} row rules", f"{row_time:.1f} s", f"{row_time / floor:.1f}", f"{clock:.0f} s (all)",
             f"{peak_of_rows:,.0f} MB", f"{n_found:,.0f} (all)", "15 × floor, 2,000 MB",
             met(row_time <= 15 * floor and peak_of_rows <= 2e3)),
            (f"{n_sets:.0f} rules of groups, returns and authorities", f"{set_time:.1f} s", f"{set_time / floor:.1f}",
             "", f"{peak:,.0f} MB", "", "2,000 MB", met(peak <= 2e3)),
            ("UPN at two schools", f"{spent:.1f} s", f"{spent / floor:.2f}", f"{on_clock:.1f} s", "", f"{shared:,}",
             "30 s", met(on_clock <= 30)),
        ],
    )  # fmt: skip


if __name__ == "__main__":
    main(*(int(word.replace(",", "")) for word in sys.argv[1:2]))
