"""Every rule and derived table can be built, and the plans in the repository are those built now."""

from __future__ import annotations

import pytest

from muster.catalogue import CATALOGUE, catalogue_folders, load_collection
from muster.catalogue.build import try_build
from muster.catalogue.plan import plan_path
from tests.collection_names import COLLECTIONS
from tests.rules.conftest import built


@pytest.mark.parametrize("name", COLLECTIONS)
def test_every_rule_can_be_built(name: str) -> None:
    assert built(name).faults == ()


@pytest.mark.parametrize("name", catalogue_folders())
def test_the_plans_in_the_repository_are_current(name: str) -> None:
    collection = load_collection(name)
    for engine, plan in try_build(collection).plans.items():
        kept = plan_path(collection, engine, CATALOGUE).read_text(encoding="utf-8")
        assert kept == plan.to_json(), "run 'make generate' and commit the plan"
