"""What all tests share: the fixed day, a database of their own, a browser.

Tests run on 8 June 2026, on an embedded PostgreSQL that the demo does not touch. Migrations run once into a template;
each run, and each worker of a parallel run, gets a copy of it, so that several runs may go on at once.

    page, phone        a window of 1280 × 800, of 360 × 740; Finnish
    open_page          more windows: open_page(width=768, height=1024, language="sv", javascript=False)
    axe                axe(page) == [] when axe-core finds nothing
    database_url       for programs that a test starts
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Generator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings as django_settings
from django.test import TransactionTestCase
from hypothesis import HealthCheck
from hypothesis import settings as properties

from palkkio.config import embedded, env
from palkkio.core.clock import Clock

from . import browsers, databases

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

TODAY = date(2026, 6, 8)
ROOT = Path(__file__).resolve().parents[1]


def pytest_configure(config: pytest.Config) -> None:
    gc.disable()  # thousands of tests are collected, and nothing of them is garbage: half of the time goes into looking
    os.environ["PALKKIO_TODAY"] = TODAY.isoformat()
    django_settings.PALKKIO_CLOCK = Clock(TODAY)
    # Nothing here is timed: these machines are noisy. In CI the same examples each time, elsewhere new ones; many in
    # `bin/test long`, which names the marker of properties.
    properties.register_profile(
        "palkkio",
        deadline=None,
        max_examples=100 if "hypothesis" in config.option.markexpr else 20,
        suppress_health_check=[HealthCheck.too_slow],
        derandomize="CI" in os.environ,
    )
    properties.load_profile("palkkio")
    django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Quick tests first; journeys, which all share one browser and one database, last."""
    last = ("journey", "long", "slow")
    items.sort(key=lambda item: [bool(item.get_closest_marker(name)) for name in last])


def pytest_collection_finish() -> None:
    gc.enable()
    gc.freeze()


@pytest.fixture(autouse=True)
def language_of_the_test_alone() -> Generator[None]:
    """A page that a test opened in Swedish leaves its thread Swedish."""
    from django.utils import translation

    yield
    translation.deactivate()


@pytest.fixture
def clock() -> Clock:
    return Clock(TODAY)


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: Any, request: pytest.FixtureRequest
) -> Generator[None]:
    """A migrated database of this run's own, dropped at its end."""
    from django.db import connections

    server = embedded.tests()
    with server.used(), django_db_blocker.unblock():
        name = databases.make(server)
        url = server.url(name)
        entry = {**django_settings.DATABASES["default"], **env.database(url)}
        django_settings.DATABASES["default"] = entry
        connections["default"].close()
        connections["default"].settings_dict.update(entry)
        before = os.environ.get("DATABASE_URL")
        os.environ["DATABASE_URL"] = url
        kept = databases.filled(databases.tables())
        TransactionTestCase._fixture_teardown = lambda case: databases.empty(kept)  # type: ignore[method-assign]
        try:
            yield
        finally:
            connections.close_all()
            databases.drop(server, name)
            os.environ.pop("DATABASE_URL")
            if before is not None:
                os.environ["DATABASE_URL"] = before


@pytest.fixture
def database_url(django_db_setup: None) -> str:
    """Address of this run's database; programs that a test starts inherit it as DATABASE_URL too."""
    return os.environ["DATABASE_URL"]


@pytest.fixture(scope="session")
def browser() -> Generator[Browser]:
    with browsers.launched() as browser:
        yield browser


@pytest.fixture
def open_page(browser: Browser, live_server: Any) -> Generator[Callable[..., Page]]:
    """Open windows on the site, each a visitor of its own, closed after the test.

    The test fails when a page ran into its content security policy, threw an error in a script or asked anything of
    another host.
    """
    with browsers.Windows(browser, live_server.url) as windows:
        yield windows.open
    assert windows.complaints == []


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    return open_page(width=1280, height=800)


@pytest.fixture
def phone(open_page: Callable[..., Page]) -> Page:
    return open_page(width=360, height=740, touch=True)


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], list[str]]:
    """What axe-core finds wrong on the page as it stands, a line for each element."""
    return browsers.axe_findings
