"""The API as one document and one set of addresses."""

from __future__ import annotations

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

from muster_web.api import signing_in
from muster_web.api.endpoints import (
    catalogue,
    decisions,
    downloads,
    edits,
    findings,
    notes,
    plans,
    receipts,
    records,
    reports,
    returns,
    schools,
    transfers,
    uploads,
    webhooks,
)
from muster_web.api.problems import MEDIA_TYPE, ProblemShape, tell_problems

_DESCRIPTION = """\
What a person does with returns, pupils' files, plans and the files of schools in Muster, for programs.  Errors are
application/problem+json; lists come in pages; what is not of your organisation, or of one that let it in, is not
found."""
_PROBLEMS = {
    "400": "The request cannot be read",
    "401": "No token that is good",
    "403": "Out of the token's scope",
    "404": "Not found, or another organisation's",
    "409": "Not allowed now",
    "413": "Too large",
    "422": "Not as it should be",
    "429": "Too many requests",
    "500": "A fault here",
}


class MusterAPI(NinjaAPI):
    """The API with an OpenAPI document that names its problems, scopes and operations as they are."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """The name of the function, which is unique."""
        return operation.view_func.__name__

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        """The document, with what every operation can answer where something is wrong."""
        document = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        components = document.setdefault("components", {})
        components["securitySchemes"] = signing_in.SCHEMES
        components.setdefault("schemas", {})["Problem"] = ProblemShape.model_json_schema()
        for path in document["paths"].values():
            for operation in path.values():
                _add_problems(operation["responses"])
                operation["security"] = [one for one in operation["security"] if signing_in.SCHEME in one]
        return document


def _add_problems(responses: dict[Any, Any]) -> None:
    said = {str(status) for status in responses}
    for status, words in _PROBLEMS.items():
        if status not in said:
            shape = {"schema": {"$ref": "#/components/schemas/Problem"}}
            responses[status] = {"description": words, "content": {MEDIA_TYPE: shape}}


api = MusterAPI(
    title="Muster", version="1.0.0", description=_DESCRIPTION, urls_namespace="api",
    openapi_url="/v1/openapi.json", docs_url=None,
)  # fmt: skip
tell_problems(api)
api.add_router("", signing_in.router)
for _module in (
    returns,
    uploads,
    findings,
    notes,
    records,
    edits,
    decisions,
    receipts,
    downloads,
    catalogue,
    webhooks,
    transfers,
    plans,
    reports,
    schools,
):
    api.add_router("/v1", _module.router)
