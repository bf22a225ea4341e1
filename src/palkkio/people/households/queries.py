"""The gate (ACC-10): from which day on an assistant of the household may work, and what is missing until then."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby

from django.db.models import Exists, OuterRef, Q, QuerySet

from palkkio.calculation.employment import Employer, PensionPolicy, PolicyRate
from palkkio.core.days import DateRange
from palkkio.core.viewer import Viewer
from palkkio.organisations.asking import numbers, rows_of
from palkkio.people.households import access
from palkkio.people.households.models import Household, Insurance
from palkkio.people.queries import matching


class Missing(StrEnum):
    """What keeps the gate closed."""

    CUSTOMER = "customer"  # the household is not a customer yet
    POWER_OF_ATTORNEY = "power_of_attorney"
    REGISTRATION = "registration"
    PENSION = "pension"
    PENSION_UNCONFIRMED = "pension_unconfirmed"
    ACCIDENT = "accident"
    ACCIDENT_UNCONFIRMED = "accident_unconfirmed"


@dataclass(frozen=True, slots=True)
class Gate:
    """Whether work may be done on the days asked for.

    opens_on   first day on which it may; None: something is missing
    meanwhile  days on which it may although something is missing: those of the insurances before one that waits for its
               check
    """

    opens_on: date | None
    missing: tuple[Missing, ...] = ()
    meanwhile: DateRange | None = None

    def is_open(self, day: date) -> bool:
        if self.opens_on is None:
            return self.meanwhile is not None and day in self.meanwhile
        return day >= self.opens_on


CLOSED = Gate(None, (Missing.CUSTOMER,))


def gate(employer_id: int) -> Gate:
    """The gate of one employer: `gate(employer_id).is_open(day)`."""
    return gates([employer_id])[employer_id]


GATES = """
    SELECT household.employer_id, household.power_of_attorney_on, household.registered_on,
           insurance.kind, insurance.first, insurance.confirmed_at IS NOT NULL, insurance.insured_from
      FROM households_household household
      LEFT JOIN households_insurance insurance ON insurance.household_id = household.id
     WHERE household.employer_id = ANY(%(employers)s::bigint[])
     ORDER BY household.employer_id, insurance.kind
