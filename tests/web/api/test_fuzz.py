"""The API is called with what its own OpenAPI document allows, and with what it does not; it never fails itself."""

from __future__ import annotations

import re

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance

from muster_web.api.service import api
from tests.web.files import WRONG, return_of

EXAMPLES = 6
CHECKS = [not_a_server_error, content_type_conformance, response_schema_conformance]

pytestmark = pytest.mark.django_db(transaction=True)


def document() -> dict:
    """The OpenAPI document as it is served."""
    import json

    from django.core.serializers.json import DjangoJSONEncoder

    return json.loads(json.dumps(api.get_openapi_schema(), cls=DjangoJSONEncoder))


def schema():
    """The document, bound to the application that the web server runs."""
    found = schemathesis.openapi.from_dict(document())
    found.app = get_wsgi_application()
    return found


SCHEMA = schema()
NAMES = sorted(one.ok().label for one in SCHEMA.get_all_operations())

PLANNED = re.compile("/(plans|quarters|figures|reports)")  # these need a plan; it takes a second to make


@pytest.fixture
def loaded(call, rounds, returns, organisations, request, settings):
    """Ashcombe's return with findings, a plan where one is asked for, and the headers of three machines."""
    settings.API_REQUESTS_A_MINUTE = 1_000_000
    school = call("ashcombe")
    assert school.send(rounds["statutory"].pk, return_of(WRONG)).status_code == 202
    known = {
        "pk": returns["ashcombe"].pk,
        "round": rounds["statutory"].pk,
        "name": "school_workforce",
        "year": 2025,
        "school": organisations["ashcombe"].pk,
        **(request.getfixturevalue("reported") if PLANNED.search(request.node.name) else {}),
    }
    if "/reports" in request.node.name:
        known["quarter"] = known["done"]
    return known, [
        {"Authorization": f"Bearer {call(one).token}"} for one in ("ashcombe", "anyshire", "department")
    ]


@pytest.mark.parametrize("label", NAMES)
def test_no_request_makes_the_api_fail_or_answer_out_of_shape(loaded, label: str) -> None:
    known, machines = loaded
    operation = next(one.ok() for one in SCHEMA.get_all_operations() if one.ok().label == label)

    @settings(
        max_examples=EXAMPLES, deadline=None, database=None, phases=[Phase.explicit, Phase.generate],
        derandomize=True, suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @schemathesis_given(operation)
    def asked(case) -> None:
        for name, value in known.items():
            if name in (case.path_parameters or {}) and "{uuid" not in case.operation.path:
                case.path_parameters[name] = value
        for headers in machines:
            answer = case.call(headers=headers)
            case.validate_response(answer, checks=CHECKS)

    asked()


def schemathesis_given(operation):
    """Hypothesis draws the requests of one operation, right ones and wrong ones."""
    from hypothesis import given
    from schemathesis import GenerationMode

    strategies = [operation.as_strategy(generation_mode=mode) for mode in GenerationMode]
    from hypothesis import strategies as st

    return given(st.one_of(strategies))
