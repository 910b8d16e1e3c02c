"""Tags: components and fields as markup, with everything that is text escaped."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.utils.html import format_html

from muster_web.design.components import UnknownComponent, names
from muster_web.design.fields import DateField
from muster_web.design.figures import Task
from tests.shape.source import REPOSITORY

EVIL = "<script>alert('x')</script>\"'&"


def rendered(template: str, **context: Any) -> str:
    """A template with our tags, rendered."""
    return Template("{% load govuk wording %}" + template).render(Context(context))


class Form(forms.Form):
    """A form with a field of each sort that tests look at."""

    name = forms.CharField(label="Full name", help_text="As in the payroll")
    role = forms.ChoiceField(choices=[("h", "Head"), ("t", "Teacher")], widget=forms.RadioSelect)
    ticks = forms.MultipleChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.CheckboxSelectMultiple)
    starts = DateField(label="Start date")
    agrees = forms.BooleanField(label="I agree")
    secret = forms.CharField(widget=forms.PasswordInput)


def test_a_component_takes_its_parameters_by_name() -> None:
    button = rendered('{% govuk "button" text="Go on" href=to %}', to="/next?a=1&b=2")
    assert 'href="/next?a=1&amp;b=2"' in button
    assert "Go on" in button


@pytest.mark.parametrize(
    "tag",
    [
        '{% govuk "tag" text=evil %}',
        '{% govuk "button" text=evil href=evil %}',
        '{% govuk "inset-text" html=evil %}',
        '{% govuk "table" rows=rows caption=evil %}',
        '{% govuk "summary-list" rows=facts %}',
        '{% govuk "tag" text="x" attributes=attributes %}',
        '{% govuk "tag" text="x" classes=evil %}',
        "{% badge 1 evil colour=evil %}",
        "{% task_list tasks %}",
        '{% govuk_block "details" summary_text=evil %}{{ evil }}{% endgovuk_block %}',
    ],
)
def test_nothing_a_person_typed_becomes_markup(tag: str) -> None:
    facts = [{"key": {"text": EVIL}, "value": {"html": EVIL}}]
    given = {"evil": EVIL, "rows": [[{"text": EVIL}]], "facts": facts, "attributes": {"title": EVIL}}
    out = rendered(tag, **given, tasks=[Task(EVIL, EVIL, "/", hint=EVIL)])
    assert "<script" not in out
    assert "&lt;script&gt;" in out


def test_a_literal_of_a_template_is_text_as_well() -> None:
    assert "&lt;b&gt;" in rendered('{% govuk "tag" text="<b>bold</b>" %}')


def test_markup_that_is_known_to_be_safe_stays_markup() -> None:
    safe = format_html("<em>{}</em>", EVIL)
    out = rendered('{% govuk "inset-text" html=safe %}', safe=safe)
    assert "<em>&lt;script" in out


@pytest.mark.parametrize("typed", [EVIL, "{{ 7|add:7 }}", "{% debug %}"])
def test_what_was_typed_into_a_field_comes_back_as_text(typed: str) -> None:
    out = rendered("{% govuk_field form.name %}{% govuk_errors form %}", form=Form({"name": typed}))
    assert "<script" not in out
    assert "14" not in out
    assert out.count("{% debug %}") == (typed == "{% debug %}")


def test_an_unknown_component_names_the_nearest() -> None:
    with pytest.raises(UnknownComponent, match="did you mean 'button'"):
        rendered('{% govuk "buton" text="x" %}')


def test_every_template_names_components_that_there_are() -> None:
    templates = [
        path.read_text(encoding="utf-8") for path in (REPOSITORY / "src" / "muster_web").rglob("*.html")
    ]
    named = {name for text in templates for name in re.findall(r'{% govuk "([^"]+)"', text)}
    assert "button" in named and named <= set(names())


@pytest.mark.parametrize("name", ["header", "footer"])
def test_what_carries_the_crown_is_not_to_be_had(name: str) -> None:
    with pytest.raises(UnknownComponent):
        rendered(f'{{% govuk "{name}" %}}')


@pytest.mark.parametrize("name", sorted(names()))
def test_every_component_can_be_called(name: str) -> None:
    x = {"text": "x"}
    item = {**x, "value": "y", "heading": x, "panel": x, "title": x, "status": x, "content": x}
    given = {"label": x, "legend": x, "fieldset": {"legend": x}, "items": [item]}
    parts = " ".join(f"{key}={key}" for key in given)
    out = rendered(f'{{% govuk "{name}" text="x" name="n" logo_text="x" title_text="x" {parts} %}}', **given)
    assert out.startswith("<") and out.endswith(">")


def test_a_block_wants_the_name_of_its_component() -> None:
    with pytest.raises(TemplateSyntaxError):
        rendered("{% govuk_block %}{% endgovuk_block %}")


def test_a_field_has_its_label_and_its_hint() -> None:
    out = rendered('{% govuk_field form.name label_size="m" heading=True %}', form=Form())
    assert '<h1 class="govuk-label-wrapper">' in out
    assert 'class="govuk-label govuk-label--m"' in " ".join(out.split())
    assert 'aria-describedby="id_name-hint"' in out
    assert "As in the payroll" in out


def test_a_label_has_one_of_four_sizes() -> None:
    with pytest.raises(ValueError, match="label_size is one of"):
        rendered('{% govuk_field form.name label_size="huge" %}', form=Form())


def test_a_field_that_is_wrong_says_what() -> None:
    out = rendered("{% govuk_field form.name %}", form=Form({}))
    assert "Full name is missing" in out
    assert 'aria-describedby="id_name-hint id_name-error"' in out


def test_choices_keep_what_was_chosen() -> None:
    form = Form({"role": "t", "ticks": ["a", "b"]})
    out = rendered("{% govuk_field form.role %}{% govuk_field form.ticks %}", form=form)
    assert out.count(" checked") == 3
    assert out.count('type="checkbox"') == 2
    assert out.count('type="radio"') == 2


def test_choices_in_groups_say_their_group() -> None:
    form = Form()
    form.fields["role"] = forms.ChoiceField(choices=[("Staff", [("h", "Head")]), ("o", "Other")])
    out = rendered("{% govuk_field form.role %}", form=form)
    assert "Staff: Head" in out
    assert 'value="o"' in out


def test_a_password_is_never_sent_back() -> None:
    assert "hunter2" not in rendered("{% govuk_field form.secret %}", form=Form({"secret": "hunter2"}))


def test_every_error_of_the_summary_leads_to_a_box_that_is_there() -> None:
    out = rendered(
        "{% govuk_errors form %}{% for field in form %}{% govuk_field field %}{% endfor %}", form=Form({})
    )
    for name in ("name", "role", "ticks", "starts_day", "agrees", "secret"):
        assert f'href="#id_{name}"' in out
        assert f'id="id_{name}"' in out


def test_a_set_of_forms_has_one_summary() -> None:
    many = forms.formset_factory(Form, extra=0, min_num=2, validate_min=True)
    sent = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-name": "", "form-0-role": "h"}
    out = rendered("{% govuk_errors many %}", many=many(sent))
    assert 'href="#id_form-0-name"' in out
    assert "Please submit at least 2 forms" in out


def test_a_form_without_errors_has_no_summary() -> None:
    assert rendered("{% govuk_errors form %}", form=Form()) == ""


def test_pages_keep_the_rest_of_the_address() -> None:
    page = Paginator(range(100), 10).get_page(5)
    request = RequestFactory().get("/list", {"sort": "-name", "page": "5"})
    out = rendered("{% pagination page %}", page=page, request=request)
    assert "?sort=-name&amp;page=6" in out
    assert 'aria-current="page"' in out


def test_one_page_needs_no_links() -> None:
    assert rendered("{% pagination page %}", page=Paginator([1], 10).get_page(1)) == ""
