"""The addresses of the pages for schools."""

from django.urls import path

from muster_web.provider import (
    build,
    changes,
    compare,
    download,
    edit_item,
    explain,
    findings,
    open_points,
    progress,
    receipt,
    record,
    return_page,
    submit,
    summary,
    upload,
)

urlpatterns = [
    path("returns/<int:pk>/", return_page.return_page, name="return_page"),
    path("returns/<int:pk>/upload/", upload.upload, name="upload"),
    path("returns/<int:pk>/build/", build.build, name="build"),
    path("returns/<int:pk>/build/now/", build.build_now, name="build_now"),
    path("returns/<int:pk>/build/parts/<int:part>/leave-out/", build.leave_out, name="leave_out_part"),
    path("returns/<int:pk>/build/values/", open_points.key_values, name="key_values"),
    path("returns/<int:pk>/build/matches/", open_points.matches, name="matches"),
    path("returns/<int:pk>/progress/", progress.progress, name="progress"),
    path("returns/<int:pk>/findings/", findings.findings, name="findings"),
    path("returns/<int:pk>/findings/<str:by>/<str:marker>/", explain.explain, name="explain"),
    path("returns/<int:pk>/records/<str:identity>/", record.record, name="record"),
    path("returns/<int:pk>/records/<str:identity>/<str:item>/", edit_item.edit_item, name="edit_item"),
    path("returns/<int:pk>/changes/", changes.changes, name="changes"),
    path("returns/<int:pk>/changes/<int:edit>/", changes.answer, name="answer_change"),
    path("returns/<int:pk>/compare/", compare.compare, name="compare"),
    path("returns/<int:pk>/summary/", summary.summary, name="summary"),
    path("returns/<int:pk>/submit/", submit.submit, name="submit"),
    path("returns/<int:pk>/withdraw/", submit.withdraw, name="withdraw"),
    path("returns/<int:pk>/download/<str:what>/", download.download, name="download"),
    path("receipts/<uuid:pk>/", receipt.receipt, name="receipt"),
]
