"""What a build reads and writes: the sources of an authority, and everything that comes out of its folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from muster.collect import Inventory, files_of
from muster.exchange import file_name
from muster.link import Linked, read_to_key
from muster.model import Collection, Extract, MusterError, Notice, Return, SourceFile, UnreadableFile
from muster.model.authority import Authority
from muster.read import SourceMapping, load_mappings, read_extracts, read_sheets, read_xml, recognise
from muster.report import fingerprints_in
from muster.resolve import Note, read_notes

LAST_YEAR = "last_year/*.xml"
KEYED = "keyed/*.csv"


@dataclass(frozen=True)
class Sources:
    """Everything read for a build: extracts, last year's returns by school, and what could not be read."""

    extracts: tuple[Extract, ...]
    last_year: Mapping[str, Return]
    notices: tuple[Notice, ...]


def read_sources(collection: Collection, authority: Authority, inventory: Inventory) -> Sources:
    """Read every source the authority names, each file by its mapping, and last year's returns."""
    mappings = load_mappings(collection, [authority.folder / "mappings"])
    extracts: list[Extract] = []
    notices: list[Notice] = []
    for setting in authority.sources:
        files = files_of(inventory, setting)
        if not files:
            notices.append(_no_files(setting.files, setting.name))
        for mapping, group in _by_mapping(setting.mapping, files, mappings):
            extracts += read_extracts(
                collection,
                authority.year,
                sources=group,
                mapping=mapping,
                setting=setting,
                authority=authority,
            )
    extracts += [read_to_key(collection, file.path) for file in inventory.files if fnmatchcase(file.name, KEYED)]
    earlier, unread = _last_year(collection, inventory.files)
    return Sources(tuple(extracts), earlier, (*notices, *unread))


def _no_files(pattern: str, name: str) -> Notice:
    return Notice(
        "build.no_files",
        "query",
        f"There is no file '{pattern}' of {name or 'this source'}; its items will have to come from elsewhere.",
        "Put the file into the folder, or take the source out of muster.toml.",
    )


def _by_mapping(
    name: str, files: Sequence[SourceFile], mappings: Mapping[str, SourceMapping]
) -> Iterator[tuple[SourceMapping, list[SourceFile]]]:
    """The files of a source with the mapping that reads them: the one named, or the one recognised."""
    if name:
        if name not in mappings:
            raise MusterError(f"muster.toml names mapping '{name}', which is not known: {', '.join(mappings)}")
        yield from [(mappings[name], list(files))] if files else []
        return
    for file in files:
        yield recognise(read_sheets(file), mappings).mapping, [file]


def _last_year(collection: Collection, files: Iterable[SourceFile]) -> tuple[dict[str, Return], list[Notice]]:
    returns: dict[str, Return] = {}
    notices: list[Notice] = []
    for file in files:
        if not fnmatchcase(file.name, LAST_YEAR):
            continue
        try:
            one = read_xml(collection, file)
            returns[one.ref] = one
        except UnreadableFile as error:
            notices.append(Notice("build.last_year_unreadable", "query", str(error), file=file.name))
    return returns, notices


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
