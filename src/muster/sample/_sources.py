"""From the truth, what each system holds: its people with their mistakes, and its files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random

from muster.sample._anyshire import Truth
from muster.sample._files import write_csv, write_workbook
from muster.sample._layout import SheetLayout, read_layout
from muster.sample._mess import Planted, damage_people
from muster.sample._schools import FEDERATION, NAME, NUMBER
from muster.sample._sheets import Line, Seen, people_lines, school_lines
from muster.sample._style import Pen
from muster.sample._systems import KEYED, KEYED_TABLES, POINTS, SIMS, System, mis_of, payroll_of
from muster.sample._truth import Person

_MISSING_FROM_PAYROLL, _ONLY_IN_PAYROLL, _ENTERED_TWICE = 0.004, 0.002, 0.001
_SPELT_AS_POINTS = frozenset({"TE", "TU", "UT"})


@dataclass
class Group:
    """The schools that share one set of files of one system, and the people those files hold."""

    system: System
    label: str
    refs: list[str]
    seen: list[Seen] = field(default_factory=list)
    planted: list[Planted] = field(default_factory=list)


def groups_of(truth: Truth, seed: int | str) -> list[Group]:
    """Every set of files with the people in it, mistakes included."""
    mis = mis_of(truth.schools)
    payroll = payroll_of(truth.schools, mis)
    federated = {school.ref for school in truth.schools if school.federation}
    groups = [*_grouped(mis, federated), *_grouped(payroll, set())]
    for group in groups:
        rng = Random(f"{seed}:{truth.shape.year}:{group.system.name}:{group.label}")
        _fill(rng, truth, group)
    return groups


def _grouped(systems: dict[str, System], federated: set[str]) -> Iterator[Group]:
    by_label: dict[tuple[str, str], Group] = {}
    for ref, system in systems.items():
        own = "federation" if ref in federated else ref.partition("/")[2] or "central"
        label = "" if system.one_file else own
        group = by_label.setdefault((system.name, label), Group(system, label, []))
        group.refs.append(ref)
    return iter(by_label.values())


def _fill(rng: Random, truth: Truth, group: Group) -> None:
    for ref in group.refs:
        for person in truth.at(ref):
            one_place = group.label == "federation" and person.school in group.refs
            if not (one_place and person.school != ref):
                group.seen += _as_seen(rng, group, ref, person)
    source = group.system.source
    group.planted += damage_people(rng, source, group.seen)
    if group.system is POINTS:
        _only_points(group.seen)


def _as_seen(rng: Random, group: Group, ref: str, person: Person) -> Iterator[Seen]:
    """The person as the system has them: usually once, now and then twice or not at all."""
    system = group.system
    if system.source == "payroll":
        if person.category == 2:
            return
        if rng.random() < _MISSING_FROM_PAYROLL:
            group.planted.append(Planted("missing from payroll", "payroll", ref, person.number, "", "", ""))
            return
        yield Seen(ref, person.copy(), f"{100_000 + person.number * 7:07d}", person.number)
        return
    if person.category == 4 and rng.random() < _ONLY_IN_PAYROLL:
        group.planted.append(Planted("only in payroll", "mis", ref, person.number, "", "", ""))
        return
    yield Seen(ref, person.copy(), _staff_code(person, 1), person.number)
    if rng.random() < _ENTERED_TWICE:
        group.planted.append(Planted("entered twice", "mis", ref, person.number, "", "", ""))
        yield Seen(ref, person.copy(), _staff_code(person, 2), person.number)


def _staff_code(person: Person, time: int) -> str:
    letters = "".join(letter for letter in person.details["family_name"].upper() if "A" <= letter <= "Z")
    return f"{letters[:3]}{person.number:05d}{'' if time == 1 else 'B'}"


def _only_points(seen: Iterable[Seen]) -> None:
    """A payroll that sends the point of those who have one, and no amount."""
    for job in (job for one in seen for job in one.person.jobs):
        if job.payment.get("pay_range") in _SPELT_AS_POINTS:
            job.payment["spine_point"] = job.point
            job.payment.pop("base_pay", None)


def write_sources(truth: Truth, groups: Iterable[Group], folder: Path) -> list[Path]:
    """Write the files of every system below the authority's folder; the paths written, in order."""
    written: list[Path] = []
    for group in groups:
        written += _write_group(truth, group, folder / group.system.folder)
    return written


