"""A file is taken over item by item: what is asked has to be answered, and nothing held is overwritten silently."""

from __future__ import annotations

import pytest

from muster.model import MusterError
from muster.submit.states import NotAllowed
from muster.transferring.roll import pupils_of
from muster.transferring.taking_in import Accepted
from muster_web.audit.models import AuditEvent
from muster_web.transfers.accepted import accepted_text
from muster_web.transfers.actions.importing import (
    Answers,
    accept,
    accept_clear,
    compare_with_roll,
    leave_out,
)
from muster_web.transfers.actions.sending import send
from muster_web.transfers.held import as_pupil
from muster_web.transfers.models import Pupil, Transfer
from muster_web.transfers.queries.importing import NOBODY, Compared
from muster_web.transfers.reading import read
from tests.web.transfers.files import ctf_of, name_of, pupil_of, upn_of
from tests.web.transfers.world import on_roll, on_roll_as_in

pytestmark = pytest.mark.django_db(transaction=True)
MOVED = pupil_of(1, Street="New Road", PAON="9", PostCode="AA9 1AA")


@pytest.fixture
def receiver(viewers):
    """Birchfield's data manager."""
    return viewers["birchfield.preparer"]


def arrives(viewers, *pupils: str) -> Transfer:
    """A file of some pupils from Ashcombe to Birchfield."""
    content = ctf_of(pupils="".join(pupils) or pupil_of(1))
    return send(viewer=viewers["ashcombe.preparer"], chunks=[content], name=name_of()).transfer


def beside_roll(receiver, transfer: Transfer) -> Compared:
    """The file beside the roll as it stands now."""
    return compare_with_roll(viewer=receiver, transfer=Transfer.objects.get(pk=transfer.pk))


def standings(found: Compared) -> list[str]:
    """Whether each pupil of a file is new, matched or possibly known."""
    return [one.change.match.standing for one in found.lines]


def test_a_new_pupil_is_taken_over_whole_and_the_file_counts_as_opened(
    viewers, receiver, organisations
) -> None:
    sent = arrives(viewers)
    found = beside_roll(receiver, sent)
    assert (
        standings(found) == ["new"] and found.clear == 1 and accept_clear(viewer=receiver, found=found) == 1
    )
    [pupil] = Pupil.objects.filter(organisation=organisations["birchfield"])
    held = as_pupil(pupil.pk, pupil.held)
    assert (pupil.upn, pupil.surname, held.get("postcode")) == (upn_of(1), "Larch", "AA9 9ZZ")
    assert {one.table for one in held.records} == {"contacts"} and pupil.came_from == f"transfer:{sent.pk}"
    assert list(sent.events.values_list("name", flat=True)) == [
        "file_sent",
        "file_opened",
        "pupil_taken_over",
    ]
    assert beside_roll(receiver, sent).left == 0


def test_an_address_is_never_overwritten_silently(viewers, receiver, organisations) -> None:
    pupil = on_roll_as_in(organisations["birchfield"], pupil_of(1))
    found = beside_roll(receiver, arrives(viewers, MOVED))
    assert found.clear == 0 and accept_clear(viewer=receiver, found=found) == 0
    asked = [one.item for one in found.lines[0].change.items if one.proposal == "ask"]
    assert set(asked) == {"street", "paon", "postcode"}
    with pytest.raises(MusterError, match=r"Say of each whether it is taken: .*Street"):
        accept(viewer=receiver, found=found, position=0, answers=Answers(pupil.pk, Accepted(), Accepted()))
    pupil.refresh_from_db()
    assert as_pupil(0, pupil.held).get("street") == "Mill Lane" and not pupil.organisation.pupils.exclude(
        pk=pupil.pk
    )


def test_each_answer_is_followed(viewers, receiver, organisations) -> None:
    pupil = on_roll_as_in(organisations["birchfield"], pupil_of(1))
    found = beside_roll(receiver, arrives(viewers, MOVED))
    answers = Answers(pupil.pk, Accepted({"street", "paon"}), Accepted({"postcode"}))
    made = accept(viewer=receiver, found=found, position=0, answers=answers)
    pupil.refresh_from_db()
    held = as_pupil(0, pupil.held)
    assert (held.get("street"), held.get("postcode")) == ("New Road", "AA9 9ZZ")
    assert made.taken == ["paon", "street"] and made.pupil == pupil
    assert "New Road" not in str(list(AuditEvent.objects.values_list("data", flat=True)))


