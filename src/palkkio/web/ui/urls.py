"""Addresses of what all pages share."""

from django.urls import URLPattern, path
from django.views.i18n import set_language

from palkkio.web.ui.catalogue.page import catalogue

app_name = "ui"
urlpatterns: list[URLPattern] = [
    path("language", set_language, name="language"),
    path("catalogue", catalogue, name="catalogue"),
]
