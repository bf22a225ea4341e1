"""What people are told at once because it could harm them, as a changed account number; that an assistant may work."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.core import mail
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from palkkio.accounts.queries import account_of, person_ids_of
from palkkio.core.capabilities import OF_MINORS
from palkkio.core.clock import day_of
from palkkio.messages.actions.letters import ask_for_letter
from palkkio.messages.actions.notices import LANGUAGES, notify, site_address
from palkkio.messages.models import Notice
from palkkio.organisations.queries import payer
from palkkio.people.households import actions as households
from palkkio.people.households.queries import with_people
from palkkio.people.mandates.queries import agents_of
from palkkio.people.queries import contact_person


@transaction.atomic
def tell_account_changed(person_id: int, bank_account_id: int, *, at: datetime) -> None:
    """The payee finds a notice, and every address known before gets an e-mail that names nobody (ACC-7).

    Whom no e-mail reaches gets a letter: it comes to the desk's list.
    """
    kind, key = Notice.Kind.BANK_ACCOUNT_CHANGED, f"account-{bank_account_id}"
    made = notify(person_id, kind, bank_account_id, key, at=at, is_mailed=True)
    if made is None:
        return
    if not mail_addresses(person_id):
        ask_for_letter(made, at=at)
        return
    from palkkio.messages.tasks import warn_of_changed_account  # tasks import the actions that they call

    warn_of_changed_account.defer(person_id=person_id)


def email_account_warning(person_id: int) -> int:
    """Send the warning to the person's address and to that of their account. Returns how many were sent."""
    person, addresses = contact_person(person_id), mail_addresses(person_id)
    organisation = payer(person.organisation_id)
    with override(person.language if person.language in LANGUAGES else LANGUAGES[0]):
        subject = _("Your account number in Palkkio was changed")
        body = _(
            "The account number that you are paid to was changed in Palkkio. If you did it yourself or asked for it, "
            "you need do nothing. If not, call payroll at once: %(phone)s\n\nSign in to see it: %(address)s\n\n"
            "This message holds no personal data. Do not reply to it."
        ) % {"phone": organisation.payroll_phone, "address": site_address()}
    sender = organisation.sender_email or settings.DEFAULT_FROM_EMAIL
    for address in sorted(addresses):
        mail.EmailMessage(subject, body, sender, [address]).send()
    return len(addresses)


def mail_addresses(person_id: int) -> set[str]:
    """Where an e-mail reaches a person: none for those on paper, whose mail somebody else may read."""
    person, account = contact_person(person_id), account_of(person_id)
    if person.uses_paper:
        return set()
    return {each.lower() for each in (person.email, account.email if account else "") if each}


def tell_of_new_device(account_id: int, session_number: int, *, at: datetime) -> None:
    """Everybody that an account is finds a notice of a sign-in from a new device; its e-mail is sent by accounts."""
    for person_id in person_ids_of(account_id):
        notify(person_id, Notice.Kind.NEW_DEVICE, session_number, f"device-{session_number}", at=at, is_mailed=True)


@transaction.atomic
def tell_gate_is_open(household_id: int, *, at: datetime) -> int:
    """Employer, who stands in for a minor, and the member of staff who made the customer are told that the power of
    attorney and the insurances are in order (ACC-10); an e-mail is written down as the telling.

    Whoever has no e-mail is told by letter or phone, which staff write down. Returns how many got a notice.
    """
    household = with_people(household_id)
    employer = household.employer
    stand_ins = [row.agent for row in agents_of(employer.pk, day_of(at)) if row.scope in OF_MINORS]
    count = 0
    for person in (employer, *stand_ins, household.made_by):
        key = f"gate-{household.pk}-{day_of(at)}"
        if notify(person.pk, Notice.Kind.GATE_OPEN, household.pk, key, at=at) is None:
            continue
        count += 1
        if person.email and not person.uses_paper and person != household.made_by:
            households.tell(household.pk, person.pk, means="email", at=at)
    return count
