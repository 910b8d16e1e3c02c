"""The table of contents of the site."""

from django.urls import include, path

from muster_web.api import reference
from muster_web.people import home

urlpatterns = [
    path("", home.home, name="home"),
    path("choose/", home.choose, name="choose_organisation"),
    path("sign-in/", include("allauth.urls")),
    path("", include("muster_web.provider.urls")),
    path("", include("muster_web.authority.urls")),
    path("", include("muster_web.collector.urls")),
    path("people/", include("muster_web.people.urls")),
    path("governance/", include("muster_web.governance.urls")),
    path("api/", include("muster_web.api.urls")),
    path("developers/", reference.developers, name="developers"),
    path("", include("muster_web.operations.urls")),
]
