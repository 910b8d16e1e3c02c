"""The addresses of the authority app."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
