"""The addresses of the provider app."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
