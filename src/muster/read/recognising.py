"""Tell which mapping a file was written for, by its headings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from muster.model import UnreadableFile
from muster.read._binding import fit, listed, nearest_heading, where
from muster.read.mapping import SourceMapping
from muster.read.sheets import Sheet
from muster.read.values import fold

_ENOUGH = 0.4  # below this share of shared headings no mapping is taken
_CLEARLY = 0.05  # two mappings nearer than this are a choice for a person
_TELLTALE = 0.5  # what all headings of [recognise] add


@dataclass(frozen=True)
class Recognised:
    """The mapping that fits best, how well (0 to 1.5), and why, in words a person can check."""

    mapping: SourceMapping
    score: float
    reasons: tuple[str, ...]


def recognise(sheets: Sequence[Sheet], mappings: Mapping[str, SourceMapping]) -> Recognised:
    """The mapping for the sheets of one file.

    Raises UnreadableFile where none fits, naming the headings found and the nearest known, or where two fit alike.
    """
    ranked = sorted(
        (_judged(sheets, mapping) for mapping in mappings.values()), key=lambda found: -found.score
    )
    if not ranked or ranked[0].score < _ENOUGH:
        raise UnreadableFile(_nothing_fits(sheets, ranked))
    if len(ranked) > 1 and ranked[0].score - ranked[1].score < _CLEARLY:
        first, second = ranked[0].mapping.name, ranked[1].mapping.name
        raise UnreadableFile(
            f"{sheets[0].file.name} could be read by the mapping {first} or by {second}. "
            f'Say which in muster.toml: mapping = "{first}".'
        )
    return ranked[0]


def _judged(sheets: Sequence[Sheet], mapping: SourceMapping) -> Recognised:
    best = [max((fit(layout, sheet), layout.title) for layout in mapping.layouts) for sheet in sheets]
    fitting = [(score, title, sheet) for (score, title), sheet in zip(best, sheets, strict=True) if score > 0]
    if not fitting:
        return Recognised(mapping, 0.0, ())
    score = sum(score for score, _, _ in fitting) / len(fitting)
    reasons = [f"{where(sheet)} has {score:.0%} of the layout '{title}'" for score, title, sheet in fitting]
    if _has_telltale(sheets, mapping):
        score += _TELLTALE
        reasons.append(f"it has the headings that tell {mapping.title}: {listed(mapping.recognise)}")
    return Recognised(mapping, round(score, 3), tuple(reasons))


def _has_telltale(sheets: Sequence[Sheet], mapping: SourceMapping) -> bool:
    wanted = set(map(fold, mapping.recognise))
    return bool(wanted) and any(wanted <= set(map(fold, sheet.headings)) for sheet in sheets)


def _nothing_fits(sheets: Sequence[Sheet], ranked: Sequence[Recognised]) -> str:
    found = "; ".join(
        f"{where(sheet)}, row {sheet.heading_row}: {listed(sheet.headings)}" for sheet in sheets
    )
    near = ""
    if ranked:
        mapping = max(ranked, key=lambda found: found.score).mapping
        known = [column.heading for layout in mapping.layouts for column in layout.columns]
        hints = [f"'{h}'{nearest_heading(h, known)}" for sheet in sheets for h in sheet.headings]
        close = [hint for hint in hints if "did you mean" in hint][:3]
        near = f" Nearest is {mapping.name}: {', '.join(close)}." if close else ""
    return (
        f"No mapping fits these headings. {found}.{near} Name a mapping in muster.toml, or draft one with "
        "'muster template --draft'."
    )
