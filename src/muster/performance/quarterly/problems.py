"""What stands in the way of publishing a report: things its snapshot lacks, and the defects of the text it makes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from muster.performance.defects import defects_of
from muster.performance.draft import read_draft
from muster.performance.lights import Light
from muster.performance.measures import Place, Remark
from muster.performance.quarterly.composing import compose
from muster.performance.quarterly.document import as_lines
from muster.performance.quarterly.snapshot import Entry, Snapshot

_NEED_COMMENTARY = (Light.RED, Light.AMBER)


def problems_of(snapshot: Snapshot) -> list[Remark]:
    """Every problem of a report; it may be published where there is none."""
    found = [*_milestone_problems(snapshot), *_entry_problems(snapshot), *_treatment_problems(snapshot)]
    if snapshot.entries and snapshot.signed is None:
        found.append(_problem("not signed", "the statement on data quality is not signed"))
    return [*found, *_text_problems(snapshot)]


def _milestone_problems(snapshot: Snapshot) -> Iterator[Remark]:
    known = {one.ref for one in snapshot.objectives}
    for one in snapshot.milestones:
        name = f"{one.objective} '{one.title}'"
        if one.objective not in known:
            yield _problem("unknown objective", f"{name}: the plan has no objective {one.objective}")
        if one.light(snapshot.day).light in _NEED_COMMENTARY and not one.comment:
            yield _problem(
                "no commentary", f"{name} is {one.light(snapshot.day).light} and has no commentary"
            )
    with_milestones = {one.objective for one in snapshot.milestones}
    for objective in snapshot.objectives:
        if objective.ref not in with_milestones:
            yield _problem("missing entry", f"objective {objective.ref} '{objective.title}' has no milestone")


def _entry_problems(snapshot: Snapshot) -> Iterator[Remark]:
    counts = Counter(one.measure.ref for one in snapshot.entries)
    for ref, number in counts.items():
        if number > 1:
            yield _problem("indicator twice", f"the indicator {ref} is in the report {number} times")
    for one in snapshot.entries:
        yield from _of_entry(snapshot, one)


def _of_entry(snapshot: Snapshot, entry: Entry) -> Iterator[Remark]:
    name, lit = entry.measure.name, snapshot.light_of(entry)
    if lit.light in _NEED_COMMENTARY and not entry.comment:
        yield _problem("no commentary", f"{name} is {lit.light} and has no commentary")
    if lit.light is Light.GREY and not (entry.cannot_be_reported or entry.measure.ended):
        yield _problem(
            "missing entry",
            f"{name}: {lit.reason[:1].lower()}{lit.reason[1:]}; say why it cannot be reported",
        )
    if entry.quality is None and lit.light is not Light.GREY:
        yield _problem(
            "no quality record", f"{name} does not say where its figure comes from and who checked it"
        )
    if entry.measure.aim and entry.measure.aim.suggested:
        told = f"{name}: say with 'better' whether higher or lower is better"
        yield _problem(
            "aim suggested",
            f"{told}; {entry.measure.aim.direction} was taken from {entry.measure.aim.known_from}",
        )


def _treatment_problems(snapshot: Snapshot) -> Iterator[Remark]:
    for one in (*snapshot.risks, *snapshot.actions) if snapshot.reports_risks else ():
        name = f"{one.ref} '{one.title}'".strip()
        if one.light is Light.NONE:
            yield _problem("missing entry", f"{name} has no light")
        elif one.light in _NEED_COMMENTARY and not one.comment:
            yield _problem("no commentary", f"{name} is {one.light} and has no commentary")


def _text_problems(snapshot: Snapshot) -> Iterator[Remark]:
    """The defects of the report's own text, found as in any draft; lines are those of the text alone.

    What is missing of a line was told of the line itself.
    """
    document = compose(snapshot)
    for one in defects_of(read_draft(as_lines(document), document.title, day=document.day)):
        if one.about != "missing entry":
            yield Remark(one.about, Place(), one.text)


def _problem(about: str, text: str) -> Remark:
    return Remark(about, Place(), text)
