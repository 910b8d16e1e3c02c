"""The table of contents of the site."""

from django.conf import settings
from django.urls import include, path

from muster_web.accounts.access import open_to_everybody
from muster_web.api import machine_webhooks, machines, reference
from muster_web.design.style import style
from muster_web.people import home

urlpatterns = [
    path("", home.home, name="home"),
    path("choose/", home.choose, name="choose_organisation"),
    path("sign-in/", include("allauth.urls")),
    path("", include("muster_web.provider.urls")),
    path("", include("muster_web.authority.urls")),
    path("", include("muster_web.collector.urls")),
    path("people/", include("muster_web.people.urls")),
    path("schools/", include("muster_web.school_file.urls")),
    path("plans/", include("muster_web.plans.urls")),
    path("schools/planning/", include("muster_web.planner.urls")),
    path("dictionary/", include("muster_web.dictionary.urls")),
    path("governance/", include("muster_web.governance.urls")),
    path("api/", include("muster_web.api.urls")),
    path("developers/", reference.developers, name="developers"),
    path("machines/", machines.machines, name="machines"),
    path("machines/new/", machines.new_machine, name="new_machine"),
    path("machines/<int:pk>/webhooks/", machine_webhooks.machine_webhooks, name="machine_webhooks"),
    path("machines/<int:pk>/webhooks/<uuid:webhook>/", machine_webhooks.webhook_log, name="webhook_log"),
    path(
        "machines/<int:pk>/webhooks/<uuid:webhook>/<slug:what>/",
        machine_webhooks.change_webhook,
        name="change_webhook",
    ),
    path("machines/<int:pk>/<str:what>/", machines.change_machine, name="change_machine"),
    path("", include("muster_web.operations.urls")),
]

if settings.DEMO:
    urlpatterns.append(path("style/", open_to_everybody(style), name="style"))

handler400 = "muster_web.operations.refused.not_understood"
handler500 = "muster_web.operations.away.unanswered"
