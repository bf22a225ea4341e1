"""A world in which one act of staff can be done; the parts beside this make what each act needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from palkkio.core.viewer import Viewer
from palkkio.people.models import Person
from tests import factories
from tests.architecture.url_roles import World

NOW = factories.NOW
Act = Callable[[Viewer], Any]


@dataclass
class Base:
    """The matters of one carer, who is a household employer and an assistant where an act needs one."""

    place: factories.Place
    subject: Person | None = None  # whose account is made; None: a new person's

    def __post_init__(self) -> None:
        assert self.person  # made before any act: what an act does is taken back

    @cached_property
    def world(self) -> World:
        return World(self.place)

    @cached_property
    def person(self) -> Person:
        return Person.objects.get(pk=self.world.carer.person_id)
