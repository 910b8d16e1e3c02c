"""The table of contents of the site."""

from django.urls import include, path

from muster_web.api import machines, reference
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
    path("dictionary/", include("muster_web.dictionary.urls")),
    path("governance/", include("muster_web.governance.urls")),
    path("api/", include("muster_web.api.urls")),
    path("developers/", reference.developers, name="developers"),
    path("machines/", machines.machines, name="machines"),
    path("machines/new/", machines.new_machine, name="new_machine"),
    path("machines/<int:pk>/<str:what>/", machines.change_machine, name="change_machine"),
    path("", include("muster_web.operations.urls")),
]

handler500 = "muster_web.operations.away.unanswered"
