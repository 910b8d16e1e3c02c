"""The addresses of the pages about audit and privacy."""

from django.urls import path

from muster_web.governance import (
    agreements,
    audit,
    governance,
    holds,
    notices,
    processing,
    retention,
    subject_access,
    unmask,
)

urlpatterns = [
    path("", governance.governance, name="governance"),
    path("audit/", audit.audit, name="audit"),
    path("processing/", processing.processing, name="processing"),
    path("processing.csv", processing.processing_csv, name="processing_csv"),
    path("agreements/", agreements.agreements, name="agreements"),
    path("agreements/<int:pk>/end/", agreements.end, name="end_agreement"),
    path("notices/", notices.notices, name="notices"),
    path("notices/<int:pk>/told/", notices.told, name="note_told"),
    path("retention/", retention.retention, name="retention"),
    path("retention/apply/", retention.apply, name="apply_retention"),
    path("retention/holds/", holds.holds, name="holds"),
    path("retention/holds/<int:pk>/end/", holds.end, name="end_hold"),
    path("subject-access/", subject_access.subject_access, name="subject_access"),
    path("returns/<int:pk>/unmask/", unmask.unmask, name="unmask"),
]
