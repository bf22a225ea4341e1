"""An organisation installs on its own PostgreSQL, with a role for the web that owns nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from palkkio.config import embedded

pytestmark = pytest.mark.long

ANSWERS = {
    "PALKKIO_ORGANISATION_NAME_FI": "Mallilan hyvinvointialue",
    "PALKKIO_ORGANISATION_NAME_SV": "Mallila välfärdsområde",
    "PALKKIO_ORGANISATION_NAME_EN": "Mallila wellbeing services county",
    "PALKKIO_ORGANISATION_SLUG": "mallila",
    "PALKKIO_ORGANISATION_BUSINESS_ID": "0737546-2",
    "PALKKIO_ORGANISATION_IBAN": "FI2112345600000785",
    "PALKKIO_ORGANISATION_PROFILE": "western-uusimaa",
    "PALKKIO_ORGANISATION_PAYROLL_NAME": "Testaaja Palkka",
    "PALKKIO_ORGANISATION_PAYROLL_PHONE": "09 123 4567",
    "PALKKIO_ORGANISATION_PAYROLL_EMAIL": "palkat@mallila.example",
    "PALKKIO_ADMIN_GIVEN_NAMES": "Päivi",
    "PALKKIO_ADMIN_FAMILY_NAME": "Mallikas",
    "PALKKIO_ADMIN_EMAIL": "paivi.mallikas@mallila.example",
    "PALKKIO_ADMIN_PASSWORD": "Kolme-kaunista-koivua-3",
}
OWNER, WEB = f"palkkio_owner_{os.getpid()}", f"palkkio_web_{os.getpid()}"


class Installation:
    """An empty database with its two roles, as a database administrator hands it over."""

    def __init__(self, server: embedded.Server, folder: Path) -> None:
        self.server = server
        self.name = f"palkkio_install_{os.getpid()}"
        self.variables = {
            "PALKKIO_PRODUCTION": "1",
            "SECRET_KEY": "a-key-of-a-test-" * 5,
            "PALKKIO_IDENTITY_KEYS": "test:YSBrZXkgb2YgYSB0ZXN0IGEga2V5IG9mIGEgdGVzdC4=",
            "PALKKIO_HOSTS": "palkkio.example.fi",
            "PALKKIO_VAR": str(folder),
            "DJANGO_SETTINGS_MODULE": "palkkio.config.settings",
            "DATABASE_ADMIN_URL": server.url(self.name, user=OWNER),
            "DATABASE_URL": server.url(self.name, user=WEB),
        }

    def run(self, *arguments: str, **changes: str) -> subprocess.CompletedProcess[str]:
        clean = {k: v for k, v in os.environ.items() if not k.startswith("PALKKIO_")}
        return subprocess.run(
            [sys.executable, "-m", *arguments],
            env={**clean, **self.variables, **changes},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    def step(self, name: str, **changes: str) -> subprocess.CompletedProcess[str]:
        return self.run("palkkio.config.install", name, **changes)

    def ask(self, query: str) -> object:
        with psycopg.connect(self.variables["DATABASE_ADMIN_URL"]) as connection:
            row = connection.execute(query.encode()).fetchone()
        return row[0] if row else None


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Generator[Installation]:
    server = embedded.tests()
    with server.used():
        made = Installation(server, tmp_path_factory.mktemp("install"))
        with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
            for role in (OWNER, WEB):
                connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
            names = sql.Identifier(made.name), sql.Identifier(OWNER)
            connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(*names))
            yield made
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(made.name)))
            for role in (OWNER, WEB):
                connection.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(role)))


def test_web_may_not_sign_in_as_the_owner_of_the_tables(empty: Installation) -> None:
    done = empty.step("schema", DATABASE_URL=empty.variables["DATABASE_ADMIN_URL"])
    assert done.returncode == 1
    assert "may change tables" in done.stderr
    assert empty.ask("SELECT to_regclass('django_migrations')") is None


def test_missing_role_is_told_with_the_command_that_makes_it(empty: Installation) -> None:
    done = empty.step("schema", DATABASE_URL=empty.server.url(empty.name, user="palkkio_nobody"))
    assert done.returncode == 1
    assert "CREATE ROLE palkkio_nobody LOGIN" in done.stderr


@pytest.fixture(scope="module")
def installation(empty: Installation) -> Installation:
    """With its tables made."""
    done = empty.step("schema")
    assert done.returncode == 0, done.stderr
    return empty


def test_wrong_answer_adds_nothing_and_names_its_setting(installation: Installation) -> None:
    done = installation.step("administrator", **{**ANSWERS, "PALKKIO_ORGANISATION_IBAN": "FI2112345600000786"})
    assert done.returncode == 1
    assert "PALKKIO_ORGANISATION_IBAN" in done.stderr
    assert installation.ask("SELECT count(*) FROM organisations_organisation") == 0


def test_unanswered_question_without_a_terminal_names_its_setting(installation: Installation) -> None:
    answers = {name: value for name, value in ANSWERS.items() if name != "PALKKIO_ADMIN_EMAIL"}
    done = installation.step("administrator", **answers)
    assert done.returncode == 1
    assert "Set PALKKIO_ADMIN_EMAIL" in done.stderr


def test_static_files_are_complete_for_production(empty: Installation) -> None:
    done = empty.run("django", "collectstatic", "--no-input", "--verbosity", "0")
    assert done.returncode == 0, done.stderr
    assert (Path(empty.variables["PALKKIO_VAR"]) / "static" / "staticfiles.json").exists()


def test_installs_with_one_administrator_and_no_demo_data_and_upgrades_again(installation: Installation) -> None:
    done = installation.step("administrator", **ANSWERS)
    assert done.returncode == 0, done.stderr
    upgrade = installation.step("schema")
    assert upgrade.returncode == 0, upgrade.stderr
    done = installation.step("administrator", **ANSWERS)
    assert "There is an organisation already" in done.stdout
    assert installation.ask("SELECT count(*) FROM organisations_organisation") == 1
    assert installation.ask("SELECT string_agg(email, ',') FROM accounts_account") == ANSWERS["PALKKIO_ADMIN_EMAIL"]
    assert installation.ask("SELECT string_agg(kind, ',') FROM people_role") == "administrator"
    assert installation.ask("SELECT count(*) FROM contracts_contract") == 0
