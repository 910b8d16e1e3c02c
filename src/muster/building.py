"""What a build reads and writes: the sources of an authority, and everything that comes out of its folder."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from muster.catalogue._source import nearest
from muster.collect import Inventory, files_of
from muster.exchange import file_name
from muster.link import Linked, is_to_key_sheet, read_to_key
from muster.model import Collection, Extract, MusterError, Notice, Return, SourceFile, UnreadableFile
from muster.model.authority import Authority, SourceSetting
from muster.read import (
    SourceMapping,
    known_headings,
    load_mappings,
    read_extracts,
    read_sheets,
    read_xml,
    recognise,
)
from muster.report import fingerprints_in
from muster.resolve import Note, read_notes

LAST_YEAR = "last_year/*.xml"
KEYED = "keyed/*.csv"


# The authority's own set-up, which no supplier sent.
_SET_UP = frozenset({"muster.toml", "schools.csv", "confirmed_matches.csv"})


def sent(inventory: Inventory, folder: Path, out: Path) -> Inventory:
    """What suppliers and schools sent: neither the set-up nor what a build wrote into the same folder."""
    inner, outer = out.resolve(), folder.resolve()
    written = f"{inner.relative_to(outer).as_posix()}/" if inner.is_relative_to(outer) else "\0"

    def is_sent(name: str) -> bool:
        return name not in _SET_UP and not name.startswith(written)

    files = tuple(file for file in inventory.files if is_sent(file.name))
    return Inventory(files, tuple(notice for notice in inventory.notices if is_sent(notice.file)))


@dataclass(frozen=True)
class Sources:
    """Everything read for a build; ``refused`` says of each file that could not be read why not."""

    extracts: tuple[Extract, ...]
    last_year: Mapping[str, Return]
    notices: tuple[Notice, ...]
    refused: tuple[str, ...]


def read_sources(collection: Collection, authority: Authority, inventory: Inventory) -> Sources:
    """Read every source the authority names, each file by its mapping, and last year's returns.

    A file that cannot be read does not stop the others.
    """
    reading = _Reading(collection, authority)
    for setting in authority.sources:
        reading.read(setting, files_of(inventory, setting))
    sheets = [file for file in inventory.files if fnmatchcase(file.name, KEYED)]
    reading.extracts += [read_to_key(collection, file.path) for file in sheets if is_to_key_sheet(file.path)]
    earlier = reading.last_year(file for file in inventory.files if fnmatchcase(file.name, LAST_YEAR))
    notices = (*reading.notices, *(notice for extract in reading.extracts for notice in extract.notices))
    return Sources(tuple(reading.extracts), earlier, notices, tuple(reading.refused))


class _Reading:
    """Reads the sources of one authority, one supplier after the other."""

    def __init__(self, collection: Collection, authority: Authority):
        self.collection, self.authority = collection, authority
        self.mappings = load_mappings(collection, [authority.folder / "mappings"])
        self.extracts: list[Extract] = []
        self.notices: list[Notice] = []
        self.refused: list[str] = []

    def read(self, setting: SourceSetting, files: Sequence[SourceFile]) -> None:
        """Read the files of one supplier."""
        if not files:
            self.notices.append(_no_files(setting))
        by_mapping: dict[str, list[SourceFile]] = {}
        for file in files:
            name = self._mapping_of(setting, file)
            if name:
                by_mapping.setdefault(name, []).append(file)
        for name, group in by_mapping.items():
            self._read_group(self.mappings[name], group, setting)

    def _mapping_of(self, setting: SourceSetting, file: SourceFile) -> str | None:
        """The mapping that reads a file: the one named, or the one recognised; None if it is refused."""
        known = known_headings(self.mappings)
        if setting.mapping and setting.mapping not in self.mappings:
            hint = nearest(setting.mapping, self.mappings)
            raise MusterError(
                f"muster.toml names mapping '{setting.mapping}', which is not known{hint} "
                f"(there are {', '.join(sorted(self.mappings))})"
            )
        try:
            sheets = read_sheets(file, known)
            return setting.mapping or recognise(sheets, self.mappings).mapping.name
        except UnreadableFile as error:
            self.refused.append(str(error))
            return None

    def _read_group(
        self, mapping: SourceMapping, files: Sequence[SourceFile], setting: SourceSetting
    ) -> None:
        """Read files of one mapping together; if they cannot be read, those that can be."""
        try:
            self.extracts += self._extracts(mapping, files, setting)
        except UnreadableFile as error:
            readable = [file for file in files if self._is_readable(mapping, file, setting)]
            if len(readable) == len(files):
                self.refused.append(str(error))
            elif readable:
                self._read_group(mapping, readable, setting)

    def _extracts(
        self, mapping: SourceMapping, files: Sequence[SourceFile], setting: SourceSetting
    ) -> list[Extract]:
        return read_extracts(
            self.collection,
            self.authority.year,
            sources=files,
            mapping=mapping,
            setting=setting,
            authority=self.authority,
        )

    def _is_readable(self, mapping: SourceMapping, file: SourceFile, setting: SourceSetting) -> bool:
        """Whether a file can be read by itself; if not, it is refused."""
        try:
            self._extracts(mapping, [file], setting)
        except UnreadableFile as error:
            self.refused.append(str(error))
            return False
        return True

    def last_year(self, files: Iterable[SourceFile]) -> dict[str, Return]:
        """Earlier returns by school; of two for one school the first is kept."""
        returns: dict[str, Return] = {}
        for file in files:
            try:
                one = read_xml(self.collection, file)
            except UnreadableFile as error:
                self.refused.append(str(error))
                continue
            why = self._why_not_earlier(one, returns.get(one.ref))
            if why:
                self.refused.append(f"{file.name} {why}")
            else:
                returns[one.ref] = one
        return returns

    def _why_not_earlier(self, one: Return, other: Return | None) -> str:
        if one.year >= self.authority.year:
            return (
                f"is a return of {one.year}; this build is for {self.authority.year}, "
                "so only returns of earlier years can be carried from."
            )
        if other and other.source:
            return f"and {other.source.name} are both the return of {one.ref}; take one of them away."
        return ""


def _no_files(setting: SourceSetting) -> Notice:
    return Notice(
        "build.no_files",
        "query",
        f"There is no file '{setting.files}' of {setting.name or 'this source'}; "
        "its items will have to come from elsewhere.",
        "Put the file into the folder, or take the source out of muster.toml.",
    )


@dataclass(frozen=True)
class Output:
    """The folder a build writes to, and where in it each thing goes."""

    folder: Path

    @property
    def returns(self) -> Path:
        """The official files, with the notes beside them."""
        return self.folder / "returns"

    @property
    def summaries(self) -> Path:
        """The school summaries for the heads."""
        return self.folder / "summaries"

    def xml(self, collection: Collection, one: Return) -> Path:
        """The official file of a return."""
        return self.returns / file_name(collection, one)

    def notes(self, collection: Collection, one: Return) -> Path:
        """The explanations of a return, beside its file."""
        return self.xml(collection, one).with_suffix(".notes.toml")

    def findings_before(self) -> list[str] | None:
        """The fingerprints of the build before, or None if there was none."""
        path = self.folder / "findings.json"
        return fingerprints_in(path) if path.exists() else None

    def read_notes(self, collection: Collection, linked: Linked) -> dict[str, Note]:
        """The explanations given to the returns of the build before."""
        found: dict[str, Note] = {}
        for one in linked.returns.values():
            found |= read_notes(self.notes(collection, one))
        return found
