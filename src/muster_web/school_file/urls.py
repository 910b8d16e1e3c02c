"""The addresses of the files of schools."""

from django.urls import path

from muster_web.school_file import (
    ask,
    brief,
    challenge,
    compare,
    concerns,
    demand,
    document,
    note,
    plan,
    review,
    school,
    search,
    send_list,
    ticket,
    tickets,
)

urlpatterns = [
    path("", search.search, name="schools"),
    path("compare/", compare.compare, name="compare_schools"),
    path("demand/", demand.demand, name="demand"),
    path("concerns/", concerns.concerns, name="concerns"),
    path("lists/", send_list.send_list, name="send_list"),
    path("tickets/", tickets.tickets, name="tickets"),
    path("tickets/<int:number>/", ticket.ticket, name="ticket"),
    path("tickets/<int:number>/close/", ticket.close, name="close_ticket"),
    path("documents/<int:number>/", document.read, name="read_document"),
    path("notes/<int:number>/end/", note.end, name="end_concern"),
    path("notes/<int:number>/review/", review.review, name="review_concern"),
    path("challenges/<int:number>/", challenge.answer, name="answer_challenge"),
    path("<int:pk>/", school.school, name="school"),
    path("<int:pk>/brief/", brief.brief, name="school_brief"),
    path("<int:pk>/ask/", ask.ask, name="ask"),
    path("<int:pk>/document/", document.file, name="school_document"),
    path("<int:pk>/plan/", plan.plan, name="school_plan"),
    path("<int:pk>/plan/themes/", plan.plan_themes, name="school_plan_themes"),
    path("<int:pk>/note/", note.note, name="school_note"),
    path("<int:pk>/challenge/", challenge.challenge, name="challenge"),
]
