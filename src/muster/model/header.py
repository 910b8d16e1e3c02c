"""What a return that Muster makes says of itself in its header."""

from __future__ import annotations

from datetime import datetime

from muster.model.collection import Collection

_SERIAL = "001"
_TERM = "AUT"  # collections without terms that write one are of the autumn


def header_texts(collection: Collection, year: int, ref: str, *, written_at: datetime) -> dict[str, str]:
    """The header of the return of ``ref`` (``919/4001``, ``919`` for the authority's own) by item."""
    lea, _, estab = ref.partition("/")
    return {
        "collection": collection.message_name,
        "term": collection.terms.get(collection.term, _TERM),
        "year": str(year),
        "reference_date": collection.facts[year].census_day.isoformat(),
        "source_level": "S" if estab else "L",
        "lea": lea,
        "estab": estab,
        "software_code": "Muster",
        "release": _release(),
        "serial_no": _SERIAL,
        "written_at": written_at.replace(microsecond=0, tzinfo=None).isoformat(),
    }


def _release() -> str:
    from importlib.metadata import PackageNotFoundError, version  # it brings the mail parser with it

    try:
        return version("muster")
    except PackageNotFoundError:
        return "unreleased"
