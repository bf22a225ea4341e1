"""Reads people: by name, by account number in force, by role, and whom they act for."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from django.contrib.postgres.search import SearchQuery
from django.db.models import Exists, OuterRef, QuerySet

from palkkio.calculation.facts import Payee
from palkkio.core.identifiers import born_on, normal_identity_code
from palkkio.core.names import search_key
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.organisations.asking import numbers, rows_of
from palkkio.people import access
from palkkio.people.identity import ring, with_identity_code
from palkkio.people.mandates import queries as mandates
from palkkio.people.models import BankAccount, Person, Role, name_words

if TYPE_CHECKING:
    from palkkio.organisations.models import Organisation

# Orders of a list of people; each ends in the key, so that pages never show a person twice.
ORDERS = {
    "name": ("sort_key", "pk"),
    "-name": ("-sort_key", "-pk"),
    "born": ("born", "sort_key", "pk"),
    "-born": ("-born", "sort_key", "pk"),
}


# --- Search ----------------------------------------------------------------------------------------------------------


def named(people: QuerySet[Person], words: str) -> QuerySet[Person]:
    """Those of `people` in whose name each typed word begins some word; or whose identity code was typed whole.

    Case and diacritics do not matter: "vai aka" finds Väinö Äkäs. Blank words find everybody, words without a letter or
    digit nobody.
    """
    typed = words.strip()
    if not typed:
        return people
    if code := _identity_code(typed):
        return with_identity_code(people, code)
    prefixes = search_key(typed).split()
    if not prefixes:
        return people.none()
    wanted = SearchQuery(" & ".join(f"{prefix}:*" for prefix in prefixes), config="simple", search_type="raw")
    return people.alias(name_words=name_words()).filter(name_words=wanted)


def search(
    viewer: Viewer,
    words: str = "",
    *,
    role: RoleKind | None = None,
    on: date | None = None,
    uses_paper: bool | None = None,
    order: str = "name",
) -> QuerySet[Person]:
    """People whom the viewer may fetch, by words of the name; pages and sorts in the database.

    role   only those who have this role, on the day `on` when it is given
    order  a key of ORDERS; any other is by name
    """
    people = named(access.persons(viewer), words).select_related("municipality")
    if role is not None:
        held = Role.objects.filter(person=OuterRef("pk"), kind=RoleKind(role).value)
        people = people.filter(Exists(held if on is None else held.filter(valid__contains=on)))
    if uses_paper is not None:
        people = people.filter(uses_paper=uses_paper)
    return people.order_by(*ORDERS.get(order, ORDERS["name"]))


def matching(organisation_id: int, words: str) -> QuerySet[Person]:
    """People of an organisation by words of the name; later stages search by it: `carer__in=matching(...)`."""
    return named(Person.objects.filter(organisation_id=organisation_id), words)


def _identity_code(typed: str) -> str:
    try:
        return normal_identity_code(typed)
    except ValueError:
        return ""


# --- One person ------------------------------------------------------------------------------------------------------


def names_of(person_ids: Collection[int]) -> dict[int, str]:
    """Names by person; for pages that show who did what."""
    return {each.pk: each.name for each in Person.objects.filter(pk__in=set(person_ids))}


def of_organisation(organisation_id: int, person_ids: Collection[int]) -> set[int]:
    """Those of `person_ids` who are people of the organisation."""
    rows = Person.objects.filter(organisation_id=organisation_id, pk__in=set(person_ids))
    return set(rows.values_list("pk", flat=True))


def contact_person(person_id: int) -> Person:
    """A person with language and addresses, for programs that write to them. Raises Person.DoesNotExist."""
    return Person.objects.get(pk=person_id)


def organisations_of(person_ids: Collection[int]) -> dict[int, Organisation]:
    """Organisation by person."""
    rows = Person.objects.filter(pk__in=set(person_ids)).select_related("organisation")
    return {each.pk: each.organisation for each in rows}


def paper_users(person_ids: Collection[int]) -> set[int]:
    """Those of the people who use no electronic services (ACC-11)."""
    return set(Person.objects.filter(pk__in=person_ids, uses_paper=True).values_list("pk", flat=True))


def designated(identity_digests: Collection[str], day: date) -> list[int]:
    """People with an identity code, of all organisations, to whom a role was given or for whom they act on `day`.

    identity_digests  of the code, under every key (`people.identity.ring().digests`); it is asked at strong
                      authentication alone (ACC-2), and only the account's owner gets to see what was found
    """
    if not any(identity_digests):
        return []
    held = Person.objects.filter(identity_digest__in=identity_digests)
    found = set(held.filter(Exists(Role.objects.filter(person=OuterRef("pk")))).values_list("pk", flat=True))
    found |= {each for each in held.values_list("pk", flat=True) if each not in found and mandates.is_agent(each, day)}
    return sorted(found)


def of_accounts(person_ids: Collection[int]) -> list[Person]:
    """People by their ids, in the order of their rows; for programs of the operator."""
    return list(Person.objects.filter(pk__in=list(person_ids)).order_by("pk"))


def with_role(organisation_id: int, kind: RoleKind, day: date) -> list[Person]:
    """People of an organisation who have a role on `day`; for programs of the operator."""
    held = Role.objects.filter(organisation_id=organisation_id, kind=kind.value, valid__contains=day)
    return list(Person.objects.filter(pk__in=held.values("person_id")).order_by("pk"))


def are_others(person_ids: Collection[int], identity_digests: Collection[str]) -> bool:
    """Whether any of these people is known to have another identity code."""
    known = Person.objects.filter(pk__in=list(person_ids)).exclude(identity_digest="")
    return known.exclude(identity_digest__in=identity_digests).exists()


def payee_facts(person: Person, day: date, *, is_self_insured: bool) -> Payee:
    """What the calculation needs of a payee on a payday.

    is_self_insured  the payee's own entrepreneur pension insurance covers the pay
    """
    born = person.born
    if born is None and person.identity_code:
        born = born_on(person.identity_code)
    registered = person.in_prepayment_register
    return Payee(born, registered is not None and day in registered, is_self_insured)


class PersonToReport(NamedTuple):
    """What a report to the incomes register says of an earner."""

    identity_code: str
    given_names: str
    family_name: str
    business_id: str
    born: date | None
    street: str
    postcode: str
    town: str


TO_REPORT = """
    SELECT id, identity_code, given_names, family_name, business_id, born, street, postcode, town
      FROM people_person
     WHERE id = ANY(%(people)s::bigint[])
