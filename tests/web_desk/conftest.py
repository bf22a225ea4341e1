from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from palkkio.core.viewer import Viewer
from tests.web_desk import scene

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.fixture
def may(db: None) -> scene.Scene:
    """May in Mallila: four carers, of whom three have confirmed, and two handlers."""
    return scene.make()


@pytest.fixture
def desk(may: scene.Scene) -> Client:
    """The handler at the desk."""
    return scene.signed_in(may.handler)


@pytest.fixture
def sit_down() -> Callable[[Page, Viewer], Page]:
    """Signs a window in as a viewer."""
    return scene.sit_down
