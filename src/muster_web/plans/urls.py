"""The addresses of plans, quarters, figures and reports."""

from django.urls import path

from muster_web.plans import (
    figure,
    figure_records,
    indicator,
    members_view,
    my_lines,
    offices,
    plan,
    plan_indicators,
    plans,
    publish_quarter,
    quarter,
    quarter_texts,
    quarterly_report,
    sign_quarter,
    treatments,
)

urlpatterns = [
    path("", plans.plans, name="plans"),
    path("<int:pk>/", plan.plan, name="plan"),
    path("<int:pk>/indicators/", plan_indicators.plan_indicators, name="plan_indicators"),
    path("<int:pk>/indicators/<int:number>/", indicator.indicator, name="indicator"),
    path("<int:pk>/offices/", offices.offices, name="offices"),
    path("<int:pk>/risks/", treatments.treatments, name="treatments"),
    path("quarters/<int:pk>/", quarter.quarter, name="quarter"),
    path("quarters/<int:pk>/compute/", quarter.compute_again, name="compute_again"),
    path("quarters/<int:pk>/lines/", my_lines.my_lines, name="my_lines"),
    path("quarters/<int:pk>/texts/", quarter_texts.quarter_texts, name="quarter_texts"),
    path("quarters/<int:pk>/sign/", sign_quarter.sign_quarter, name="sign_quarter"),
    path("quarters/<int:pk>/publish/", publish_quarter.publish_quarter, name="publish_quarter"),
    path("quarters/<int:pk>/report/", quarterly_report.quarterly_report, name="quarterly_report"),
    path("quarters/<int:pk>/report.<str:kind>", quarterly_report.report_file, name="report_file"),
    path("quarters/<int:pk>/members/", members_view.members_view, name="members_view"),
    path("figures/<int:pk>/", figure.figure, name="figure"),
    path("figures/<int:pk>/returns/<int:number>/", figure_records.figure_records, name="figure_records"),
]
