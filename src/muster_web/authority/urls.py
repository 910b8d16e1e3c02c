"""The addresses of the pages over many returns, and of the decisions on one."""

from django.urls import path

from muster_web.authority import (
    at_risk,
    batch,
    board,
    cases,
    chase,
    deadline,
    decide,
    explanations,
    exports,
    lost_pupils,
    pupil_files,
    rules,
    send_many,
    terms,
)

urlpatterns = [
    path("rounds/<int:pk>/", board.board, name="board"),
    path("rounds/<int:pk>/batch/", batch.batch, name="batch"),
    path("rounds/<int:pk>/rules/", rules.rules, name="board_rules"),
    path("rounds/<int:pk>/rules/<str:rule>/", explanations.explanations, name="explanations"),
    path(
        "rounds/<int:pk>/rules/<str:rule>/<int:first>/",
        explanations.same_explanation,
        name="same_explanation",
    ),
    path("rounds/<int:pk>/cases/", cases.cases, name="cases"),
    path("rounds/<int:pk>/cases/compare/", cases.compare_now, name="compare_now"),
    path("rounds/<int:pk>/chase/", chase.chase, name="chase"),
    path("rounds/<int:pk>/chase/log/", chase.chase_log, name="chase_log"),
    path("rounds/<int:pk>/telephone/", chase.phone_list, name="phone_list"),
    path("rounds/<int:pk>/at-risk/", at_risk.at_risk, name="at_risk"),
    path("rounds/<int:pk>/deadline/", deadline.deadline, name="deadline"),
    path("rounds/<int:pk>/exports/", exports.exports, name="exports"),
    path("exports/<uuid:pk>/", exports.export, name="export"),
    path("rounds/<int:pk>/send/", send_many.send_many, name="send_many"),
    path("terms/", terms.terms, name="terms"),
    path("terms/<int:pk>/leave-out/", terms.leave_out_term, name="leave_out_term"),
    path("pupil-files/", pupil_files.pupil_files, name="pupil_files"),
    path("pupil-files.csv", pupil_files.pupil_files_csv, name="pupil_files_csv"),
    path("lost-pupils/", lost_pupils.lost_pupils, name="lost_pupils"),
    path("lost-pupils/<int:pk>/", lost_pupils.lost_pupil, name="lost_pupil"),
    path("returns/<int:pk>/approve/", decide.approve, name="approve"),
    path("returns/<int:pk>/send-back/", decide.send_back, name="send_back"),
]
