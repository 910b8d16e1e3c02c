"""Compose the quarterly report from its snapshot: exceptions first, then everything, every count counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from muster.model.words import count_of, date_in_words
from muster.performance.lights import Count, count_lights
from muster.performance.quarterly.document import Document, Heading, Piece, numbered
from muster.performance.quarterly.quality import quality_statement
from muster.performance.quarterly.snapshot import Entry, Narrative, Snapshot, Treatment
from muster.performance.quarterly.tables import (
    exception_table,
    indicator_table,
    light_table,
    milestone_counts,
    milestone_table,
    treatment_table,
)

DRAFT = "Draft: not approved for publication."
RESTRICTED = "Restricted: shows small numbers. Do not publish."
ISSUE = "Issue"
_FAMILIES = {"LPSA": "local public service agreement (LPSA)"}


def compose(snapshot: Snapshot, *, draft: bool = False, restricted: bool = False) -> Document:
    """The report of a snapshot; the same snapshot gives the same document."""
    facts = (
        ("Authority", snapshot.authority), ("Directorate", snapshot.directorate), ("Service", snapshot.service),
        ("Period", f"{snapshot.period}, to {date_in_words(snapshot.day)}"),
        *_reissued(snapshot),
    )  # fmt: skip
    pieces = (*_sections(snapshot), *_appendices(snapshot))
    title = f"Quarterly monitoring report: {snapshot.service}"
    marks = [text for text, shown in ((DRAFT, draft), (RESTRICTED, restricted)) if shown]
    return numbered(Document(title, facts, pieces, snapshot.day, " ".join(marks)))


def _reissued(snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    """The fact that a report is a corrected one; a first issue says nothing of it."""
    if one := snapshot.reissue:
        reason = one.reason.rstrip(".")
        yield ISSUE, f"{one.number}, in place of that of {date_in_words(one.replaces)}: {reason}."


def _sections(snapshot: Snapshot) -> Iterator[Piece]:
    yield from _introduction(snapshot)
    yield from _exceptions(snapshot)
    yield from _narratives("Key developments", "developments", snapshot.developments)
    yield from _narratives("Emerging issues", "issues", snapshot.issues)
    yield from _milestones(snapshot)
    yield from _indicators(snapshot, key=True)
    yield from _indicators(snapshot, key=False)
    yield from _family(snapshot, "LPSA")
    yield from _treatments(snapshot, "Risk treatment measures", "risks", snapshot.risks)
    yield from _treatments(snapshot, "High-priority equality actions", "actions", snapshot.actions)
    yield Heading("Data quality", "quality")
    yield from quality_statement(snapshot)


def _introduction(snapshot: Snapshot) -> Iterator[Piece]:
    yield Heading("Introduction", "introduction")
    yield (
        f"This report covers {snapshot.service} for {snapshot.period}, to {date_in_words(snapshot.day)}. It reports "
        "on every objective, milestone and indicator of the service plan. "
        "How lights are used is explained in {appendix:lights}."
    )
    for one in snapshot.withheld:
        reason = f"{one.reason[:1].lower()}{one.reason[1:]}".rstrip(".")
        yield f"{one.title} is not in this report: {reason}. It is expected {one.expected}."


def _exceptions(snapshot: Snapshot) -> Iterator[Piece]:
    yield Heading("At a glance: what needs attention", "exceptions")
    table = exception_table(snapshot)
    if not table.rows:
        yield "Every milestone that is due has been met, and so has the target of every indicator that can be reported."
        return
    yield f"{count_of(len(table.rows), 'line')} of this report {'is' if len(table.rows) == 1 else 'are'} red or amber."
    yield table


def _narratives(title: str, key: str, narratives: Sequence[Narrative]) -> Iterator[Piece]:
    yield Heading(title, key)
    if not narratives:
        yield f"There are no {title.lower()} to report this quarter."
    for one in narratives:
        yield Heading(one.title, level=2)
        yield from one.paragraphs


def _milestones(snapshot: Snapshot) -> Iterator[Piece]:
    yield Heading("Progress against objectives and milestones", "milestones")
    count = count_lights(one.light(snapshot.day).light for one in snapshot.milestones)
    if not count.total:
        yield "The service plan has no milestones."
        return
    yield f"Of {count_of(count.total, 'milestone')}, {_told(count)}. Each is listed in {{appendix:milestones}}."
    yield milestone_counts(snapshot)


def _indicators(snapshot: Snapshot, *, key: bool) -> Iterator[Piece]:
    name = "key" if key else "other"
    yield Heading(f"Progress against {name} indicators", f"{name}_indicators")
    entries = snapshot.of_class(key=key)
    if not entries:
        yield f"The service plan has no {name} indicators."
        return
    count = count_lights(snapshot.light_of(one).light for one in entries)
    share = (
        f" That is {count.share_met:.0f}% of those that can be reported."
        if count.share_met is not None
        else ""
    )
    yield (
        f"Of {count_of(count.total, f'{name} indicator')}, {_told(count)}.{share} "
        f"Each is listed in {{appendix:{name}_indicators}}."
    )


def _told(count: Count) -> str:
    """The counts in words; those that are nought are said only of met and not met."""
    parts = [f"{count.green} met"]
    if count.amber:
        parts.append(f"{count.amber} nearly met")
    parts.append(f"{count.red} not met")
    if count.grey:
        parts.append(f"{count.grey} that cannot be reported")
    if count.none:
        parts.append(f"{count.none} not yet due")
    return ", ".join(parts[:-1]) + f" and {parts[-1]}"


def _family(snapshot: Snapshot, family: str) -> Iterator[Piece]:
    yield Heading(f"Progress against {family} targets", f"{family.lower()}_targets")
    entries = [one for one in snapshot.entries if any(tag.family == family for tag in one.measure.tags)]
    if not entries:
        yield f"There are no {_FAMILIES[family]} targets for this service."
        return
    yield f"{count_of(len(entries), 'indicator')} of this service {_has(entries)} a {_FAMILIES[family]} target."
    yield indicator_table(snapshot, entries, f"Indicators with {family} targets")


def _has(entries: Sequence[Entry]) -> str:
    return "has" if len(entries) == 1 else "have"


def _treatments(snapshot: Snapshot, title: str, key: str, listed: Sequence[Treatment]) -> Iterator[Piece]:
    yield Heading(title, key)
    if not snapshot.reports_risks:
        yield f"{title} are reported in quarters 2 and 4."
    elif not listed:
        yield f"There are no {title.lower()} for this service."
    else:
        counts = count_lights(one.light for one in listed)
        yield f"Of {count_of(counts.total, 'line')}, {_told(counts)}. Each is listed in {{appendix:{key}}}."


def _appendices(snapshot: Snapshot) -> Iterator[Piece]:
    if snapshot.milestones:
        yield Heading("Progress against objectives and milestones", "milestones", appendix=True)
        yield milestone_table(snapshot)
    for key, name in ((True, "key"), (False, "other")):
        if entries := snapshot.of_class(key=key):
            yield Heading(f"Progress against {name} indicators", f"{name}_indicators", appendix=True)
            yield indicator_table(snapshot, entries, f"{name.capitalize()} indicators")
    if snapshot.reports_risks and snapshot.risks:
        yield Heading("Risk treatment measures", "risks", appendix=True)
        yield treatment_table(snapshot.risks, "Risk treatment measures")
    if snapshot.reports_risks and snapshot.actions:
        yield Heading("High-priority equality actions", "actions", appendix=True)
        yield treatment_table(snapshot.actions, "High-priority equality actions")
    yield Heading("How lights are used", "lights", appendix=True)
    yield light_table(snapshot.percent)
