"""What is derived once from a value that many share as one object."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")


class Once(Generic[T, R]):
    """Derives from a value once, known by its identity: for values that are never changed.

    Values are kept beside what was derived, so that no other takes their identity meanwhile. With `most` of them all
    are let go.
    """

    def __init__(self, derive: Callable[[T], R], most: int) -> None:
        self._derive = derive
        self._most = most
        self._known: dict[int, tuple[T, R]] = {}

    def __call__(self, value: T) -> R:
        found = self._known.get(id(value))
        if found is None:
            if len(self._known) >= self._most:
                self._known.clear()
            found = self._known[id(value)] = (value, self._derive(value))
        return found[1]