def _keyed_sheets(truth: Truth, pen: Pen) -> Iterator[tuple[SheetLayout, list[Line]]]:
    """The counts of schools whose system has no place for them, and of the authority's psychologists."""
    mis = mis_of(truth.schools)
    refs = [ref for ref in truth.about_schools if ref == NUMBER or mis[ref] is not SIMS]
    for sheet in pen.layout.sheets.values():
        if sheet.row in KEYED_TABLES:
            lines = [
                line
                for ref in refs
                for line in school_lines(sheet, pen, (ref, ""), truth.records(ref, sheet.row))
            ]
            if lines:
                yield sheet, lines


def write_keyed(truth: Truth, folder: Path) -> list[Path]:
    """Write the sheets somebody has filled in by hand; the paths written, in order."""
    shape = truth.shape
    layout = read_layout(shape.collection, shape.year, KEYED.mapping, leave_out=KEYED.leave_out)
    paths = []
    for sheet, lines in _keyed_sheets(truth, Pen(shape.collection, shape.year, layout, KEYED.style)):
        paths.append(folder / KEYED.folder / f"{KEYED.name}_{sheet.name}.csv")
        write_csv(paths[-1], sheet.headings, lines, encoding=KEYED.encoding)
    return paths


def _write_group(truth: Truth, group: Group, folder: Path) -> list[Path]:
    sheets = list(_filled_sheets(truth, group))
    stem = f"{group.system.name}_{group.label}" if group.label else group.system.name
    if group.system.workbook:
        path = folder / f"{stem}.xlsx"
        write_workbook(path, {sheet.title: (sheet.headings, lines) for sheet, lines in sheets})
        return [path]
    paths = []
    for sheet, lines in sheets:
        paths.append(folder / f"{stem}_{sheet.name}.csv")
        titles = _titles(truth, group, sheet) if group.system.titled else ()
        write_csv(paths[-1], sheet.headings, lines, title_rows=titles, encoding=group.system.encoding)
    return paths


def _titles(truth: Truth, group: Group, sheet: SheetLayout) -> tuple[str, ...]:
    names = {school.ref: school.name for school in truth.schools}
    whose = names.get(group.refs[0], f"{NAME} central staff") if len(group.refs) == 1 else FEDERATION
    return whose, f"{sheet.title}, census day {date.fromordinal(truth.shape.census):%d/%m/%Y}", ""


def _filled_sheets(truth: Truth, group: Group) -> Iterator[tuple[SheetLayout, list[Line]]]:
    """The sheets of a group that hold anything; the first holds the people and is always there."""
    system, shape = group.system, truth.shape
    layout = read_layout(shape.collection, shape.year, system.mapping, leave_out=system.leave_out)
    pen = Pen(shape.collection, shape.year, layout, system.style)
    names = {school.ref: school.name for school in truth.schools} | {NUMBER: f"{NAME} central staff"}
    absent = _absences_held_elsewhere(truth, group)
    for place, sheet in enumerate(layout.sheets.values()):
        if sheet.person:
            seen = [one for one in group.seen if sheet.row != "absences" or one.ref not in absent]
            lines = list(people_lines(sheet, pen, seen, names))
        else:
            lines = [
                line
                for ref in group.refs
                for line in school_lines(sheet, pen, (ref, names[ref]), truth.records(ref, sheet.row))
            ]
        if lines or place == 0:
            yield sheet, lines


def _absences_held_elsewhere(truth: Truth, group: Group) -> set[str]:
    """Payrolls keep absences, except in the fraud initiative's layout, which has none."""
    payroll = payroll_of(truth.schools, mis_of(truth.schools))
    keeps = {ref for ref, system in payroll.items() if system.name != "nfi"}
    return keeps if group.system.source == "mis" else set(payroll) - keeps
