"""The addresses of the department's pages."""

from django.urls import path

from muster_web.collector import decide, open_round, rule_changes

urlpatterns = [
    path("returns/<int:pk>/authorise/", decide.authorise, name="authorise"),
    path("returns/<int:pk>/reopen/", decide.reopen, name="reopen"),
    path("rounds/<int:pk>/copy/", open_round.open_round, name="open_round"),
    path("rounds/<int:pk>/rule-changes/", rule_changes.rule_changes, name="rule_changes"),
    path("rounds/<int:pk>/rule-changes/<int:change>/lift/", rule_changes.lift, name="lift_rule_change"),
]
