"""Settings as a real installation reads them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from palkkio.config import env, settings

PRODUCTION = {
    "PALKKIO_PRODUCTION": "1",
    "SECRET_KEY": "a-key-of-a-test-" * 5,
    "PALKKIO_IDENTITY_KEYS": "test:YSBrZXkgb2YgYSB0ZXN0IGEga2V5IG9mIGEgdGVzdC4=",
    "DATABASE_URL": "postgresql://web:secret@db.example.fi:5433/palkkio?sslmode=verify-full",
    "PALKKIO_HOSTS": "palkkio.example.fi",
}


def with_settings(code: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run `code` with `settings` loaded from these variables alone."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("PALKKIO_") and k not in PRODUCTION}
    return subprocess.run(
        [sys.executable, "-c", f"from palkkio.config import settings\n{code}"],
        env={**clean, **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_setting_is_listed_at_the_top_and_explained_to_who_installs() -> None:
    _, top, code = Path(settings.__file__).read_text().split('"""', 2)
    read = set(re.findall(r'"((?:PALKKIO|SECRET_KEY|DATABASE_URL)[A-Z0-9_]*)"', code))
    assert "PALKKIO_BANKS" in read
    listed = re.findall(r"\b[A-Z_][A-Z0-9_]+\b", top)
    assert [name for name in read if not any(name.endswith(each) for each in listed)] == []
    explained = set(
        re.findall(r"^#?([A-Z0-9_]+)=", (settings.ROOT / "deploy" / "example.env").read_text(), re.MULTILINE)
    )
    assert read - explained == {"PALKKIO_TODAY"}  # which production refuses


@pytest.mark.parametrize("missing", ["SECRET_KEY", "PALKKIO_IDENTITY_KEYS", "DATABASE_URL", "PALKKIO_HOSTS"])
def test_production_names_the_setting_it_lacks(missing: str) -> None:
    done = with_settings("", **{name: value for name, value in PRODUCTION.items() if name != missing})
    assert done.returncode != 0
    assert f"Set {missing}" in done.stderr


def test_production_refuses_a_fixed_day() -> None:
    done = with_settings("", **PRODUCTION, PALKKIO_TODAY="2026-06-08")
    assert "Remove it in production" in done.stderr


def test_production_runs_by_the_real_clock_with_secure_cookies() -> None:
    done = with_settings(
        "assert settings.PALKKIO_CLOCK.fixed_day is None\n"
        "assert settings.SESSION_COOKIE_SECURE and settings.CSRF_COOKIE_SECURE and settings.SECURE_SSL_REDIRECT\n"
        "assert settings.SECURE_HSTS_SECONDS > 0\n"
        "assert not settings.DEBUG",
        **PRODUCTION,
    )
    assert done.returncode == 0, done.stderr


def test_djangos_own_check_for_production_finds_nothing() -> None:
    done = with_settings(
        "import django; django.setup()\n"
        "from django.core.management import call_command\n"
        "call_command('check', deploy=True, fail_level='WARNING')",
        **PRODUCTION,
        DJANGO_SETTINGS_MODULE="palkkio.config.settings",
    )
    assert done.returncode == 0, done.stderr


def test_demo_stands_on_8_june_2026() -> None:
    done = with_settings("print(settings.PALKKIO_CLOCK.today())")
    assert done.stdout.strip() == "2026-06-08", done.stderr


def test_today_can_be_chosen_outside_production() -> None:
    done = with_settings("print(settings.PALKKIO_CLOCK.today())", PALKKIO_TODAY="2026-07-01")
    assert done.stdout.strip() == "2026-07-01", done.stderr


def test_day_that_is_none_says_how_to_write_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PALKKIO_TODAY", "8.6.2026")
    with pytest.raises(ImproperlyConfigured, match="write a day as YYYY-MM-DD"):
        env.day("PALKKIO_TODAY", default=date(2026, 6, 8))


def test_database_address_keeps_the_options_of_libpq() -> None:
    entry = env.database("postgresql://web:p%40ss@db.example.fi:5433/palkkio?sslmode=verify-full")
    assert (entry["NAME"], entry["USER"], entry["PASSWORD"]) == ("palkkio", "web", "p@ss")
    assert (entry["HOST"], entry["PORT"]) == ("db.example.fi", "5433")
    assert entry["OPTIONS"]["sslmode"] == "verify-full"


def test_database_address_may_name_the_folder_of_a_socket() -> None:
    entry = env.database("postgresql://palkkio@/palkkio_demo?host=/run/palkkio&port=5432")
    assert (entry["HOST"], entry["USER"], entry["PORT"]) == ("/run/palkkio", "palkkio", "5432")


@pytest.mark.parametrize("url", ["mysql://a@b/c", "sqlite:///x.db", "postgresql://a@b/"])
def test_anything_but_postgresql_is_refused(url: str) -> None:
    with pytest.raises(ImproperlyConfigured):
        env.database(url)


@pytest.mark.django_db
def test_every_answer_carries_the_strict_policy(client: Client) -> None:
    answer = client.get("/no-such-page/")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in f"{policy};"
    assert "unsafe" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("keys", ["no-colon", "a:c2hvcnQ=", "a:not base64", "a b:" + "A" * 43 + "="])
def test_a_key_of_identity_codes_that_is_none_is_refused(keys: str) -> None:
    done = with_settings("", **{**PRODUCTION, "PALKKIO_IDENTITY_KEYS": keys})
    assert done.returncode != 0
    assert "PALKKIO_IDENTITY_KEYS: write id:key" in done.stderr


def test_production_refuses_a_sandbox_bank() -> None:
    """Strong authentication of a real installation never comes from a server of invented people."""
    bank = '[{"key": "b", "names": {"fi": "B"}, "issuer": "%s", "client_id": "a", "client_secret": "b"}]'
    for issuer in ("http://localhost:9000", "https://localhost", "http://broker.example.fi"):
        done = with_settings("", **PRODUCTION, PALKKIO_IDENTITY_PROVIDERS=bank % issuer)
        assert done.returncode != 0
        assert "ImproperlyConfigured" in done.stderr
    done = with_settings(
        "assert settings.PALKKIO_IDENTITY_PROVIDERS[0].key == 'b'",
        **PRODUCTION,
        PALKKIO_IDENTITY_PROVIDERS=bank % "https://broker.example.fi",
    )
    assert done.returncode == 0, done.stderr
