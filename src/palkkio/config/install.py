"""`bin/install`: Palkkio on an organisation's own PostgreSQL (docs/guides/install.md).

    python -m palkkio.config.install schema          as the tables' owner (DATABASE_ADMIN_URL): check, migrate, grant;
                                                     again at each upgrade
    python -m palkkio.config.install administrator   as the web (DATABASE_URL): the first organisation with its first
                                                     administrator; does nothing when there is one

The answers to the questions may stand in the environment (QUESTIONS below), so that no terminal is needed. No demo data
is made.
"""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

import django
import psycopg

LOWEST_VERSION = 150000  # PostgreSQL 15


class InstallError(Exception):
    """What stands in the way, and what to do about it."""


@dataclass(frozen=True)
class Question:
    """One thing to know about the organisation or its first administrator."""

    variable: str
    field: str
    text: str


ORGANISATION = [
    Question("PALKKIO_ORGANISATION_NAME_FI", "name_fi", "Organisation's name in Finnish"),
    Question("PALKKIO_ORGANISATION_NAME_SV", "name_sv", "Its name in Swedish"),
    Question("PALKKIO_ORGANISATION_NAME_EN", "name_en", "Its name in English"),
    Question("PALKKIO_ORGANISATION_SLUG", "slug", "Short name for addresses, such as mallila"),
    Question("PALKKIO_ORGANISATION_BUSINESS_ID", "business_id", "Business ID (Y-tunnus)"),
    Question("PALKKIO_ORGANISATION_IBAN", "iban", "IBAN of the account that payments leave from"),
    Question("PALKKIO_ORGANISATION_PROFILE", "profile", "Profile of its choices"),
    Question("PALKKIO_ORGANISATION_PAYROLL_NAME", "payroll_contact_name", "Contact person of payroll"),
    Question("PALKKIO_ORGANISATION_PAYROLL_PHONE", "payroll_phone", "Phone of payroll"),
    Question("PALKKIO_ORGANISATION_PAYROLL_EMAIL", "payroll_email", "E-mail address of payroll"),
]
ADMINISTRATOR = [
    Question("PALKKIO_ADMIN_GIVEN_NAMES", "given_names", "First administrator's given names"),
    Question("PALKKIO_ADMIN_FAMILY_NAME", "family_name", "Family name"),
    Question("PALKKIO_ADMIN_EMAIL", "email", "E-mail address, which is also the sign-in"),
]
PASSWORD = "PALKKIO_ADMIN_PASSWORD"  # noqa: S105 - the variable's name
QUESTIONS = [*ORGANISATION, *ADMINISTRATOR]


def main(arguments: list[str]) -> int:
    steps: dict[str, Callable[[], None]] = {"schema": schema, "administrator": administrator}
    if len(arguments) != 1 or arguments[0] not in steps:
        sys.stderr.write((__doc__ or "").strip() + "\n")
        return 2
    try:
        steps[arguments[0]]()
    except InstallError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


# --- Tables ----------------------------------------------------------------------------------------------------------


def schema() -> None:
    """Bring the tables up to date and give the web's role its rights. Raises InstallError."""
    owner, web = address("DATABASE_ADMIN_URL"), address("DATABASE_URL")
    role = check_databases(owner, web)
    # Settings name one database: here the owner's.
    os.environ["DATABASE_URL"] = owner
    set_up_django()
    from django.core.management import call_command

    from palkkio.config.grants import grant

    say("Migrating.")
    call_command("migrate", verbosity=0, interactive=False)
    grant(role)
    say(f"The role {role} may read and write rows, and add to audit and history.")
    call_command("check", deploy=True, fail_level="ERROR")


def address(name: str) -> str:
    if url := os.environ.get(name):
        return url
    raise InstallError(
        f"Set {name}. DATABASE_ADMIN_URL is of the role that owns the tables, DATABASE_URL of the lesser role that web "
        "and worker use: postgresql://user:password@host:5432/palkkio"
    )


