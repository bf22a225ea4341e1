"""The database and the browser that other tests stand on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.db import connection

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.mark.django_db
def test_tests_use_a_database_of_their_own() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database(), current_setting('server_version_num')::int")
        name, version = cursor.fetchone()
    assert name.startswith("palkkio_run_")
    assert version >= 150000


def test_today_stands_still() -> None:
    assert settings.PALKKIO_CLOCK.today() == date(2026, 6, 8)


@pytest.mark.journey
def test_axe_finds_what_is_wrong(page: Page, axe: Callable[[Page], list[str]]) -> None:
    page.set_content('<html lang="fi"><title>x</title><main><h1>x</h1><img src="data:,"></main></html>')
    assert [finding.split()[0] for finding in axe(page)] == ["image-alt"]


@pytest.mark.journey
def test_request_to_another_host_is_noticed(open_page: Callable[..., Page], live_server: object) -> None:
    window = open_page()
    complaints: list[str] = open_page.__self__.complaints  # type: ignore[attr-defined]
    window.set_content('<img src="http://127.0.0.1:9/x.png" alt="">')
    window.wait_for_load_state()
    assert complaints == ["asked another host: http://127.0.0.1:9/x.png"]
    complaints.clear()
