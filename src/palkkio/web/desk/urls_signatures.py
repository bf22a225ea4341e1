"""Addresses of contracts as documents: made, signed, withdrawn; on paper; templates."""

from __future__ import annotations

from django.urls import URLPattern, path

from palkkio.web.desk.views import signatures, signing_settings

urlpatterns: list[URLPattern] = [
    path("contracts/<int:contract_id>/document/", signatures.make, name="make-version"),
    path("contracts/<int:contract_id>/signed/", signatures.paper, name="mark-signed"),
    path("signatures/", signatures.signatures, name="signatures"),
    path("signatures/<int:version_id>/", signatures.signature, name="signature"),
    path("signatures/<int:version_id>/contract.pdf", signatures.document, name="signature-pdf"),
    path("signatures/<int:version_id>/<slug:part>/", signatures.attached, name="signature-file"),
    path("signatures/<int:version_id>/act/sign/", signatures.sign, name="sign-version"),
    path("signatures/<int:version_id>/act/withdraw/", signatures.withdraw, name="withdraw-version"),
    path("settings/signing/", signing_settings.choices, name="signing-choices"),
    path("settings/signing/<slug:kind>/", signing_settings.template, name="contract-template"),
]
