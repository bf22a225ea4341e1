"""Addresses of contracts that are signed."""

from __future__ import annotations

from django.urls import URLPattern, path

from palkkio.web.portal.views import signatures

urlpatterns: list[URLPattern] = [
    path("signatures/", signatures.signatures, name="signatures"),
    path("signatures/<int:version_id>/", signatures.signature, name="signature"),
    path("signatures/<int:version_id>/contract.pdf", signatures.document, name="signature-pdf"),
    path("signatures/<int:version_id>/file/<slug:part>/", signatures.attached, name="signature-file"),
    path("signatures/<int:version_id>/sign/", signatures.sign, name="sign-version"),
    path("signatures/<int:version_id>/decline/", signatures.decline, name="decline-version"),
]
