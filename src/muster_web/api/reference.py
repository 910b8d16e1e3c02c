"""The reference of the API as a page of ours, written from its OpenAPI document; no script of anybody else's."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from muster_web.accounts.access import open_to_everybody
from muster_web.api.service import api
from muster_web.api.signing_in import SCHEME
from muster_web.machines.scopes import MEANS

_LONGEST_OF_TYPES = 3


@dataclass(frozen=True)
class Field:
    """One name of a parameter or a shape, with what it holds."""

    name: str
    kind: str
    needed: bool
    where: str = ""
    about: str = ""


@dataclass(frozen=True)
class Operation:
    """One thing the API does, as the page shows it."""

    name: str
    method: str
    path: str
    title: str
    about: str
    scope: str
    deprecated: bool
    parameters: tuple[Field, ...]
    body: str
    answers: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Shape:
    """One shape of what is taken or answered."""

    name: str
    about: str
    fields: tuple[Field, ...]


@open_to_everybody
def developers(request: HttpRequest) -> HttpResponse:
    """Show every operation by its kind, the scopes, and every shape."""
    groups, shapes = _read()
    return render(request, "api/developers.html", {"groups": groups, "shapes": shapes, "scopes": MEANS})


@cache
def _read() -> tuple[dict[str, list[Operation]], list[Shape]]:
    document = api.get_openapi_schema()
    groups: dict[str, list[Operation]] = {}
    for path, operations in document["paths"].items():
        for method, said in operations.items():
            groups.setdefault(said["tags"][0], []).append(_operation(path, method, said))
    shapes = [_shape(name, said) for name, said in sorted(document["components"]["schemas"].items())]
    return groups, shapes


def _operation(path: str, method: str, said: dict[str, Any]) -> Operation:
    asked = [one[SCHEME][0] for one in said["security"] if SCHEME in one]
    about, _, rest = said.get("description", "").partition("\n")
    return Operation(
        name=said["operationId"],
        method=method.upper(),
        path=path,
        title=about,
        about=" ".join(rest.split()).replace("``", ""),
        scope=asked[0] if asked else "",
        deprecated=bool(said.get("deprecated")),
        parameters=tuple(_parameter(one) for one in said.get("parameters", ())),
        body=", ".join(
            _kind(one["schema"]) for one in said.get("requestBody", {}).get("content", {}).values()
        ),
        answers=tuple(_answers(said["responses"])),
    )


def _answers(responses: dict[Any, Any]) -> list[tuple[str, str, str]]:
    """Status, words and shape of each answer but the problems, which are alike everywhere."""
    found = [
        (str(status), one.get("description", ""), _shapes(one))
        for status, one in responses.items()
        if "application/problem+json" not in one.get("content", {})
    ]
    return sorted(found)


def _shapes(response: dict[str, Any]) -> str:
    kinds = [_kind(one.get("schema", {})) for one in response.get("content", {}).values()]
    return ", ".join(dict.fromkeys(kinds))


def _parameter(said: dict[str, Any]) -> Field:
    about = said.get("description") or said["schema"].get("description", "")
    return Field(said["name"], _kind(said["schema"]), said.get("required", False), said["in"], about)


def _shape(name: str, said: dict[str, Any]) -> Shape:
    needed = said.get("required", ())
    fields = tuple(
        Field(one, _kind(about), one in needed, about=about.get("description", ""))
        for one, about in said.get("properties", {}).items()
    )
    return Shape(name, " ".join(said.get("description", "").split()).replace("``", ""), fields)


def _kind(schema: dict[str, Any]) -> str:
    """A schema in a few words: a type, the name of a shape, a list of either."""
    if "$ref" in schema:
        return str(schema["$ref"].rpartition("/")[2])
    if "enum" in schema:
        return " | ".join(str(one) for one in schema["enum"])
    for choice in ("anyOf", "allOf", "oneOf"):
        if choice in schema:
            return " or ".join(_kind(one) for one in schema[choice][:_LONGEST_OF_TYPES])
    if schema.get("type") == "array":
        return f"list of {_kind(schema.get('items', {}))}"
    kind = schema.get("format") or schema.get("type", "anything")
    return "nothing" if kind == "null" else str(kind)
