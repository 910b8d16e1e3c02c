"""The addresses of the files of schools."""

from django.urls import path

from muster_web.school_file import challenge, compare, note, school, search

urlpatterns = [
    path("", search.search, name="schools"),
    path("compare/", compare.compare, name="compare_schools"),
    path("challenges/<int:pk>/", challenge.answer, name="answer_challenge"),
    path("<str:urn>/", school.school, name="school"),
    path("<str:urn>/note/", note.note, name="school_note"),
    path("<str:urn>/challenge/", challenge.challenge, name="challenge"),
]
