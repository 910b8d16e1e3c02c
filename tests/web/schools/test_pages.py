"""The pages of the file of a school: who sees what, and what is said of what cannot be."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from muster_web.accounts.models import Organisation, Succession
from muster_web.schools.actions.noting import challenge, write_note
from muster_web.schools.actions.sizing import keep_sizes
from muster_web.schools.models import Challenge, Figures, Loading, Neighbour, Note, Size

SCHOOL = "ashcombe.preparer"
OFFICER = "anyshire.la_officer"
NOTE = {
    "kind": "visit", "title": "Autumn visit", "text": "Registers are kept well.", "theme": "attendance",
    "on_day": "3", "on_month": "11", "on_year": "2025", "minutes": "45", "shared": "on",
}  # fmt: skip


@pytest.fixture
def school(organisations) -> Organisation:
    """Ashcombe with figures of two years."""
    one = organisations["ashcombe"]
    for number, period in enumerate(("2017/18", "2018/19")):
        loading = Loading.objects.create(dataset="school_absence", name=f"{number}.csv", sha256=str(number))
        values = {"absence": [9.5 + number, "9.5", ""], "persistent_absence": [None, "SUPP", "suppressed"]}
        Figures.objects.create(
            organisation=one, loading=loading, dataset="school_absence", period=period, row=7, values=values
        )
    return one


@pytest.fixture
def address(school):
    """The address of a page of the school."""
    return lambda name: reverse(name, args=[school.pk])


def text_of(answer) -> str:
    return answer.content.decode()


# -- the file ----------------------------------------------------------------------------------------------


def test_the_file_shows_each_figure_with_its_period_source_and_reader(sign_in, address) -> None:
    said = text_of(sign_in(SCHOOL).get(address("school")))
    assert "10.5%" in said and said.index("2018/19") < said.index("2017/18")
    assert "suppressed" in said and "File 1.csv, row 7" in said
    assert "Everybody who is signed in sees this" in said


@pytest.mark.parametrize(
    ("short", "said"),
    [
        ("ashcombe", "This school closed on 31 August 2019. Its file"),
        ("anyshire", "This authority is no more"),
    ],
)
def test_the_file_of_what_has_closed_is_kept_and_says_so(sign_in, school, organisations, short, said) -> None:
    closed = organisations[short]
    Organisation.objects.filter(pk=closed.pk).update(closed="2019-08-31")
    assert said in text_of(sign_in("dunmere.head").get(reverse("school", args=[closed.pk])))


def test_a_succession_of_which_the_register_says_no_kind_has_no_empty_brackets(
    sign_in, address, school, organisations
) -> None:
    Succession.objects.create(predecessor=organisations["birchfield"], successor=school, on="2014-04-01")
    said = text_of(sign_in(SCHOOL).get(address("school")))
    assert "Birchfield Primary School</a>, 1 April 2014</dd>" in said


def test_a_person_of_another_school_sees_what_was_published_and_no_more(
    sign_in, address, school, viewers
) -> None:
    note = Note(school=school, kind="concern", title="Between us", text="x")
    write_note(viewer=viewers[OFFICER], note=note)
    said = text_of(sign_in("dunmere.head").get(address("school")))
    assert "10.5%" in said
    assert "Between us" not in said and "Look at early" not in said and "This is wrong" not in said


def test_early_warnings_are_reasons_with_figures_for_the_school_and_its_authority(sign_in, address) -> None:
    for who in (SCHOOL, OFFICER):
        said = text_of(sign_in(who).get(address("school")))
        assert "More than 8% of sessions are missed: 10.5% in 2018/19" in said


def test_a_school_that_is_not_there_is_not_found(sign_in) -> None:
    assert sign_in(SCHOOL).get(reverse("school", args=[987654321])).status_code == 404


def test_more_figures_cost_no_more_questions(sign_in, address, school) -> None:
    client = sign_in(OFFICER)

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(address("school"))
        return len(queries)

    asked()
    before = asked()
    for number in range(2, 12):
        loading = Loading.objects.create(dataset="school_absence", name=f"{number}", sha256=f"{number}")
        Figures.objects.create(
            organisation=school,
            loading=loading,
            dataset="school_absence",
            period=f"{number}",
            row=1,
            values={},
        )
    assert asked() == before <= 30


# -- search and comparison ---------------------------------------------------------------------------------


def test_the_search_lists_schools_with_links_to_their_files(sign_in, address) -> None:
    said = text_of(sign_in(SCHOOL).get(reverse("schools"), {"authority": "999"}))
    assert "3 schools, narrowed" in said and address("school") in said


def test_schools_stand_beside_each_other_item_by_item(sign_in, school, organisations) -> None:
    chosen = [school.pk, organisations["birchfield"].pk]
    said = text_of(sign_in(SCHOOL).get(reverse("compare_schools"), {"school": chosen}))
    assert "10.5%" in said and "nothing was published" in said


@pytest.fixture
def sizes(organisations) -> Loading:
    """The pupils of three schools over two years; Dunmere and Birchfield changed places by size."""
    loading = Loading.objects.create(dataset="school_pupils", name="p", sha256="p")
    for period, named in (
        ("2017/18", (("ashcombe", 400), ("dunmere", 900), ("birchfield", 401))),
        ("2018/19", (("ashcombe", 400), ("dunmere", 410), ("birchfield", None))),
    ):
        Figures.objects.bulk_create(
            Figures(
                organisation=organisations[short], loading=loading, dataset="school_pupils", period=period, row=1,
                values={"pupils": [pupils, str(pupils), ""]},
            )
            for short, pupils in named
        )  # fmt: skip
    return loading


def test_schools_like_one_are_of_its_type_in_authorities_like_its_own_each_once(
    sign_in, address, school, organisations, sizes
) -> None:
    keep_sizes(sizes)
    Neighbour.objects.create(
        authority=organisations["anyshire"], other=organisations["otherby"], place=1, closeness="Close"
    )
    said = text_of(sign_in(SCHOOL).get(address("school")))
    like = said[said.index("Schools like this one") :]
    assert like.count(">Dunmere School</a>") == 1 and "Birchfield" not in like


def test_the_size_of_a_school_is_the_last_number_published_and_an_upgrade_says_the_same(db, sizes) -> None:
    keep_sizes()
    kept = dict(Size.objects.values_list("organisation__name", "pupils"))
    assert kept == {"Ashcombe School": 400, "Dunmere School": 410, "Birchfield Primary School": 401}
    Size.objects.all().delete()
    import_module("muster_web.schools.migrations.0005_size").carry_over(apps, None)
    assert dict(Size.objects.values_list("organisation__name", "pupils")) == kept


# -- notes -------------------------------------------------------------------------------------------------


def test_an_officer_writes_a_note_that_the_school_reads(sign_in, address) -> None:
    assert sign_in(OFFICER).get(address("school_note")).status_code == 200
    assert sign_in(OFFICER).post(address("school_note"), NOTE).status_code == 302
    said = text_of(sign_in(SCHOOL).get(address("school")))
    assert "Autumn visit" in said and "3 November 2025" in said and "45 minutes" in said


def test_a_note_without_words_or_of_a_day_to_come_is_refused(sign_in, address) -> None:
    client = sign_in(OFFICER)
    for wrong in ({**NOTE, "text": ""}, {**NOTE, "on_year": "2999"}):
        assert client.post(address("school_note"), wrong).status_code == 400
    assert not Note.objects.exists()


@pytest.mark.parametrize(("who", "status"), [("otherby.la_officer", 404), (SCHOOL, 403)])
def test_only_its_own_authority_writes_about_a_school(sign_in, address, who, status) -> None:
    assert sign_in(who).post(address("school_note"), NOTE).status_code == status
    assert not Note.objects.exists()


def test_an_authority_writes_nothing_about_an_academy(sign_in, organisations) -> None:
    url = reverse("school_note", args=[organisations["coldbrook"].pk])
    assert sign_in(OFFICER).post(url, NOTE).status_code == 404


# -- what the school says is wrong -------------------------------------------------------------------------


def test_a_school_says_what_is_wrong_and_reads_the_answer(sign_in, address) -> None:
    where = address("challenge") + "?about=Sessions%20missed&place=1.csv%20row%207"
    assert "1.csv row 7" in text_of(sign_in(SCHOOL).get(where))
    assert sign_in(SCHOOL).post(where, {"text": "We missed fewer."}).status_code == 302
    subject = Challenge.objects.get()
    said = {"state": "accepted", "text": "So it is; the file is corrected."}
    answer = reverse("answer_challenge", args=[subject.pk])
    assert sign_in(OFFICER).get(answer).status_code == 200
    assert sign_in(OFFICER).post(answer, said).status_code == 302
    page = text_of(sign_in(SCHOOL).get(address("school")))
    assert "We missed fewer." in page and "the file is corrected" in page and "Accepted" in page


def test_an_answer_stands_once(sign_in, school, viewers) -> None:
    subject = challenge(viewer=viewers[SCHOOL], school=school, about="a", place="b", text="c")
    answer = reverse("answer_challenge", args=[subject.pk])
    said = {"state": "refused", "text": "The file is right."}
    assert [sign_in(OFFICER).post(answer, said).status_code for _ in range(2)] == [302, 400]


def test_nothing_said_is_refused(sign_in, address, school, viewers) -> None:
    assert sign_in(SCHOOL).post(address("challenge"), {"text": ""}).status_code == 400
    subject = challenge(viewer=viewers[SCHOOL], school=school, about="a", place="b", text="c")
    assert sign_in(OFFICER).post(reverse("answer_challenge", args=[subject.pk]), {}).status_code == 400


def test_only_the_school_challenges_and_only_its_authority_answers(sign_in, address, school, viewers) -> None:
    assert sign_in("birchfield.preparer").post(address("challenge"), {"text": "x"}).status_code == 404
    assert sign_in(OFFICER).post(address("challenge"), {"text": "x"}).status_code == 403
    subject = challenge(viewer=viewers[SCHOOL], school=school, about="a", place="b", text="c")
    answer = reverse("answer_challenge", args=[subject.pk])
    assert sign_in("otherby.la_officer").post(answer, {"state": "refused", "text": "x"}).status_code == 404
    assert sign_in(SCHOOL).post(answer, {"state": "refused", "text": "x"}).status_code == 403


@pytest.mark.parametrize("name", ["schools", "compare_schools"])
def test_nobody_comes_in_without_signing_in(client, db, name) -> None:
    assert client.get(reverse(name)).status_code == 302


def test_an_authority_has_a_file_too_with_a_link_to_its_schools(sign_in, organisations) -> None:
    loading = Loading.objects.create(dataset="authority_places", name="places.csv", sha256="x")
    Figures.objects.create(
        organisation=organisations["anyshire"], loading=loading, dataset="authority_places", period="2024/25", row=3,
        values={"primary_pupils": [25673, "25673", ""]},
    )  # fmt: skip
    said = text_of(sign_in(SCHOOL).get(reverse("school", args=[organisations["anyshire"].pk])))
    assert "25,673" in said and "Schools of Anyshire" in said