"""


def people_to_report(person_ids: Collection[int]) -> dict[int, PersonToReport]:
    """By person; one query for any number."""
    keys = ring()
    rows = rows_of(TO_REPORT, people=numbers(person_ids))
    return {pk: PersonToReport(keys.open(sealed), *values) for pk, sealed, *values in rows}


def without_id(person_ids: Collection[int]) -> list[int]:
    """Of some people those who have neither identity code nor Business ID."""
    rows = Person.objects.filter(pk__in=set(person_ids), identity_digest="", business_id="")
    return list(rows.order_by("sort_key", "pk").values_list("pk", flat=True))


# --- Account numbers -------------------------------------------------------------------------------------------------


def account_on(person_id: int, day: date) -> BankAccount | None:
    """The account that a person is paid to on `day`."""
    return BankAccount.objects.filter(person_id=person_id, valid__contains=day).first()


ACCOUNTS = """
    SELECT person_id, iban
      FROM people_bankaccount
     WHERE person_id = ANY(%(people)s::bigint[]) AND valid @> %(day)s::date
     ORDER BY person_id
"""


def accounts_on(person_ids: Collection[int], day: date) -> dict[int, str]:
    """Account numbers by person; a person without one is left out."""
    return dict(rows_of(ACCOUNTS, people=numbers(person_ids), day=day))


# --- Roles and representation ----------------------------------------------------------------------------------------


def roles_on(person_ids: Collection[int], day: date) -> list[Role]:
    """Roles in force on `day`, with person and organisation, in the order of the organisations."""
    rows = Role.objects.filter(person_id__in=set(person_ids), valid__contains=day)
    return list(rows.select_related("person", "organisation").order_by("organisation__name_fi", "kind", "pk"))


def acting_for(person_id: int, day: date) -> frozenset[int]:
    """Those who act for a person on `day`."""
    return frozenset(row.agent_id for row in mandates.agents_of(person_id, day))


def tied_to(person_id: int, day: date) -> frozenset[int]:
    """A person, those they act for and those who act for them: matters that staff leave to a colleague."""
    return mandates.tied_to(person_id, day)
