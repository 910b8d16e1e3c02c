"""Tags for components, form fields, error summaries, tables and charts: ``{% load govuk %}``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseFormSet, BoundField
from django.forms.forms import BaseForm
from django.http import QueryDict
from django.template import Context, Node, NodeList, TemplateSyntaxError
from django.template.base import FilterExpression, Parser, Token, token_kwargs
from django.utils.html import format_html
from django.utils.safestring import SafeString

from muster_web.design import components, form_markup, tables
from muster_web.design.components import component, nested
from muster_web.design.figures import Task
from muster_web.design.wording import thousands

register = template.Library()


@register.simple_tag
def govuk(name: str, /, **params: Any) -> SafeString:
    """A component: ``{% govuk "button" text="Submit" href=url %}``; parts of a part with two underscores."""
    return component(name, nested(params))


@register.simple_tag
def govuk_field(field: BoundField, /, **options: Any) -> SafeString:
    """A form field with its label, hint and error: ``{% govuk_field form.email label_size="m" %}``."""
    name, params = form_markup.described(field, nested(options))
    return component(name, params)


@register.simple_tag
def govuk_errors(*forms: BaseForm | BaseFormSet[Any]) -> SafeString:
    """The summary of every error of forms and sets of forms, with links to the fields; nothing when there is none."""
    links = [link for form in forms for link in form_markup.error_links(form)]
    if not links:
        return SafeString("")
    return component("error-summary", {"titleText": "There is a problem", "errorList": links})


@register.simple_tag(takes_context=True)
def pagination(context: Context, page: Page[Any]) -> SafeString:
    """Links to the other pages of a list; nothing when there is only one."""
    if page.paginator.num_pages <= 1:
        return SafeString("")
    return component("pagination", tables.page_links(page, _query(context)))


def _query(context: Context) -> QueryDict:
    request = context.get("request")
    return request.GET if request is not None else QueryDict()


@register.simple_tag
def task_list(tasks: Iterable[Task], *, id_prefix: str = "task") -> SafeString:
    """A list of tasks, each with its status."""
    return component("task-list", {"items": [task.item() for task in tasks], "idPrefix": id_prefix})


@register.simple_tag
def badge(number: int, label: str = "", *, colour: str = "") -> SafeString:
    """A count in a small coloured shape: ``{% badge 12 "to fix" colour="red" %}``; the label is for ears only."""
    classes = f"muster-badge muster-badge--{colour}" if colour else "muster-badge"
    spoken = format_html(' <span class="govuk-visually-hidden">{}</span>', label) if label else ""
    return format_html('<span class="{}">{}</span>{}', classes, thousands(number), spoken)


@register.tag
def in_landmark(parser: Parser, token: Token) -> Node:
    """What stands outside ``main``, in a landmark of its own, unless it is empty or brings one."""
    _, label = token.split_contents()
    inside = parser.parse(("endin_landmark",))
    parser.delete_first_token()
    return _Landmark(parser.compile_filter(label), inside)


class _Landmark(Node):
    """A ``nav`` around what is not in one: who goes from landmark to landmark would miss a bare link."""

    def __init__(self, label: FilterExpression, inside: NodeList) -> None:
        self.label, self.nodelist = label, inside

    def render(self, context: Context) -> SafeString:
        inside = self.nodelist.render(context)
        if not inside.strip() or "<nav" in inside:
            return inside
        return format_html('<nav aria-label="{}">{}</nav>', self.label.resolve(context), inside)


@register.tag
def govuk_block(parser: Parser, token: Token) -> Node:
    """A component around markup: ``{% govuk_block "details" summary_text="Why" %}…{% endgovuk_block %}``."""
    words = token.split_contents()[1:]
    if not words:
        raise TemplateSyntaxError("govuk_block wants the name of a component")
    params = token_kwargs(words[1:], parser)
    inside = parser.parse(("endgovuk_block",))
    parser.delete_first_token()
    return _Block(parser.compile_filter(words[0]), params, inside)


class _Block(Node):
    """A component whose ``html`` is what stands between its tags."""

    def __init__(self, name: FilterExpression, params: dict[str, FilterExpression], inside: NodeList) -> None:
        self.name, self.params, self.nodelist = name, params, inside

    def render(self, context: Context) -> SafeString:
        params = {key: value.resolve(context) for key, value in self.params.items()}
        inside = self.nodelist.render(context)
        return components.component(self.name.resolve(context), nested(params) | {"html": inside})
