"""Small official files for tests, written by the plainest means so that they depend on no code of Muster."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import escape

from muster.model import Notice, Return, SourceFile

HEADER = (
    "<Header><CollectionDetails><Collection>{collection}</Collection><Year>{year}</Year></CollectionDetails>"
    "<Source><SourceLevel>S</SourceLevel><LEA>919</LEA><Estab>4001</Estab></Source></Header>"
)
BODY = "<SchoolWorkforceMembers>\n{members}</SchoolWorkforceMembers>\n"


def message(body: str = "", *, year: str = "2013", collection: str = "School Workforce Census") -> str:
    """A whole message; its header fills line 1 and the body starts on line 2."""
    header = HEADER.format(collection=collection, year=year)
    return f"<Message>{header}\n{body}</Message>\n"


def with_members(*members: str, year: str = "2013") -> str:
    """A message in which each member, one to a line, holds what is given; the first stands on line 3."""
    lines = "".join(f"<SchoolWorkforceMember>{inside}</SchoolWorkforceMember>\n" for inside in members)
    return message(BODY.format(members=lines), year=year)


def details(**values: str) -> str:
    """Staff details with elements by name."""
    return f"<StaffDetails>{elements(**values)}</StaffDetails>"


def contract(inside: str) -> str:
    """One contract within its group."""
    return f"<ContractOrServiceGroup><ContractOrService>{inside}</ContractOrService></ContractOrServiceGroup>"


def elements(**values: str) -> str:
    """Elements by name, with their text."""
    return "".join(f"<{name}>{escape(text)}</{name}>" for name, text in values.items())


def received(folder: Path, content: str | bytes, name: str = "return.xml") -> SourceFile:
    """A file as it arrives."""
    raw = content.encode("utf-8") if isinstance(content, str) else content
    path = folder / name
    path.write_bytes(raw)
    return SourceFile(path, name, "", len(raw))


def column(read: Return, table: str, item: str) -> list[str | None]:
    """The texts of one item."""
    return read.tables[table].text[item]


def of_code(read: Return, code: str) -> list[Notice]:
    """The notices of one kind."""
    return [notice for notice in read.notices if notice.code == code]
