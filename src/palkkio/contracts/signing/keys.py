"""Which certificate seals for an organisation; demo and tests make themselves a test certificate."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from palkkio.adapters.signing.certificates import test_key
from palkkio.core.problems import WrongState

if TYPE_CHECKING:
    from palkkio.adapters.signing.settings import SealKey
    from palkkio.organisations.models import Organisation

NO_CERTIFICATE = "Nothing can be signed here yet: the organisation's certificate is not configured."


def key_of(organisation: Organisation) -> SealKey:
    """Raises WrongState where none is configured, in production."""
    found: SealKey | None = settings.PALKKIO_SIGNING.get(organisation.slug)
    if found is not None:
        return found
    if settings.PRODUCTION:
        raise WrongState(NO_CERTIFICATE)
    return test_key(folder(), organisation.slug, organisation.name_fi)


def folder() -> Path:
    """Where test certificates lie."""
    return Path(settings.VAR) / "signing"
