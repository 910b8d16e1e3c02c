"""The addresses of the department's pages."""

from django.urls import path

from muster_web.collector import decide

urlpatterns = [
    path("returns/<int:pk>/authorise/", decide.authorise, name="authorise"),
    path("returns/<int:pk>/reopen/", decide.reopen, name="reopen"),
]
