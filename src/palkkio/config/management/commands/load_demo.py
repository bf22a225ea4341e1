"""Fill an empty installation with the demo's county; an installation that has it keeps what was entered."""

from __future__ import annotations

from django.conf import settings
from django.core.management.base import BaseCommand

from palkkio.config.demo_data import answers, bank, cards, load
from palkkio.organisations.queries import organisation_by_slug


class Command(BaseCommand):
    help = __doc__ or ""

    def handle(self, *args: object, **options: object) -> None:
        today = settings.PALKKIO_CLOCK.today()
        if load.is_loaded():
            self.stdout.write("The demo's county is there already; what was entered stays.")
        else:
            load.load(today=today, say=self._say)
        folder = settings.VAR / "demo"
        county = organisation_by_slug("mallila")
        if county is not None:
            bank.write_people(folder / "bank-people.json", load.SIGN_INS, county.pk, today)
            cards.write_cards(folder / "tax-cards.json", county.pk)
            answers.write_faults(folder / "sandbox-bank", county.pk)
        load.tell(load.write_files(folder, today=today), folder, self._say)

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()