"""


def gates(employer_ids: Collection[int]) -> dict[int, Gate]:
    """The gates of many employers, in one query; of one who is no customer it is closed."""
    rows = rows_of(GATES, employers=numbers(employer_ids))
    found = {
        employer_id: _gate(authorised_on, registered_on, {row[3]: row[4:] for row in insurances})
        for (employer_id, authorised_on, registered_on), insurances in groupby(rows, key=lambda row: row[:3])
    }
    return {each: found.get(each, CLOSED) for each in employer_ids}


def gate_of(household: Household) -> Gate:
    """The gate of a household whose insurances have been fetched."""
    insurances = {
        each.kind: (each.first, each.confirmed_at is not None, each.insured_from) for each in household.insurances.all()
    }
    return _gate(household.power_of_attorney_on, household.registered_on, insurances)


def _gate(
    power_of_attorney_on: date | None,
    registered_on: date | None,
    insurances: Mapping[str, tuple[date, bool, date | None]],
) -> Gate:
    """Opens on the latest of: power of attorney, registration, first days of the confirmed insurances (R18).

    An insurance that takes the place of a confirmed one closes no day before its own first day.
    """
    missing: list[Missing] = []
    days: list[date] = []
    until: list[date] = []
    for day, what in ((power_of_attorney_on, Missing.POWER_OF_ATTORNEY), (registered_on, Missing.REGISTRATION)):
        missing += [] if day else [what]
        days += [day] if day else []
    for kind in Insurance.Kind:
        first, is_confirmed, insured_from = insurances.get(kind.value, (None, False, None))
        if first is None:
            missing.append(Missing(kind.value))
            continue
        days.append(min(first, insured_from or first))
        if not is_confirmed:
            missing.append(Missing(f"{kind.value}_unconfirmed"))
            until.append(first)
    if not missing:
        return Gate(max(days))
    is_waiting_alone = len(until) == len(missing) and max(days) < min(until)
    return Gate(None, tuple(missing), DateRange(max(days), min(until)) if is_waiting_alone else None)


def search(viewer: Viewer, words: str = "", *, in_order: bool | None = None) -> QuerySet[Household]:
    """Households with their insurances, by the employer's name.

    in_order  those whose gate opens, or those that lack something
    """
    rows = access.households(viewer).prefetch_related("insurances").order_by("employer__sort_key", "pk")
    if words.strip():
        rows = rows.filter(employer__in=matching(viewer.organisation_id, words))
    if in_order is None:
        return rows
    confirmed = Insurance.objects.filter(household=OuterRef("pk"), confirmed_at__isnull=False)
    opens = Q(power_of_attorney_on__isnull=False, registered_on__isnull=False)
    for kind in Insurance.Kind:
        opens &= Q(Exists(confirmed.filter(kind=kind.value)))
    return rows.filter(opens if in_order else ~opens)


def with_people(household_id: int) -> Household:
    """A household with employer and who made it, for programs. Raises Household.DoesNotExist."""
    return Household.objects.select_related("employer", "made_by").get(pk=household_id)


CONTRIBUTIONS = """
    SELECT household.employer_id, insurance.pension_policy, rate.key, rate.percent, rate.source
      FROM households_household household
      LEFT JOIN households_insurance insurance
        ON insurance.household_id = household.id AND insurance.kind = 'pension'
      LEFT JOIN households_policyrate rate ON rate.household_id = household.id AND rate.valid @> %(day)s::date
     WHERE household.employer_id = ANY(%(employers)s::bigint[])
     ORDER BY household.employer_id, rate.key
"""


def contributions_of(employer_ids: Collection[int], day: date) -> dict[int, Employer]:
    """What is known of the contributions of household employers on a day, by employer, in one query.

    Who is no customer is left out. The wages of the year are not told: the city pays beside what the household may pay
    itself, so the yearly limits under which insurance is not compulsory are taken as passed.
    """
    if not employer_ids:
        return {}
    rows = rows_of(CONTRIBUTIONS, employers=numbers(employer_ids), day=day)
    found: dict[int, tuple[PensionPolicy, dict[str, PolicyRate]]] = {}
    for employer_id, policy, key, percent, source in rows:
        kept = found.setdefault(employer_id, (PensionPolicy(policy or PensionPolicy.CONTRACT), {}))
        if key is not None:
            kept[1][key] = PolicyRate(percent.normalize() + 0, source)
    return {employer_id: Employer(policy, rates) for employer_id, (policy, rates) in found.items()}


def authorised_on(employer_ids: Collection[int], day: date) -> list[int]:
    """Of some household employers those who have let the organisation act for them by `day` (power of attorney)."""
    rows = Household.objects.filter(employer_id__in=set(employer_ids), power_of_attorney_on__lte=day)
    return list(rows.values_list("employer_id", flat=True))


def tax_references_of(employer_ids: Collection[int]) -> dict[int, str]:
    """References of self-assessed taxes, of the employers whose reference is known; one query."""
    rows = Household.objects.filter(employer_id__in=set(employer_ids)).exclude(tax_reference="")
    return dict(rows.values_list("employer_id", "tax_reference"))


def policies_of(employer_ids: Collection[int]) -> dict[tuple[int, str], tuple[str, str]]:
    """Insurer and policy number by employer and kind of insurance (pension, accident); one query."""
    rows = Insurance.objects.filter(household__employer__in=set(employer_ids))
    return {
        (employer_id, kind): (insurer, number)
        for employer_id, kind, insurer, number in rows.values_list(
            "household__employer_id", "kind", "insurer", "policy_number"
        )
    }
