"""The units of matching: one source's account of one person at one school, and accounts taken together."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from muster.link._identity import Identity, all_joined, identity_of
from muster.model import Extract, Record, SourceKind

KIND_ORDER: tuple[SourceKind, ...] = ("payroll", "mis", "last_year", "keyed")


@dataclass(frozen=True, eq=False)
class Account:
    """What one file says of one person, placed at one school.

    ``key`` names the account between runs: by the source's own staff number, or, where there is none,
    by a hash of everything that identifies the person.  ``borrowed`` marks the account of a person whom
    the file puts at another school of the federation, or at none.
    """

    school: str
    extract: Extract
    reference: str
    record: Record
    identity: Identity
    borrowed: bool = False

    @property
    def source(self) -> SourceKind:
        """The kind of source."""
        return self.extract.source

    @property
    def supplier(self) -> str:
        """What the source is called: its name in muster.toml, else its file's."""
        return self.extract.name or self.extract.file.name

    @cached_property
    def key(self) -> str:
        """The account's name between runs."""
        return "|".join((self.school, self.source, self.supplier, self.reference or self._fingerprint()))

    @cached_property
    def sort_key(self) -> tuple[str, ...]:
        """An order that depends on what the account says and not on when it was read."""
        row = f"{self.record.row or 0:09d}"
        return (self.supplier, self.extract.file.name, self.reference, self._fingerprint(), row)

    def _fingerprint(self) -> str:
        members = ("teacher_number", "ni_number", "birth_date", "family_name", "given_name")
        text = "\n".join(self.record.text(item) or "" for item in members)
        return "#" + hashlib.sha256(text.encode()).hexdigest()[:12]


@dataclass(eq=False)
class Candidate:
    """One or more accounts taken to be of one person at one school."""

    accounts: list[Account]
    identity: Identity = field(default_factory=Identity)

    @classmethod
    def of(cls, accounts: Iterable[Account]) -> Candidate:
        """The candidate made of these accounts, in an order of their own."""
        ordered = sorted(accounts, key=lambda a: (KIND_ORDER.index(a.source), a.sort_key))
        return cls(ordered, all_joined(account.identity for account in ordered))

    def take(self, other: Candidate) -> None:
        """Take over the accounts of another candidate."""
        both = Candidate.of([*self.accounts, *other.accounts])
        self.accounts, self.identity = both.accounts, both.identity

    @property
    def keys(self) -> tuple[str, ...]:
        """The names of the accounts between runs, in order."""
        return tuple(dict.fromkeys(account.key for account in self.accounts))

    @property
    def references(self) -> set[tuple[str, ...]]:
        """Source, supplier and staff number of every account that has one."""
        return {(a.source, a.supplier, a.reference) for a in self.accounts if a.reference}

    def of_kind(self, kind: SourceKind) -> list[Account]:
        """The accounts from one kind of source."""
        return [account for account in self.accounts if account.source == kind]

    @property
    def kinds(self) -> set[SourceKind]:
        """The kinds of source that know the person."""
        return {account.source for account in self.accounts}


def account_of(
    school: str, extract: Extract, reference: str, record: Record, *, borrowed: bool = False
) -> Account:
    """An account with its identity worked out."""
    return Account(school, extract, reference, record, identity_of(record), borrowed)
