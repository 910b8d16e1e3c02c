"""The addresses of the pages over many returns, and of the decisions on one."""

from django.urls import path

from muster_web.authority import batch, board, decide, rules, send_many

urlpatterns = [
    path("rounds/<int:pk>/", board.board, name="board"),
    path("rounds/<int:pk>/batch/", batch.batch, name="batch"),
    path("rounds/<int:pk>/rules/", rules.rules, name="board_rules"),
    path("rounds/<int:pk>/send/", send_many.send_many, name="send_many"),
    path("returns/<int:pk>/approve/", decide.approve, name="approve"),
    path("returns/<int:pk>/send-back/", decide.send_back, name="send_back"),
]