def check_databases(owner: str, web: str) -> str:
    """Name of the web's role, once both addresses are found to be as they should. Raises InstallError."""
    with connect(owner, "DATABASE_ADMIN_URL") as connection:
        if connection.info.server_version < LOWEST_VERSION:
            raise InstallError("Palkkio needs PostgreSQL 15 or newer.")
        owner_row = connection.execute("SELECT current_database(), current_user").fetchone() or ("", "")
    with connect(web, "DATABASE_URL", hint=create_role(web)) as connection:
        row = connection.execute(
            "SELECT current_database(), current_user, rolsuper, pg_has_role(current_user, %s, 'MEMBER')"
            " FROM pg_roles WHERE rolname = current_user",
            [owner_row[1]],
        ).fetchone()
    database, role, is_super, is_owner = row or ("", "", False, False)
    if database != owner_row[0]:
        raise InstallError(f"The addresses name two databases: {owner_row[0]} and {database}. They must name one.")
    if is_super or is_owner:
        raise InstallError(
            f"DATABASE_URL signs in as {role}, which may change tables. Web and worker need a role of their own "
            f"that may not:  CREATE ROLE palkkio_web LOGIN PASSWORD '...';"
        )
    return str(role)


def connect(url: str, name: str, hint: str = "") -> psycopg.Connection:
    try:
        return psycopg.connect(url, connect_timeout=10)
    except psycopg.OperationalError as error:
        raise InstallError(f"Cannot connect to {name}: {error}{hint}") from error


def create_role(url: str) -> str:
    role = urlsplit(url).username or "palkkio_web"
    return f"\nIf the role is missing, make it as an administrator:  CREATE ROLE {role} LOGIN PASSWORD '...';"


# --- The first administrator -----------------------------------------------------------------------------------------


def administrator() -> None:
    """Ask for the organisation and its first administrator and add them. Raises InstallError."""
    set_up_django()
    from palkkio.organisations import queries

    if queries.organisation_ids():
        say("There is an organisation already; its administrator adds the others.")
        return
    from palkkio.rules.profiles import profile_names

    choices = {"profile": f" ({', '.join(profile_names())})"}
    organisation = {q.field: ask(q, choices.get(q.field, "")) for q in ORGANISATION}
    person = {q.field: ask(q) for q in ADMINISTRATOR}
    add(organisation, person, ask_password())
    say(f"\nAdded {organisation['name_fi']}. {person['email']} may sign in as its administrator.")


def add(organisation: dict[str, str], person: dict[str, str], password: str) -> None:
    """The organisation, its administrator and their sign-in, all or nothing. Raises InstallError."""
    from django.conf import settings
    from django.db import transaction

    from palkkio.accounts import actions as accounts
    from palkkio.core.problems import InvalidInput
    from palkkio.organisations import actions as organisations
    from palkkio.people import actions as people

    now = settings.PALKKIO_CLOCK.now()
    try:
        with transaction.atomic():
            made = organisations.add_organisation(at=now, values=organisation)
            role = people.add_first_administrator(made.pk, at=now, values=person)
            accounts.make_account(person["email"], password, [role.person_id], at=now, by=None)
    except InvalidInput as error:
        variables = {question.field: question.variable for question in QUESTIONS} | {"password": PASSWORD}
        told = [f"  {variables.get(e.field, e.field)}: {e.message % e.params}." for e in error.errors]
        raise InstallError("\n".join(["Nothing was added. Mend this and run it again:", *told])) from error


def ask(question: Question, suffix: str = "") -> str:
    """The answer from the environment, else from the terminal."""
    if question.variable in os.environ:
        return os.environ[question.variable].strip()
    if not sys.stdin.isatty():
        raise InstallError(f"Set {question.variable} ({question.text}{suffix}), or run this at a terminal to be asked.")
    while not (answer := input(f"{question.text}{suffix}: ").strip()):
        pass
    return answer


def ask_password() -> str:
    if password := os.environ.get(PASSWORD):
        return password
    if not sys.stdin.isatty():
        raise InstallError(f"Set {PASSWORD}, or run this at a terminal to be asked.")
    from palkkio.accounts.passwords import REQUIREMENTS

    say(f"The password must have: {'; '.join(requirement.label for requirement in REQUIREMENTS)}.")
    while True:
        password = getpass.getpass("Password: ")
        if password and password == getpass.getpass("The same again: "):
            return password
        say("They differ. Try again.")


def set_up_django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "palkkio.config.settings")
    django.setup()


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
