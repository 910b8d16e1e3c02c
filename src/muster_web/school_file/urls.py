"""The addresses of the files of schools."""

from django.urls import path

from muster_web.school_file import challenge, compare, note, school, search

urlpatterns = [
    path("", search.search, name="schools"),
    path("compare/", compare.compare, name="compare_schools"),
    path("challenges/<int:number>/", challenge.answer, name="answer_challenge"),
    path("<int:pk>/", school.school, name="school"),
    path("<int:pk>/note/", note.note, name="school_note"),
    path("<int:pk>/challenge/", challenge.challenge, name="challenge"),
]
