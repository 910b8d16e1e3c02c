"""The page that checks identifiers: pasted or in a table, judged with the reason, and nothing of them kept."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

pytestmark = pytest.mark.django_db(transaction=True)
WHERE = "identifiers"
TABLE = b"Name,ULN,Postcode\nAda,2000000010,sw1a1aa\nBen,9276308686,\n"


def page_of(answer) -> str:
    """The text of a page that was answered."""
    return answer.content.decode()


def post(client, **said):
    """Send the form."""
    return client.post(reverse(WHERE), said)


def table(content: bytes = TABLE) -> SimpleUploadedFile:
    """A table as a browser sends it."""
    return SimpleUploadedFile("pupils.csv", content)


def test_strangers_sign_in(client, db) -> None:
    assert client.get(reverse(WHERE)).status_code == 302


@pytest.mark.parametrize(
    "who", ["ashcombe.preparer", "ashcombe.head", "anyshire.la_officer", "department.collector"]
)
def test_whoever_is_signed_in_may_check(sign_in, who: str) -> None:
    assert "Check identifiers" in page_of(sign_in(who).get(reverse(WHERE)))


def test_pasted_identifiers_are_judged_with_the_reason(sign_in) -> None:
    answer = post(sign_in("ashcombe.preparer"), kind="uln", pasted="9276308686\n\n2000000010\n<b>")
    text = page_of(answer)
    assert answer.status_code == 200
    assert "2 wrong of 3 checked" in text
    assert "Wrong: it can never be issued" in text
    assert "&lt;b&gt;" in text and "<b>" not in text


def test_those_that_are_right_are_shown_as_they_are_written(sign_in) -> None:
    text = page_of(post(sign_in("ashcombe.preparer"), kind="postcode", pasted="sw1a1aa"))
    assert "0 wrong of 1 checked" in text and "Right; write it SW1A 1AA" in text


def test_a_table_is_judged_by_its_headings(sign_in) -> None:
    text = page_of(post(sign_in("ashcombe.preparer"), table=table()))
    assert "1 wrong of 3 checked" in text and '<td class="govuk-table__cell">ULN</td>' in text


def test_the_verdicts_are_taken_away_as_a_file(sign_in) -> None:
    answer = post(sign_in("ashcombe.preparer"), table=table(b"ULN\n=1+1\n"), file="1")
    assert answer["Content-Type"].startswith("text/csv")
    assert "ULN,uln,'=1+1,wrong,it is not 10 digits" in page_of(answer)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({}, "Paste identifiers or choose a table"),
        ({"pasted": "1"}, "Choose what the pasted identifiers are"),
        ({"pasted": "1", "kind": "shoe"}, "Select a valid choice"),
        ({"table": b"Name\nAda\n"}, "no column says by its heading what it holds (Name)"),
        ({"table": b""}, "The table is empty"),
        ({"table": b"\xff\xfe\x00"}, "it is not a CSV file"),
        ({"pasted": "1\n" * 10_001, "kind": "uln"}, "10,001 rows, and 10,000 are the most here"),
    ],
)
def test_what_cannot_be_judged_is_told_on_the_page(sign_in, said: dict[str, object], told: str) -> None:
    sent = {name: table(value) if isinstance(value, bytes) else value for name, value in said.items()}
    answer = post(sign_in("ashcombe.preparer"), **sent)
    assert answer.status_code == 400
    assert told in page_of(answer).replace("&#x27;", "'")


def test_a_long_list_asks_the_database_no_more_often(sign_in) -> None:
    client = sign_in("ashcombe.preparer")
    post(client, kind="uln", pasted="1")
    counts = []
    for many in (1, 5_000):
        with CaptureQueriesContext(connection) as asked:
            text = page_of(post(client, kind="uln", pasted="1\n" * many))
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert "And 4,800 more" in text
