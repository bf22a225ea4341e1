"""A World in which everything is made at once, for walks that open many pages of the same objects."""

from __future__ import annotations

from functools import cached_property

from tests import factories
from tests.architecture.url_roles import World


def whole_world(place: factories.Place, family_name: str = "Mallikas") -> World:
    """One of everything. What is paid is made first and the run that waits last: between them nothing is held."""
    world = World(place, family_name)
    parts = {name: value for part in reversed(World.__mro__) for name, value in vars(part).items()}
    names = [name for name, value in parts.items() if isinstance(value, cached_property)]
    for name in ("payslip", "batch", *(each for each in names if each != "run"), "run"):
        assert getattr(world, name), name
    return world
