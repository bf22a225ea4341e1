"""Own details as facts: what the organisation knows of a person, the account number in part."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from palkkio.core.identifiers import masked_iban
from palkkio.core.viewer import Viewer
from palkkio.organisations.queries import local_name
from palkkio.people import access
from palkkio.people.queries import account_on
from palkkio.web.ui import wording
from palkkio.web.ui.values import Fact

LANGUAGES = {"fi": "suomi", "sv": "svenska", "en": "English"}


def facts_of(viewer: Viewer, today: date) -> list[Fact]:
    """Name, birthday, address, contacts and account number, each with what to read when it is not known."""
    person = access.own_person(viewer)
    account = account_on(person.pk, today)
    unknown = _("not known")
    town = " ".join(part for part in (person.postcode, person.town) if part)
    facts = [
        Fact(_("Name"), person.name),
        Fact(_("Date of birth"), wording.day(person.born) if person.born else unknown),
        Fact(_("Address"), ", ".join(part for part in (person.street, town) if part) or unknown),
        Fact(_("Municipality"), local_name(person.municipality) if person.municipality else unknown),
        Fact(_("Phone"), person.phone or unknown),
        Fact(_("E-mail"), person.email or unknown),
        Fact(_("Language of letters"), LANGUAGES.get(person.language, person.language)),
    ]
    if viewer.is_payee and viewer.acting_for is None:
        number = masked_iban(account.iban) if account else unknown
        facts.append(Fact(_("Account number"), number, note=_("Only a part is shown.") if account else ""))
    return facts
