"""The addresses of the files of schools."""

from django.urls import path

from muster_web.school_file import brief, challenge, compare, demand, document, note, plan, school, search

urlpatterns = [
    path("", search.search, name="schools"),
    path("compare/", compare.compare, name="compare_schools"),
    path("demand/", demand.demand, name="demand"),
    path("documents/<int:number>/", document.read, name="read_document"),
    path("notes/<int:number>/end/", note.end, name="end_concern"),
    path("challenges/<int:number>/", challenge.answer, name="answer_challenge"),
    path("<int:pk>/", school.school, name="school"),
    path("<int:pk>/brief/", brief.brief, name="school_brief"),
    path("<int:pk>/document/", document.file, name="school_document"),
    path("<int:pk>/plan/", plan.plan, name="school_plan"),
    path("<int:pk>/plan/themes/", plan.plan_themes, name="school_plan_themes"),
    path("<int:pk>/note/", note.note, name="school_note"),
    path("<int:pk>/challenge/", challenge.challenge, name="challenge"),
]
