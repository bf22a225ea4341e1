"""Addresses of the site: one include for each door."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from palkkio.web.portal.views.details import change_language

handler403 = "palkkio.web.portal.views.errors.forbidden"
handler404 = "palkkio.web.portal.views.errors.not_found"
handler500 = "palkkio.web.portal.views.errors.failed"

urlpatterns: list[URLPattern | URLResolver] = [
    path("ui/language", change_language),  # before the one of ui: an account keeps its language
    path("ui/", include("palkkio.web.ui.urls")),
    path("desk/", include("palkkio.web.desk.urls")),
    path("", include("palkkio.web.portal.urls")),
    path("", include("palkkio.web.portal.urls_second_factor")),
]
