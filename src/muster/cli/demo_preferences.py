"""The preferences returns of the demo's authority, and what is published of them, from the children's records."""

from __future__ import annotations

import argparse
from pathlib import Path

from muster.cli import report
from muster.cli.console import Console
from muster.collect import read_schools

_APPLICANTS = 1_200


def publish_preferences(console: Console, folder: Path, seed: int) -> None:
    """Invent both returns for the schools of the demo, show their figures and write the published tables."""
    from muster.sample import PreferencesSettings, write_preferences

    own = folder / "preferences"
    schools = list(read_schools(folder / "anyshire" / "schools.csv").values())
    settings = PreferencesSettings(children=_APPLICANTS, seed=seed)
    written = write_preferences(own, settings, schools=schools)
    applications = sum(written.applicants.values())
    console.detail(f"Its school preferences of {settings.year}, {applications:,} applications in two returns")
    if not console.json:
        report.run(_asked(own), Console(quiet=True))
    console.detail()


def _asked(own: Path) -> argparse.Namespace:
    """What ``muster report`` is asked."""
    parser = argparse.ArgumentParser()
    report.arguments(parser)
    return parser.parse_args(
        [str(own), "--schools", str(own / "schools.csv"), "--out", str(own / "published")]
    )
