"""How fast the exact XML reader is against lxml's bare parse of the same file, and how much memory it needs.

    python bench/reader.py              100 and 30,000 staff: ratios, all taken in turn in one run
    python bench/reader.py --big        also a file of 1 GB read in parts: peak memory of a process of its own

Times are processor seconds, so that other work on the machine does not count; the median of the ratios is what
matters.  The aim is 25% of the bare parse, and less than 500 MB for the 1 GB file.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from lxml import etree

from muster.catalogue import load_collection
from muster.model import SourceFile
from muster.read import read_xml, stream_xml

OUT = Path(__file__).parent / "out"
GIGABYTE = 1 << 30

START = """<?xml version="1.0" encoding="UTF-8"?>
<Message>
  <Header>
    <CollectionDetails>
      <Collection>School Workforce Census</Collection>
      <Year>2013</Year>
      <ReferenceDate>2013-11-07</ReferenceDate>
    </CollectionDetails>
    <Source>
      <SourceLevel>S</SourceLevel>
      <LEA>919</LEA>
      <Estab>4001</Estab>
    </Source>
  </Header>
  <SchoolWorkforceMembers>
"""
MEMBER = """    <SchoolWorkforceMember>
      <StaffDetails>
        <TeacherNumber>{number:07d}</TeacherNumber>
        <StaffMemberName>
          <PersonFamilyName>Family{number}</PersonFamilyName>
          <GivenNames>
            <GivenName>
              <PersonGivenName>Given{number}</PersonGivenName>
            </GivenName>
          </GivenNames>
        </StaffMemberName>
        <NINumber>QQ{number:06d}A</NINumber>
        <GenderCurrent>1</GenderCurrent>
        <PersonBirthDate>19{year:02d}-01-01</PersonBirthDate>
        <Ethnicity>WBRI</Ethnicity>
        <Disability>NO</Disability>
        <QTStatus>true</QTStatus>
        <HLTAStatus>false</HLTAStatus>
      </StaffDetails>
      <ContractOrServiceGroup>
        <ContractOrService>
          <ContractType>PRM</ContractType>
          <ContractStart>2009-09-01</ContractStart>
          <Post>TCH</Post>
          <SchoolArrivalDate>2009-09-01</SchoolArrivalDate>
          <DailyRate>N</DailyRate>
          <LASchoolLevel>S</LASchoolLevel>
          <PostLevelDetails>
            <Payments>
              <Scale>TM</Scale>
              <RegionSpine>EW</RegionSpine>
              <SpinePoint>6</SpinePoint>
              <BasePay>{pay}.00</BasePay>
              <SafeguardedSalary>false</SafeguardedSalary>
            </Payments>
            <Hours>
              <HoursPerWeek>32.50</HoursPerWeek>
              <FTEHours>32.50</FTEHours>
              <WeeksPerYear>52</WeeksPerYear>
            </Hours>
          </PostLevelDetails>
          <Roles>
            <Role>
              <RoleIdentifier>TCHR</RoleIdentifier>
            </Role>
          </Roles>
        </ContractOrService>
      </ContractOrServiceGroup>
      <Absences>
        <Absence>
          <FirstDayOfAbsence>2013-01-01</FirstDayOfAbsence>
          <LastDayOfAbsence>2013-01-02</LastDayOfAbsence>
          <WorkingDaysLost>2.0</WorkingDaysLost>
          <AbsenceCategory>SIC</AbsenceCategory>
        </Absence>
      </Absences>
      <Qualifications>
        <Qualification>
          <QualificationCode>FRST</QualificationCode>
          <ClassOfDegree>2</ClassOfDegree>
          <Subjects>
            <QualificationSubject>100403</QualificationSubject>
          </Subjects>
        </Qualification>
      </Qualifications>
    </SchoolWorkforceMember>
"""
END = "  </SchoolWorkforceMembers>\n</Message>\n"


def main() -> None:
    """Print the tables."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--big", action="store_true", help="also read a file of 1 GB in parts")
    arguments.add_argument("--stream", type=Path, help=argparse.SUPPRESS)
    chosen = arguments.parse_args()
    if chosen.stream:
        print(stream_whole(chosen.stream))
        return
    OUT.mkdir(exist_ok=True)
    if chosen.big:
        print_peak()  # first: a child's highest memory counts from that of its parent when it started
    for staff, repeats in ((100, 40), (30_000, 5)):
        print_ratios(staff, repeats)


def write_staff(path: Path, *, staff: int = 0, size: int = 0) -> None:
    """Write a return of so many staff, or of so many bytes."""
    with path.open("w", encoding="utf-8") as file:
        written, number = file.write(START), 0
        while number < staff or written < size:
            person = number % 1_000_000
            written += file.write(
                MEMBER.format(number=person, year=40 + person % 55, pay=20_000 + person % 9000)
            )
            number += 1
        file.write(END)


def print_ratios(staff: int, repeats: int) -> None:
    """Time the reader and two floors in turn, and print how they compare."""
    path = OUT / f"staff_{staff}.xml"
    write_staff(path, staff=staff)
    collection, source = load_collection("school_workforce"), received(path)
    ways: dict[str, Callable[[], object]] = {
        "lxml parse (floor)": lambda: etree.parse(path),
        "lxml iterparse, no work": lambda: bare_iterparse(path),
        "exact reader, whole": lambda: read_xml(collection, source),
        "exact reader, parts of 20,000": lambda: sum(1 for _ in stream_xml(collection, source)),
    }
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(repeats):
        for name, way in ways.items():
            times[name].append(seconds(way))
    floor = times["lxml parse (floor)"]
    print(f"\n{staff:,} staff, {source.size / 1e6:.1f} MB\n{'':32}{'ms':>9}{'MB/s':>8}{'of floor':>10}")
    for name, taken in times.items():
        ratio = statistics.median(least / own for least, own in zip(floor, taken, strict=True))
        middle = statistics.median(taken)
        print(f"{name:32}{middle * 1e3:9.1f}{source.size / 1e6 / middle:8.1f}{ratio:10.2f}")
    path.unlink()


def print_peak() -> None:
    """Read a file of 1 GB in parts in a process of its own, and print the most memory it held."""
    path = OUT / "staff_1_gb.xml"
    write_staff(path, size=GIGABYTE)
    command = [sys.executable, __file__, "--stream", str(path)]
    print(subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip())
    path.unlink()


def stream_whole(path: Path) -> str:
    """Read a file in parts; what it took."""
    rows, parts, start = 0, 0, time.process_time()
    for part in stream_xml(load_collection("school_workforce"), received(path)):
        rows += sum(len(table) for name, table in part.tables.items() if name != "returns")
        parts += 1
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    taken = time.process_time() - start
    size = path.stat().st_size / 1e6
    return f"{size:,.0f} MB: {rows:,} rows in {parts} parts, {taken:.1f} s, {size / taken:.1f} MB/s, peak {peak:.0f} MB"


def bare_iterparse(path: Path) -> None:
    """Go through the members without looking at them."""
    for _, element in etree.iterparse(path, tag="SchoolWorkforceMember"):
        element.clear()


def seconds(way: Callable[[], object]) -> float:
    """Processor seconds of one call."""
    start = time.process_time()
    result = way()
    taken = time.process_time() - start
    del result
    return taken


def received(path: Path) -> SourceFile:
    """A file as it arrives."""
    return SourceFile(path, path.name, "", path.stat().st_size)


if __name__ == "__main__":
    main()
