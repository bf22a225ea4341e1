"""Which terms hold on which day: the collective agreement of personal assistants, or the Act alone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from palkkio.calculation.events import Event, HetaMember
from palkkio.calculation.facts import AssistantTerms
from palkkio.rules import figure

GENERALLY_BINDING = "assistance/agreement/generally_binding"
LAW = "Heta-JHL TES"


class Agreement(StrEnum):
    """The terms of an employment (sovellettavat ehdot)."""

    HETA = "heta"  # henkilökohtaisten avustajien työehtosopimus
    STATUTE = "statute"  # only what the Acts say


BY_DATE = "by_date"  # of terms: as the day and the employer's membership decide
AGREEMENTS = (*Agreement, BY_DATE)  # what terms may say


def is_member(day: date, events: Iterable[Event]) -> bool:
    """True if the employer is a proven member of Heta on `day`."""
    return any(isinstance(event, HetaMember) and day in event.days for event in events)


def agreement_on(day: date, terms: AssistantTerms, events: Iterable[Event]) -> Agreement:
    """The agreement that holds for one employment on `day`.

    It binds each employer from the day on which it is generally binding, and before that an employer on the days of a
    proven membership of Heta. A forced one holds as it is.
    Raises RateNotConfirmed for days of which it is not known whom the agreement binds.
    """
    if terms.agreement != BY_DATE:
        return Agreement(terms.agreement)
    if is_member(day, events):
        return Agreement.HETA
    return Agreement.HETA if figure(GENERALLY_BINDING).on(day).value else Agreement.STATUTE
