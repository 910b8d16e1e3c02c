"""An address that will go says so in each answer and in the document, half a year before at least."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import RequestFactory
from ninja import NinjaAPI
from ninja.testing import TestClient

from muster.model import MusterError
from muster_web.api.deprecation import Deprecated


def test_each_answer_says_since_when_until_when_and_what_instead() -> None:
    api = NinjaAPI(urls_namespace="goes")

    @api.get("/old", deprecated=True)
    @Deprecated(date(2027, 1, 1), date(2027, 7, 31), instead="/api/v2/new")
    def old(request: RequestFactory) -> dict[str, bool]:
        return {"here": True}

    answer = TestClient(api).get("/old")
    assert answer.json() == {"here": True}
    assert answer.headers["Deprecation"] == "@1798761600"
    assert answer.headers["Sunset"] == "Sat, 31 Jul 2027 00:00:00 GMT"
    assert answer.headers["Link"] == '</api/v2/new>; rel="successor-version"'
    assert api.get_openapi_schema(path_prefix="")["paths"]["/old"]["get"]["deprecated"]


def test_a_notice_shorter_than_half_a_year_is_refused() -> None:
    with pytest.raises(MusterError, match="182 days"):
        Deprecated(date(2027, 1, 1), date(2027, 2, 1), instead="/api/v2/new")
