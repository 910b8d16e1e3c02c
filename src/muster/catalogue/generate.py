"""Everything that is written from the catalogue and kept in the repository: plans, words, pages, fingerprints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from muster.catalogue.effective import effective_page
from muster.catalogue.frozen import Change, freeze, frozen_path, read_frozen
from muster.catalogue.meaning import build_meanings, meanings_path, meanings_to_json
from muster.catalogue.plan import plan_path
from muster.catalogue.uses import uses_path
from muster.model import Collection


@dataclass(frozen=True)
class Generated:
    """The files of one collection with their text, and closed years that changed without a reason."""

    files: Mapping[Path, str]
    unexplained: tuple[Change, ...]


def generate(
    collection: Collection, catalogue: Path, *, why: str = "", first_freeze: bool = False
) -> Generated:
    """Everything generated from one collection, as it should be now.  Raises CatalogueError naming every fault.

    Closed years are compared with what was agreed; before the first release, while nothing was agreed yet,
    they are frozen only when ``first_freeze`` says so.
    """
    from muster.catalogue.build import build_whole

    built = build_whole(collection)
    meanings = build_meanings(collection)
    files = {plan_path(collection, engine, catalogue): plan.to_json() for engine, plan in built.plans.items()}
    files[uses_path(collection, catalogue)] = built.uses.to_json()
    files[meanings_path(collection, catalogue)] = meanings_to_json(meanings)
    folder = frozen_path(collection, catalogue).parent
    for year in collection.years:
        files[folder / f"{year}.md"] = effective_page(collection, year, meanings)
    agreed = frozen_path(collection, catalogue)
    if not (agreed.exists() or first_freeze):
        return Generated(files, ())
    found = freeze(collection, read_frozen(agreed), why=why)
    files[agreed] = found.text
    return Generated(files, found.unexplained)


def stale(files: Mapping[Path, str]) -> list[Path]:
    """The files that are missing or no longer current."""
    return [
        path for path, text in files.items() if not path.exists() or path.read_text(encoding="utf-8") != text
    ]
