"""The addresses of the collector app."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