def test_another_contact_beside_ours_is_asked_about(viewers, receiver, organisations) -> None:
    pupil = on_roll_as_in(organisations["birchfield"], pupil_of(1))
    other = pupil_of(1).replace("<Forename>Ellen</Forename>", "<Forename>Mark</Forename>")
    found = beside_roll(receiver, arrives(viewers, other))
    [place] = [n for n, one in enumerate(found.lines[0].change.records) if one.proposal == "ask"]
    answers = Answers(pupil.pk, Accepted((), {place}), Accepted())
    accept(viewer=receiver, found=found, position=0, answers=answers)
    pupil.refresh_from_db()
    assert {one.values["forename"] for one in as_pupil(0, pupil.held).records} == {"Ellen", "Mark"}


def test_name_and_sex_alone_make_nobody_known(viewers, receiver, organisations) -> None:
    on_roll(organisations["birchfield"], upn="", born="2003-01-01")
    assert standings(beside_roll(receiver, arrives(viewers))) == ["new"]


def test_name_and_birth_date_are_for_a_person_to_decide(viewers, receiver, organisations) -> None:
    pupil = on_roll(organisations["birchfield"], upn="")
    found = beside_roll(receiver, arrives(viewers))
    assert standings(found) == ["possible"] and found.clear == 0
    accept(viewer=receiver, found=found, position=0, answers=Answers(NOBODY, Accepted(), Accepted()))
    assert Pupil.objects.exclude(pk=pupil.pk).count() == 1


def test_somebody_who_was_not_offered_is_refused(viewers, receiver, organisations) -> None:
    other = on_roll(organisations["birchfield"], 7, born="2003-01-01", surname="Elm")
    found = beside_roll(receiver, arrives(viewers))
    with pytest.raises(MusterError, match="was not offered"):
        accept(viewer=receiver, found=found, position=0, answers=Answers(other.pk, Accepted(), Accepted()))


def test_a_pupil_of_another_school_is_not_even_compared(viewers, receiver, organisations) -> None:
    on_roll(organisations["coldbrook"])
    assert standings(beside_roll(receiver, arrives(viewers))) == ["new"]


def test_a_permanent_upn_stays_where_the_file_has_a_temporary_one(viewers, receiver, organisations) -> None:
    pupil = on_roll_as_in(organisations["birchfield"], pupil_of(1))
    before, temporary = pupil.upn, "T82040011300A"
    content = pupil_of(1, UPN=temporary).replace(
        "<BasicDetails>", f"<BasicDetails><FormerUPN>{before}</FormerUPN>"
    )
    found = beside_roll(receiver, arrives(viewers, content))
    answers = Answers(pupil.pk, Accepted({"upn"}), Accepted({"former_upn"}))
    with pytest.raises(MusterError, match="never replaced by a temporary"):
        accept(viewer=receiver, found=found, position=0, answers=answers)
    pupil.refresh_from_db()
    assert pupil.upn == before


def test_a_pupil_is_left_out(viewers, receiver) -> None:
    sent = arrives(viewers)
    leave_out(viewer=receiver, found=beside_roll(receiver, sent), position=0)
    assert not Pupil.objects.exists() and beside_roll(receiver, sent).left == 0


def test_what_was_accepted_goes_to_the_mis_and_nothing_else(viewers, receiver, organisations) -> None:
    pupil = on_roll_as_in(organisations["birchfield"], pupil_of(1))
    others = pupil_of(2, DOB="2002-06-01") + pupil_of(3, DOB="2002-06-02")
    sent = arrives(viewers, MOVED, others)
    found = beside_roll(receiver, sent)
    answers = Answers(pupil.pk, Accepted({"street"}), Accepted({"postcode", "paon"}))
    accept(viewer=receiver, found=found, position=0, answers=answers)
    leave_out(viewer=receiver, found=found, position=1)
    accept_clear(viewer=receiver, found=beside_roll(receiver, sent))
    whole = read(ctf_of(pupils=MOVED + others), name_of())
    text = accepted_text(whole, {one.position: one for one in sent.decisions.all()})
    first, last = pupils_of(read(text.encode(), name_of()))
    assert (first.get("upn"), first.get("street"), first.get("postcode")) == (upn_of(1), "New Road", "")
    assert (
        last.get("upn") == upn_of(3) and last.get("postcode") and len(last.records) == 1 and not first.records
    )


def test_only_the_receiver_imports(viewers) -> None:
    sent = arrives(viewers)
    for other in ("ashcombe.preparer", "anyshire.la_officer"):
        with pytest.raises(NotAllowed):
            compare_with_roll(viewer=viewers[other], transfer=sent)
