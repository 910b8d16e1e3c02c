"""A school asks its authority something: a thread with a state that both see, and nobody else."""

from __future__ import annotations

import pytest
from django.core import mail
from django.urls import reverse

from muster_web.audit.models import AuditEvent
from muster_web.schools.actions import asking
from muster_web.schools.models import Ticket

SCHOOL, OFFICER, STRANGER = "ashcombe.head", "anyshire.la_officer", "otherby.la_officer"
ASKED = {"title": "Places in Year 7", "text": "May we go over our number by two?"}


@pytest.fixture
def school(organisations):
    return organisations["ashcombe"]


@pytest.fixture
def ticket(school, viewers) -> Ticket:
    """What Ashcombe asked its authority."""
    return asking.ask(viewer=viewers[SCHOOL], school=school, **ASKED)


@pytest.fixture
def address(ticket) -> str:
    return reverse("ticket", args=[ticket.pk])


def text_of(answer) -> str:
    return answer.content.decode()


def test_a_question_is_asked_answered_and_closed_and_both_read_all_of_it(sign_in, school, returns) -> None:
    where = reverse("ask", args=[school.pk])
    assert str(returns["ashcombe"].round) in text_of(sign_in(SCHOOL).get(where))
    assert sign_in(SCHOOL).post(where, {**ASKED, "subject": returns["ashcombe"].pk}).status_code == 302
    ticket = Ticket.objects.get()
    address, tickets = reverse("ticket", args=[ticket.pk]), reverse("tickets")
    assert "Waits for the authority" in text_of(sign_in(OFFICER).get(tickets))
    assert "requests (1 for you)" in text_of(sign_in(OFFICER).get(reverse("schools")))
    assert sign_in(OFFICER).post(address, {"text": "By two, yes."}).status_code == 302
    for who, seen in ((SCHOOL, True), (OFFICER, False)):
        assert ("(1 for you)" in text_of(sign_in(who).get(reverse("schools")))) is seen
    assert "Answered" in text_of(sign_in(SCHOOL).get(tickets))
    assert sign_in(SCHOOL).post(address, {"text": "And by three?"}).status_code == 302
    assert "Waits for the authority" in text_of(sign_in(OFFICER).get(tickets))
    assert sign_in(OFFICER).post(reverse("close_ticket", args=[ticket.pk])).status_code == 302
    for who in (SCHOOL, OFFICER):
        said = text_of(sign_in(who).get(address))
        assert said.index("go over our number") < said.index("By two, yes.") < said.index("And by three?")
        assert "Closed" in said and reverse("return_page", args=[returns["ashcombe"].pk]) in said
    names = list(
        AuditEvent.objects.filter(name__startswith="ticket_")
        .order_by("number")
        .values_list("name", flat=True)
    )
    assert names == ["ticket_asked", "ticket_replied", "ticket_replied", "ticket_closed"]


def test_it_stands_in_the_file_of_the_school_for_the_two_alone(sign_in, school, ticket) -> None:
    for who, seen in ((SCHOOL, True), (OFFICER, True), (STRANGER, False), ("dunmere.head", False)):
        said = text_of(sign_in(who).get(reverse("school", args=[school.pk])))
        assert ("Places in Year 7" in said) is seen, who


def test_the_others_are_written_to_and_nothing_of_it_is_in_the_letter(ticket, viewers) -> None:
    officers = [[viewers[f"anyshire.{role}"].user.email] for role in ("la_approver", "la_officer")]
    assert sorted(letter.to for letter in mail.outbox) == officers
    for letter in mail.outbox:
        assert reverse("ticket", args=[ticket.pk]) in letter.body and "number by two" not in letter.body


@pytest.mark.parametrize("name", ["ticket", "close_ticket"])
def test_others_find_no_ticket(client, sign_in, ticket, name) -> None:
    url = reverse(name, args=[ticket.pk])
    assert client.post(url).status_code == 302
    for who, status in ((STRANGER, 404), ("birchfield.head", 404), ("department.collector", 403)):
        assert sign_in(who).post(url, {"text": "x"}).status_code == status, who
    assert ticket.replies.count() == 1


def test_only_the_school_asks_and_the_list_is_for_schools_and_officers(client, sign_in, school) -> None:
    url = reverse("ask", args=[school.pk])
    assert client.get(url).status_code == client.get(reverse("tickets")).status_code == 302
    assert sign_in("birchfield.head").post(url, ASKED).status_code == 404
    assert sign_in(OFFICER).post(url, ASKED).status_code == 403
    assert sign_in("department.collector").get(reverse("tickets")).status_code == 403
    assert "There is none" in text_of(sign_in(STRANGER).get(reverse("tickets")))


def test_an_academy_asks_its_authority_too(sign_in, organisations) -> None:
    url = reverse("ask", args=[organisations["coldbrook"].pk])
    assert sign_in("coldbrook.head").post(url, ASKED).status_code == 302
    assert "Places in Year 7" in text_of(sign_in(OFFICER).get(reverse("tickets")))


def test_what_says_nothing_or_names_a_return_of_others_is_refused(sign_in, school, returns, address) -> None:
    url = reverse("ask", args=[school.pk])
    for wrong in ({"title": ""}, {"text": " "}, {"subject": returns["birchfield"].pk}):
        assert sign_in(SCHOOL).post(url, {**ASKED, **wrong}).status_code == 400, wrong
    assert sign_in(SCHOOL).post(address, {"text": ""}).status_code == 400
    assert Ticket.objects.count() == 1


def test_what_is_written_stays_words(sign_in, school) -> None:
    script = "<script>alert(1)</script>"
    sign_in(SCHOOL).post(reverse("ask", args=[school.pk]), {"title": script, "text": script})
    for page in (reverse("ticket", args=[Ticket.objects.get().pk]), reverse("tickets")):
        assert script not in text_of(sign_in(OFFICER).get(page)), page


def test_what_is_closed_stays_closed(sign_in, ticket, address) -> None:
    close = reverse("close_ticket", args=[ticket.pk])
    assert sign_in(SCHOOL).get(close).status_code == 405
    assert [sign_in(SCHOOL).post(close).status_code for _ in range(2)] == [302, 403]
    answer = sign_in(OFFICER).post(address, {"text": "Late."})
    assert answer.status_code == 400 and "This is closed" in text_of(answer)
