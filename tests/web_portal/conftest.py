from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.web_portal.scene import Scene, scene

if TYPE_CHECKING:
    from django.test import Client


@pytest.fixture
def at(db: None, client: Client) -> Scene:
    """A signed-in carer on 8 June 2026."""
    return scene(client)
