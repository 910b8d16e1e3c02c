"""What is public without a token: the rules, codes and items of a year, what changed, and a sample file."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Router, Schema
from ninja.params.functions import Query
from pydantic import Field

from muster.catalogue import CATALOGUE, catalogue_folders, load_collection
from muster.catalogue.differences import year_differences
from muster.catalogue.effective import fix_in_words, message_in_words
from muster.catalogue.find import element_paths, rules_called
from muster.catalogue.load import collection_names
from muster.catalogue.meaning import load_meanings, meaning_key
from muster.dictionary import FORMS, dictionary_of, written
from muster.model import Collection, Rule
from muster_web.api.paging import Page, WantedPage, page_of
from muster_web.api.sample import sample_of
from muster_web.api.signing_in import asks_nothing

router = Router(tags=["Catalogue"])
_DICTIONARY = {
    "responses": {
        200: {
            "description": "The dictionary",
            "content": {
                "application/json": {"schema": {"type": "object"}},
                "text/csv": {"schema": {"type": "string"}},
            },
        }
    }
}
_OPEN = asks_nothing()
_NAME = Annotated[str, Field(max_length=80, pattern=r"^[^\x00]*$")]


class CollectionShape(Schema):
    """A collection with the years it is known for."""

    name: str
    title: str
    years: list[int]


class RuleShape(Schema):
    """One version of a rule: what it says, when it fires in English and in SQL, and where it comes from.

    ``provisional`` says that the rule was not seen in an official source.  Each of ``examples`` is a row with what the
    rule makes of it.
    """

    id: str
    code: str
    severity: str
    scope: str
    table: str
    message: str
    fix: str
    fires_when: list[str]
    sql: str
    years: str
    provisional: bool
    source: str
    note: str
    examples: list[dict[str, str]]


class CodeShape(Schema):
    """One permitted value."""

    code: str
    title: str
    provisional: bool


class CodeSetShape(Schema):
    """A list of permitted values; ``pattern`` admits values too many to list."""

    name: str
    title: str
    number: str
    pattern: str | None
    codes: list[CodeShape]


class ItemShape(Schema):
    """One item of a table, with its name in the official file and the name of its codes."""

    table: str
    item: str
    title: str
    element: str
    number: str
    type: str
    length: int | None
    codes: str
    provisional: bool


class ChangeShape(Schema):
    """One change from one year to another."""

    what: str
    kind: str
    name: str
    text: str
    details: list[str]


def _known(name: str, year: int) -> Collection:
    if name not in collection_names():
        raise Http404
    collection = load_collection(name)
    if year not in collection.years:
        raise Http404
    return collection


def _rule_as_shown(collection: Collection, rule: Rule) -> dict[str, Any]:
    meanings = load_meanings(collection, CATALOGUE)
    return {
        "id": rule.id, "code": rule.code, "severity": rule.severity, "scope": rule.scope, "table": rule.table,
        "message": message_in_words(rule, collection), "fix": fix_in_words(rule, collection),
        "fires_when": list(meanings.get(meaning_key(rule), ())), "sql": rule.fails_when,
        "years": str(rule.years), "provisional": rule.provisional, "source": rule.source, "note": rule.note,
        "examples": [{name: str(value) for name, value in one.items()} for one in rule.examples],
    }  # fmt: skip


@router.get("/collections", response=list[CollectionShape], **_OPEN)
def list_collections(request: HttpRequest) -> Any:
    """The collections there are."""
    known = [load_collection(name) for name in collection_names()]
    return [{"name": one.name, "title": one.title, "years": list(one.years)} for one in known]


@router.get("/collections/{name}/{int:year}/rules", response=Page[RuleShape], **_OPEN)
def list_rules(request: HttpRequest, name: _NAME, year: int, wanted: WantedPage) -> Any:
    """The rules of a collection in force in a year."""
    collection = _known(name, year)
    return page_of(request, collection.rules_in(year), wanted, lambda rule: _rule_as_shown(collection, rule))


@router.get("/collections/{name}/{int:year}/rules/{rule}", response=list[RuleShape], **_OPEN)
def show_rule(request: HttpRequest, name: _NAME, year: int, rule: _NAME) -> Any:
    """The rule with a name, or the rules with an official number, as they stand in a year."""
    collection = _known(name, year)
    found = [one for one in rules_called(collection, rule) if year in one.years]
    if not found:
        raise Http404
    return [_rule_as_shown(collection, one) for one in found]


@router.get("/collections/{name}/{int:year}/codes", response=list[CodeSetShape], **_OPEN)
def list_codes(request: HttpRequest, name: _NAME, year: int) -> Any:
    """Every list of permitted values, with those in force in a year."""
    return [
        {
            "name": one.name, "title": one.title, "number": one.number, "pattern": one.pattern,
            "codes": [
                {"code": code.code, "title": code.title, "provisional": code.provisional}
                for code in one.in_force(year).values()
            ],
        }
        for one in _known(name, year).code_sets.values()
    ]  # fmt: skip


@router.get("/collections/{name}/{int:year}/items", response=list[ItemShape], **_OPEN)
def list_items(request: HttpRequest, name: _NAME, year: int) -> Any:
    """Every item that is asked in a year, in official order."""
    collection = _known(name, year)
    elements = element_paths(collection, year)
    return [
        {
            "table": table.name, "item": item.name, "title": item.title,
            "element": elements.get((table.name, item.name), ""), "number": item.number or "",
            "type": item.type, "length": item.length, "codes": item.codes or "", "provisional": item.provisional,
        }
        for table in collection.tables.values() if year in table.years
        for item in table.items_in(year)
    ]  # fmt: skip


@router.get("/collections/{name}/{int:year}/changes", response=list[ChangeShape], **_OPEN)
def list_changes(
    request: HttpRequest, name: _NAME, year: int, *, since: int = Query(..., ge=2000, le=2100)
) -> Any:
    """What changed in dates, tables, items, codes and rules since an earlier year."""
    collection = _known(name, year)
    _known(name, since)
    changes = year_differences(collection, since, year, load_meanings(collection, CATALOGUE))
    return [one.as_json() for one in changes]


@router.get(
    "/collections/{name}/dictionary/{form}",
    auth=_OPEN["auth"],
    openapi_extra={**_OPEN["openapi_extra"], **_DICTIONARY},
)
def get_dictionary(request: HttpRequest, name: _NAME, form: _NAME) -> HttpResponse:
    """The dictionary of a collection over all years: json, items.csv, rules.csv or codes.csv."""
    if name not in (*catalogue_folders(), *collection_names()) or form not in FORMS:
        raise Http404
    kind = "application/json" if form == "json" else "text/csv; charset=utf-8"
    return HttpResponse(written(dictionary_of(name), form), content_type=kind)


_FILE = {
    "responses": {
        200: {
            "description": "The file",
            "content": {
                "application/xml": {"schema": {"type": "string"}},
                "application/zip": {"schema": {"type": "string", "format": "binary"}},
            },
        }
    }
}


@router.get(
    "/collections/{name}/{int:year}/sample",
    auth=_OPEN["auth"],
    openapi_extra={**_OPEN["openapi_extra"], **_FILE},
)
def get_sample(request: HttpRequest, name: _NAME, year: int) -> HttpResponse:
    """A small official file of invented people, to try a program with; a set of CSV files comes as a zip."""
    found = sample_of(_known(name, year), year)
    if found is None:
        raise Http404
    content, kind = found
    return HttpResponse(content, content_type=kind)
