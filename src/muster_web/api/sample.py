"""A small official file of invented people for each collection and year that the library can invent one for."""

from __future__ import annotations

import csv
import io
import zipfile
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from muster.model import Collection, MusterError
from muster.sample import FORMS, ChildrenSettings, NationalSettings, write_children, write_national

_PEOPLE = 20
_SCHOOL = {
    "urn": "999999", "name": "Ashcombe School", "la_code_from_postcode": "999", "la_code_2019": "999",
    "estab_2019": "4001", "school_type_2019": "Secondary",
}  # fmt: skip


def sample_of(collection: Collection, year: int) -> tuple[bytes, str] | None:
    """The file and its media type, always the same; None where the library invents none for the year.

    A return that is sent as a set of CSV files comes as a zip of them.
    """
    return _sample(collection.name, year)


@lru_cache(maxsize=16)
def _sample(name: str, year: int) -> tuple[bytes, str] | None:
    with TemporaryDirectory(prefix="muster-sample-") as folder:
        out = Path(folder) / "out"
        try:
            _write(name, year, Path(folder), out)
        except MusterError:
            return None
        files = sorted(path for path in out.rglob("*") if path.suffix in (".xml", ".csv"))
        if files[0].suffix == ".xml":
            return files[0].read_bytes(), "application/xml"
        return _zipped(out, files), "application/zip"


def _zipped(folder: Path, files: list[Path]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in files:
            archive.writestr(zipfile.ZipInfo(path.relative_to(folder).as_posix()), path.read_bytes())
    return held.getvalue()


def _write(name: str, year: int, folder: Path, out: Path) -> None:
    if name in FORMS:
        form: Literal["xml", "csv"] = "xml" if "xml" in FORMS[name] else "csv"
        write_children(out, ChildrenSettings(name, year=year, children=_PEOPLE, form=form, defects=False))
        return
    register = folder / "register.csv"
    with register.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, _SCHOOL)
        writer.writeheader()
        writer.writerow(_SCHOOL)
    write_national(
        register, out, NationalSettings(year=year, staff=_PEOPLE, schools=1, form="xml", defects=False)
    )
