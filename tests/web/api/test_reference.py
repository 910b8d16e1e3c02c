"""The reference of the API is a page of ours: everything in the OpenAPI document is on it, and no script of others."""

from __future__ import annotations

import re

import pytest

from muster_web.api.service import api

pytestmark = pytest.mark.django_db


def test_every_operation_and_shape_is_on_the_page(client) -> None:
    page = client.get("/developers/").content.decode()
    document = api.get_openapi_schema()
    names = [one["operationId"] for path in document["paths"].values() for one in path.values()]
    assert len(names) == len(set(names)) > 30
    assert all(f'id="{name}"' in page for name in names)
    assert all(f'id="shape-{name}"' in page for name in document["components"]["schemas"])


def test_the_page_asks_nothing_of_anybody_else(client) -> None:
    page = client.get("/developers/").content.decode()
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', page) and " style=" not in page
    assert "default-src 'none'" in client.get("/developers/")["Content-Security-Policy"]


def test_the_document_is_public_and_names_the_scope_of_each_operation(client) -> None:
    document = client.get("/api/v1/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    scopes = document["components"]["securitySchemes"]["client_credentials"]["flows"]["clientCredentials"][
        "scopes"
    ]
    asked = {
        scope
        for path in document["paths"].values()
        for one in path.values()
        for needs in one["security"]
        for scope in needs["client_credentials"]
    }
    assert asked <= set(scopes) and "returns:upload" in asked
