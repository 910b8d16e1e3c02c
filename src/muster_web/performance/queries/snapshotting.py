"""Put together what a quarterly report is made from: the plan, what its owners said, the figures, as plain data."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from django.utils import timezone

from muster.performance import Period, Remark
from muster.performance.quarterly import Snapshot, snapshot_of
from muster_web.performance.models import (
    Amount,
    Figure,
    Indicator,
    Line,
    Narrative,
    Plan,
    Quarter,
    Treatment,
)
from muster_web.performance.queries.way_up import objectives_of, owner_of

_NAMED = Path("report.json")
_KINDS = ("actual", "forecast", "target", "baseline", "provisional")


def last_figures(quarter: Quarter) -> dict[str, Figure]:
    """The figures of a quarter as they were computed last, by name."""
    return {one.name: one for one in quarter.figures.order_by("pk")}


def period_label(period: Period) -> str:
    """A year or a quarter as values name it: ``2026/27`` or ``2026/27 Q3``."""
    year = str(period.whole_year)
    return f"{year} Q{period.part}" if period.kind == "quarter" else year


def snapshot_data(quarter: Quarter) -> dict[str, Any]:
    """Everything the report of a quarter is made from, as it stands now."""
    plan = quarter.plan
    lines = list(quarter.lines.select_related("indicator", "piece", "treatment"))
    said = [one.indicator_id for one in lines if one.indicator_id]
    amounts = amounts_by_kind(Amount.objects.filter(indicator__in=said))
    figures = last_figures(quarter)
    data = {
        "authority": plan.authority.name, "directorate": plan.directorate, "service": plan.service,
        "year": plan.in_words, "quarter": quarter.part, "tolerance": plan.tolerance, "signed": _signed(quarter),
        "objectives": _objectives(plan, lines),
        "milestones": list(_milestones(plan, lines)),
        "indicators": [
            _indicator(one, amounts.get(one.indicator.pk, {}), figures.get(one.indicator.figure), quarter.label)
            for one in lines if one.indicator
        ],
        "risks": list(_treatments(lines, Treatment.Kind.RISK)),
        "actions": list(_treatments(lines, Treatment.Kind.ACTION)),
        **_narratives(quarter),
        "reissue": _reissue(quarter),
    }  # fmt: skip
    return {name: value for name, value in data.items() if value not in (None, [])}


def as_bytes(data: dict[str, Any]) -> str:
    """The data as the one text that is kept, signed for and checked."""
    return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True, default=str)


def checksum(text: str) -> str:
    """The SHA-256 of a snapshot's text."""
    return hashlib.sha256(text.encode()).hexdigest()


def state_of(data: dict[str, Any]) -> str:
    """A checksum over what is signed for: everything but the signature."""
    return checksum(as_bytes({name: value for name, value in data.items() if name != "signed"}))


def read_data(data: dict[str, Any]) -> tuple[Snapshot, list[Remark]]:
    """The library's snapshot of the data, and what could not be used of them.  Raises MusterError."""
    found = snapshot_of(data, _NAMED)
    return found.snapshot, found.remarks


def _signed(quarter: Quarter) -> dict[str, str] | None:
    if quarter.signed is None:
        return None
    return {"by": quarter.signed_as, "on": timezone.localdate(quarter.signed).isoformat()}


def _reissue(quarter: Quarter) -> dict[str, Any] | None:
    """That the report corrects one, where it does."""
    last = quarter.issues.first() if quarter.correcting else None
    if last is None:
        return None
    replaced = timezone.localdate(last.at).isoformat()
    return {"number": last.number + 1, "reason": quarter.correcting, "replaces": replaced}


# -- the plan ----------------------------------------------------------------------------------------------


def _objectives(plan: Plan, lines: Iterable[Line]) -> list[dict[str, str]]:
    """The objectives: every piece below which a milestone is reported on, and every priority that is not closed."""
    pieces = list(plan.pieces.all())
    of = objectives_of(pieces)
    needed = {of[one.piece_id].pk for one in lines if one.piece_id} | {
        one.pk for one in pieces if one.level == "priority" and not one.closed_on
    }
    above = {one.pk: one for one in pieces}
    return [
        {"ref": one.ref, "title": one.title, "owner": owner_of(one, above)}
        for one in pieces
        if one.pk in needed
    ]


