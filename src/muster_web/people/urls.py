"""The addresses of the pages about people and access."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
