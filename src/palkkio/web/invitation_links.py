"""Where an invitation leads; portal and desk send them."""

from __future__ import annotations

from urllib.parse import urljoin

from django.urls import reverse

from palkkio.messages.actions.notices import site_address


def link_of(token: str) -> str:
    """The address that the e-mail of an invitation carries: of the installation, never of the request's host."""
    return urljoin(site_address(), reverse("portal:invitation", args=[token]))