def _milestones(plan: Plan, lines: Iterable[Line]) -> Iterator[dict[str, Any]]:
    of = objectives_of(list(plan.pieces.all()))
    for line in lines:
        if line.piece and line.piece.due_on:
            yield _filled(
                objective=of[line.piece.pk].ref, title=line.piece.title, due=line.piece.due_on.isoformat(),
                done=line.done_on.isoformat() if line.done_on else "", owner=line.owner, says=line.says,
                comment=line.comment, set_light=line.set_light, set_reason=line.set_reason,
            )  # fmt: skip


def _treatments(lines: Iterable[Line], kind: str) -> Iterator[dict[str, Any]]:
    for one in lines:
        if one.treatment and one.treatment.kind == kind:
            about = one.treatment
            yield _filled(
                ref=about.ref,
                title=about.title,
                due=about.due,
                owner=about.owner,
                light=one.light,
                comment=one.comment,
            )


def _narratives(quarter: Quarter) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {"developments": [], "issues": [], "withheld": []}
    for one in quarter.narratives.all():
        if one.kind == Narrative.Kind.WITHHELD:
            found["withheld"].append({"title": one.title, "reason": one.text, "expected": one.expected})
        else:
            found[f"{one.kind}s"].append({"title": one.title, "text": one.text})
    return found


# -- indicators --------------------------------------------------------------------------------------------


def amounts_by_kind(amounts: Iterable[Amount]) -> dict[int, dict[str, dict[str, str]]]:
    """The values by indicator, kind and period, each as it was typed."""
    found: dict[int, dict[str, dict[str, str]]] = {}
    for one in amounts:
        found.setdefault(one.indicator_id, {}).setdefault(one.kind, {})[one.period] = one.text
    return found


def indicator_data(indicator: Indicator, amounts: dict[str, dict[str, str]]) -> dict[str, Any]:
    """An indicator with its values as data of a snapshot."""
    return _filled(
        ref=indicator.ref, title=indicator.title, families=indicator.families, unit=indicator.unit,
        better=indicator.better, band_from=indicator.band_from, band_to=indicator.band_to, adding=indicator.adding,
        key=indicator.key, owner=indicator.owner, ended=indicator.ended,
        **{kind: amounts.get(kind, {}) for kind in _KINDS},
    )  # fmt: skip


def _indicator(
    line: Line, amounts: dict[str, dict[str, str]], figure: Figure | None, label: str
) -> dict[str, Any]:
    assert line.indicator is not None, "only lines of indicators are asked"
    computed = computed_data(figure, label) if figure and figure.value else None
    actual = amounts.get("actual", {})
    if computed and label in actual:
        amounts = {**amounts, "actual": {period: text for period, text in actual.items() if period != label}}
    return {
        **indicator_data(line.indicator, amounts),
        **_filled(
            comment=line.comment, cannot_be_reported=line.cannot_be_reported, set_light=line.set_light,
            set_reason=line.set_reason, computed=computed, quality=_quality(line, figure),
        ),
    }  # fmt: skip


def computed_data(figure: Figure, label: str) -> dict[str, Any]:
    """A computed figure as a snapshot keeps it: its value, sums and lineage."""
    return {
        "figure": figure.name,
        "period": label,
        "stored": {
            "value": figure.value,
            "numerator": float(figure.numerator),
            "denominator": float(figure.denominator) if figure.denominator else None,
            "data": [[_data_name(one), one["sha256"]] for one in figure.parts],
            "query": figure.made_by["query"]["sha256"],
            "program": f"Muster {figure.made_by['muster']}",
            "of_people": figure.counts_people,
        },
    }


def _data_name(part: Mapping[str, Any]) -> str:
    """How a report calls the data of a part; a school has two where a figure is made from two returns."""
    collection = part.get("of", "").partition(".")[0].replace("_", " ")
    return f"{part['ref']} {collection} version {part['number']}".replace("  ", " ")


def _quality(line: Line, figure: Figure | None) -> dict[str, Any] | None:
    """The record of a figure's quality: of a computed one what is known of it, besides who checked it."""
    if not line.checked_by:
        return None
    concern = ". ".join(filter(None, (figure.coverage if figure else "", line.concern)))
    return _filled(
        source=line.source or ("Returns" if figure else ""),
        method=line.method or (f"Computed: {figure.title}" if figure else ""), checked_by=line.checked_by,
        estimated=line.estimated, third_party=line.third_party, concern=concern,
    )  # fmt: skip


def _filled(**fields: Any) -> dict[str, Any]:
    """The fields that say something."""
    return {name: value for name, value in fields.items() if value not in ("", None, {}, False)}
