"""Read, write and convert the files that follow a pupil: whole, with what nobody knows kept as it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from muster.catalogue import load_collection
from muster.exchange import left_unwritten, write_xml, xml_text
from muster.model import Collection, MusterError, Return, Rows, SourceFile
from muster.model.words import count_of
from muster.read import read_xml
from muster.transferring.names import (
    DocumentKind,
    Party,
    TransferName,
    WrongName,
    parse_transfer_name,
    party_of,
)

COLLECTION = "common_transfer_file"
_OTHER_VERSION = "read.other_year"  # a version stands for a year
_KINDS: dict[str | None, DocumentKind] = {"CTfile": "CTF", "ATfile": "ATF"}


def transfer_collection() -> Collection:
    """What the catalogue says of transfer files, over all versions."""
    return load_collection(COLLECTION)


@dataclass(frozen=True)
class Transfer:
    """A transfer file that was read."""

    document: Return

    @property
    def _header(self) -> dict[str, str | None]:
        return self.document.header

    @property
    def kind(self) -> DocumentKind:
        """Common or admissions transfer file, by its outermost element."""
        return _KINDS.get(self._header.get("root_element"), "CTF")

    @property
    def version(self) -> str:
        """The version as the file says it, such as 13.0."""
        return self._header.get("version") or ""

    @property
    def source(self) -> Party | None:
        """The school or authority the header says it comes from; None for the department's own files."""
        return party_of(self._header.get("source_lea"), self._header.get("source_estab"))

    @property
    def destination(self) -> Party | None:
        """Where the header says it goes; None where it says nothing that can be."""
        return party_of(self._header.get("destination_lea"), self._header.get("destination_estab"))

    @property
    def pupils(self) -> Rows:
        """The pupils of the file."""
        return self.document.tables["pupils"]

    def changed(self, tables: Mapping[str, Rows]) -> Transfer:
        """The file with some of its tables changed."""
        return Transfer(replace(self.document, tables={**self.document.tables, **tables}))

    @cached_property
    def name(self) -> TransferName:
        """What the name of the file says.  Raises WrongName."""
        return parse_transfer_name(self._header.get("file_name") or "")

    def refusals(self) -> tuple[str, ...]:
        """Why the file may not be sent, in words; none where it may."""
        return (*self.disagreements(), *self._pupils_twice(), *self._of_another_version())

    def _pupils_twice(self) -> Iterator[str]:
        places: dict[str, list[str]] = {}
        for number, upn in enumerate(self.pupils.text["upn"], start=1):
            if upn:
                places.setdefault(upn.strip().upper(), []).append(str(number))
        for upn, found in places.items():
            if len(found) > 1:
                both = f"{', '.join(found[:-1])} and {found[-1]}"
                yield f"The file holds a pupil more than once: pupils {both} of it have the UPN {upn}."

    def _of_another_version(self) -> Iterator[str]:
        """A file of one version that says another would be read wrongly where it arrives."""
        for notice in self.document.notices:
            if notice.code == _OTHER_VERSION:
                said = notice.message.removesuffix("; it was read.")
                yield f"The file says that it is version {self.version}, but it was not made as one: {said}."

    def disagreements(self) -> tuple[str, ...]:
        """Where the name of the file and what is in it disagree, in words; a file that has any is not delivered."""
        try:
            return tuple(self._disagreements(self.name))
        except WrongName as wrong:
            return (str(wrong),)

    def _disagreements(self, name: TransferName) -> Iterator[str]:
        if name.kind != self.kind:
            yield f"The name of the file says {name.kind}, but it is a {self.kind}."
        for what, said, written in (
            ("from", name.source, self.source),
            ("to", name.destination, self.destination),
        ):
            if said != written:
                yield (
                    f"The name of the file says that it goes {what} {said}, "
                    f"its header says {written or 'nothing that can be'}."
                )
        if name.destination.kind == "unknown" and len(self.pupils) != 1:
            held = count_of(len(self.pupils), "pupil")
            yield f"A file for an unknown school holds one pupil, and this one holds {held}."


def read_transfer(source: SourceFile) -> Transfer:
    """Read a common or admissions transfer file of any known version.  Raises UnreadableFile."""
    return Transfer(read_xml(transfer_collection(), source))


def transfer_text(transfer: Transfer) -> str:
    """The file as XML, in the shape of its version."""
    return xml_text(transfer_collection(), transfer.document)


def write_transfer(transfer: Transfer, path: Path) -> None:
    """Write the file, whole or not at all."""
    write_xml(transfer_collection(), transfer.document, path)


@dataclass(frozen=True)
class Converted:
    """A file in the shape of another version, and in words what that version has no place for."""

    transfer: Transfer
    lost: tuple[str, ...]


def converted(transfer: Transfer, version: str = "") -> Converted:
    """The file in another version, or the current one; elements nobody knows stay.  Raises MusterError."""
    collection, root = transfer_collection(), transfer.document.header.get("root_element")
    year = collection.year_of_version(version, root) if version else collection.years[-1]
    if year not in collection.years:
        first, last = (
            collection.version_of_year(one, root) for one in (collection.years[0], collection.years[-1])
        )
        raise MusterError(f"'{version}' is no version Muster writes; choose one of {first} to {last}")
    header = transfer.document.tables["returns"].with_column(
        "version", [collection.version_of_year(year, root)]
    )
    made = transfer.changed({"returns": header})
    document = replace(made.document, year=year)
    return Converted(
        Transfer(document), (*left_unwritten(collection, document), *_codes_gone(collection, document))
    )


def _codes_gone(collection: Collection, document: Return) -> Iterator[str]:
    """Codes the file holds that the version does not know; they are written all the same."""
    for rows in document.tables.values():
        for item in collection.tables[rows.table].items.values():
            if item.codes:
                known = collection.code_sets[item.codes].in_force(document.year)
                strange = {text for text in rows.text[item.name] if text and text not in known}
                if strange:
                    yield f"{item.title}: {', '.join(sorted(strange))} is no code of this version"
