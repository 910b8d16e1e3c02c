"""The dictionary's pages: open to everybody, each entry reachable, and proposals with what each viewer may do."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from muster.dictionary import FORMS, dictionaries, dictionary_of
from muster_web.proposals.actions import Wish, propose
from muster_web.proposals.models import Proposal
from tests.web.files import WRONG, return_of
from tests.web.returns import world

pytestmark = pytest.mark.django_db
WISH = Wish("school_workforce", "members.sex", "A code for not stated", "Schools are asked for it.")


@pytest.fixture
def proposed(viewers) -> Proposal:
    return propose(viewer=viewers["ashcombe.preparer"], wish=WISH)


def text_of(client, name: str, *args: object, query: str = "") -> str:
    answer = client.get(reverse(name, args=args) + query)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def test_everybody_finds_an_item_by_its_element(client) -> None:
    page = text_of(client, "dictionary", query="?q=GenderCurrent")
    assert reverse("dictionary_item", args=["school_workforce", "members", "sex"]) in page
    assert "Nothing holds" in text_of(client, "dictionary", query="?q=giraffe")


def test_a_search_keeps_to_the_collection_and_kind_chosen(client) -> None:
    page = text_of(client, "dictionary", query="?q=sex&collection=children_in_need&kind=rule")
    assert "/dictionary/children_in_need/rules/8750/" in page
    assert "/dictionary/school_workforce/items/" not in page


@pytest.mark.parametrize("one", dictionaries(), ids=lambda one: one.name)
def test_every_page_of_a_collection_s_contents_is_there(client, one) -> None:
    page = text_of(client, "dictionary_collection", one.name)
    links = set(re.findall(r'href="(/dictionary/[^"#?]+/(?:items|rules|codes)/[^"]+)"', page))
    assert len(links) == len(one.items) + len(one.rules) + len(one.code_sets)
    for link in sorted(links)[:: max(1, len(links) // 25)]:
        assert client.get(link).status_code == 200, link


def test_a_year_shows_what_is_in_force_in_it(client) -> None:
    page = text_of(client, "dictionary_collection", "children_in_need", query="?year=2027")
    assert "Pre-proceedings and family group decision making" in page
    assert "Pre-proceedings and" not in text_of(
        client, "dictionary_collection", "children_in_need", query="?year=2024"
    )


def test_an_item_shows_where_it_stands_and_what_asks_it(client) -> None:
    page = text_of(client, "dictionary_item", "school_workforce", "members", "sex")
    assert "StaffDetails/GenderCurrent</code>, 2010-2022" in page
    assert reverse("dictionary_rule", args=["school_workforce", "members.sex.code"]) in page
    assert "iTrent-style payroll extract: GENDER" in page


def test_a_rule_shows_its_versions_the_test_in_words_and_examples(client) -> None:
    page = text_of(client, "dictionary_rule", "children_in_need", "2886Q")
    assert "It fails when" in page and "2025-" in page
    assert reverse("dictionary_item", args=["children_in_need", "children", "sex"]) in page


def test_an_official_number_leads_to_all_rules_of_it(client) -> None:
    page = text_of(client, "dictionary_rule", "children_in_need", "4180")
    assert "Rule children.sex.missing" in page and "Rule children.sex.code" in page


def test_a_code_set_shows_codes_years_and_users(client) -> None:
    page = text_of(client, "dictionary_code_set", "children_in_need", "assessment_factor")
    assert "Child criminal exploitation" in page and "2022-" in page
    assert reverse("dictionary_rule", args=["children_in_need", "8897Q~code"]) in page


def test_two_years_are_compared_in_sentences(client) -> None:
    page = text_of(client, "dictionary_changes", "school_workforce", query="?from=2022&to=2023")
    assert "2022 to 2023" in page and "Sex is written as Sex; it was GenderCurrent." in page
    assert "2024 to 2025" in text_of(
        client, "dictionary_changes", "school_workforce", query="?from=x&to=1066"
    )


@pytest.mark.parametrize("form", FORMS)
def test_everything_can_be_taken_by_machines(client, form) -> None:
    answer = client.get(reverse("dictionary_download", args=["school_preferences", form]))
    assert f'filename="school_preferences.{form}"' in answer["Content-Disposition"]
    if form == "json":
        assert len(json.loads(answer.content)["items"]) == len(dictionary_of("school_preferences").items)
    else:
        assert list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


@pytest.mark.parametrize(
    "where",
    [
        "giraffes/", "giraffes/changes/", "school_workforce/items/members/giraffe/", "school_workforce/rules/9999/",
        "school_workforce/codes/giraffe/", "school_workforce/download/xlsx/", "giraffes/download/json/",
        "proposals/987654321/",
    ],
)  # fmt: skip
def test_what_is_not_there_is_not_found(client, where) -> None:
    assert client.get(f"/dictionary/{where}").status_code == 404


def test_a_finding_leads_to_its_rule(viewers, returns, sign_in, transactional_db) -> None:
    world.load(viewers["ashcombe.preparer"], returns["ashcombe"], return_of(WRONG))
    page = text_of(sign_in("ashcombe.preparer"), "explain", returns["ashcombe"].pk, "rule", _broken(returns))
    assert f'href="/dictionary/school_workforce/rules/{_broken(returns)}/"' in page


def _broken(returns) -> str:
    from muster_web.returns.models import Finding

    return Finding.objects.filter(subject=returns["ashcombe"], severity="query").latest("pk").rule


def test_who_is_signed_in_proposes_a_change_from_an_item(sign_in, client) -> None:
    asked = reverse("propose") + "?collection=school_workforce&about=members.sex"
    assert "/sign-in/login/" in client.get(asked)["Location"]
    signed_in = sign_in("ashcombe.preparer")
    assert 'value="members.sex"' in signed_in.get(asked).content.decode()
    sent = signed_in.post(asked, vars(WISH))
    made = Proposal.objects.get()
    assert sent["Location"] == reverse("proposal", args=[made.pk])
    item = text_of(signed_in, "dictionary_item", "school_workforce", "members", "sex")
    assert reverse("proposal", args=[made.pk]) in item


def test_a_proposal_without_words_is_shown_again_with_what_is_missing(sign_in) -> None:
    answer = sign_in("ashcombe.preparer").post(reverse("propose"), {"collection": "school_workforce"})
    assert answer.status_code == 400
    assert "Say it in one line" in answer.content.decode() and not Proposal.objects.exists()


def test_everybody_reads_a_proposal_and_no_person_is_named(client, proposed, people) -> None:
    page = text_of(client, "proposal", proposed.pk)
    assert "Ashcombe School" in page and "Schools are asked for it." in page and "Sign in" in page
    assert str(people["ashcombe.preparer"]) not in page
    assert proposed.title in text_of(client, "proposals", query="?state=proposed")
    assert proposed.title not in text_of(client, "proposals", query="?state=released")


def test_the_department_accepts_and_releases_on_the_page(sign_in, proposed) -> None:
    client = sign_in("department.collector")
    assert "Accept it" in text_of(client, "proposal", proposed.pk)
    client.post(reverse("move_proposal", args=[proposed.pk, "accept"]), {"accept-text": "It is needed."})
    client.post(reverse("move_proposal", args=[proposed.pk, "release"]), {"release-year": "2025"})
    page = text_of(client, "proposal", proposed.pk)
    assert "Released for 2025" in page and "It is needed." in page


def test_a_school_comments_and_cannot_decide(sign_in, proposed) -> None:
    client = sign_in("ashcombe.head")
    client.post(reverse("move_proposal", args=[proposed.pk, "comment"]), {"comment-text": "Please do."})
    refused = client.post(reverse("move_proposal", args=[proposed.pk, "accept"]), {"accept-text": "Yes."})
    assert refused.status_code == 400 and "Only the department decides" in refused.content.decode()
    page = text_of(client, "proposal", proposed.pk)
    assert "Please do." in page and "Accept it" not in page


def test_a_step_with_nothing_said_is_shown_again(sign_in, proposed) -> None:
    answer = sign_in("ashcombe.head").post(reverse("move_proposal", args=[proposed.pk, "comment"]), {})
    assert answer.status_code == 400 and "Write what you want to say" in answer.content.decode()
    assert sign_in("ashcombe.head").post(f"/dictionary/proposals/{proposed.pk}/giraffe/").status_code == 404


def test_no_page_asks_the_database_more_where_there_are_more_proposals(sign_in, proposed, viewers) -> None:
    client = sign_in("department.collector")
    pages = [
        reverse("proposals"), reverse("proposal", args=[proposed.pk]), reverse("dictionary"),
        reverse("dictionary_item", args=["school_workforce", "members", "sex"]),
        reverse("dictionary_collection", args=["school_workforce"]),
    ]  # fmt: skip
    few = [queries(client, page) for page in pages]
    for _ in range(20):
        propose(viewer=viewers["ashcombe.head"], wish=WISH)
    assert [queries(client, page) for page in pages] == few
    assert max(few) <= 15


def queries(client, where: str) -> int:
    client.get(where)
    with CaptureQueriesContext(connection) as asked:
        client.get(where)
    return len(asked)
