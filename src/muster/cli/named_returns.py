"""Returns read from files each of which is one, by a name that tells them apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from muster.model import Collection, MusterError, Return, SourceFile


def read_each(
    collection: Collection, sources: Sequence[SourceFile], names: Mapping[str, str]
) -> dict[str, Return]:
    """The returns of files each of which is one.  Raises MusterError where two have one name."""
    from muster.read import read_xml
    from muster.read.register import with_register

    found: dict[str, Return] = {}
    for source in sources:
        one = read_xml(collection, source)
        with_register(collection, one, names)
        name = _name(collection, one)
        if name in found:
            raise MusterError(f"{source.name} is a second return of {name}; take one of them away")
        found[name] = one
    return found


def _name(collection: Collection, one: Return) -> str:
    """How a return is told from the others: its number, and what else its natural key holds, in words."""
    header, about = one.header, collection.tables["returns"]
    more = [item for item in about.natural_key if item not in ("lea", "estab") and header.get(item)]
    words = [_in_words(collection, one.year, item, header[item] or "") for item in more]
    return " ".join([one.ref, *words])


def _in_words(collection: Collection, year: int, item: str, text: str) -> str:
    codes = collection.tables["returns"].items[item].codes
    known = collection.code_sets[codes].in_force(year) if codes else {}
    return known[text].title if text in known else text
