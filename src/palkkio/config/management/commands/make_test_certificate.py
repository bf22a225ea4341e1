"""`bin/manage make_test_certificate mallila`: a certificate to try signing with, for a site not in production."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from palkkio.contracts.signing.keys import key_of
from palkkio.organisations.queries import organisation_by_slug


class Command(BaseCommand):
    help = "Make the test certificate that seals an organisation's contracts, where it has none. Not in production."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("organisation", help="short name (slug) of the organisation")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("Production seals with a real certificate: docs/guides/signing.md.")
        organisation = organisation_by_slug(options["organisation"])
        if organisation is None:
            raise CommandError("There is no organisation of this name.")
        key = key_of(organisation)
        self.stdout.write(f"The contracts of {organisation.slug} are sealed with {key.certificate or key.pkcs12}.")
