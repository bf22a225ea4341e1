"""Menus of the doors. Each door says what its menus hold, once, in its AppConfig.ready():

    menus.register("portal", (MenuItem(_("Home"), "portal:home"), MenuItem(_("Care periods"), "portal:periods")))

Known places: portal (main menu), desk (side menu), user (behind one's name), footer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise

Counts = Callable[[Any], Mapping[str, int]]
PLACES = ("portal", "desk", "user", "footer")


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One item.

    text    lazy translation
    view    name of the view it opens
    icon    name of a symbol, "" for none
    args    arguments of the view
    roles   roles that see it; None is everybody
    count   key in what the place's `counts` returns; 0 and missing show nothing
    posts   the item is a button that posts to its view (signing out)
    signed_in   True: only to those signed in; False: only to others; None: to all
    shown   a further condition on the viewer
    """

    text: str | Promise
    view: str
    icon: str = ""
    args: tuple[str, ...] = ()
    roles: frozenset[str] | None = None
    count: str = ""
    posts: bool = False
    signed_in: bool | None = None
    shown: Callable[[Any], bool] | None = None

    def is_for(self, viewer: Any) -> bool:
        if self.signed_in is not None and self.signed_in != (viewer is not None):
            return False
        if self.roles is not None and getattr(viewer, "role", None) not in self.roles:
            return False
        return self.shown is None or self.shown(viewer)


@dataclass(frozen=True, slots=True)
class Drawn:
    """An item as drawn for one reader on one page."""

    text: str
    href: str
    view: str
    icon: str
    count: int
    posts: bool
    current: str  # value of aria-current: "page", "true" for a page below it, "" for another


_items: dict[str, tuple[MenuItem, ...]] = {}
_counts: dict[str, Counts] = {}


def register(place: str, items: Sequence[MenuItem], counts: Counts | None = None) -> None:
    """Sets the items of a place; `counts` is called with the viewer, once a page, when the place has counted items.

    Raises ValueError for an unknown place.
    """
    if place not in PLACES:
        raise ValueError(f"No menu is called {place}; there are {', '.join(PLACES)}")
    _items[place] = tuple(items)
    if counts is None:
        _counts.pop(place, None)
    else:
        _counts[place] = counts


def add(place: str, *items: MenuItem) -> None:
    """Adds items to a place that another app has begun."""
    register(place, (*_items.get(place, ()), *items), _counts.get(place))


def draw(place: str, viewer: Any, path: str, at: str = "") -> list[Drawn]:
    """The items that `viewer` sees. The current one is `at` (a view's name), else the longest address that `path`
    begins with. Raises NoReverseMatch when an item names a view that does not exist."""
    seen = [(item, reverse(item.view, args=item.args)) for item in _items.get(place, ()) if item.is_for(viewer)]
    has_counts = place in _counts and any(item.count for item, _ in seen)
    counts = _counts[place](viewer) if has_counts else {}
    if at:
        current = next((href for item, href in seen if item.view == at), "")
    else:
        current = max((href for item, href in seen if not item.posts and _is_under(path, href)), key=len, default="")
    return [
        Drawn(
            text=str(item.text),
            href=href,
            view=item.view,
            icon=item.icon,
            count=counts.get(item.count, 0) if item.count else 0,
            posts=item.posts,
            current=("page" if href == path else "true") if href == current else "",
        )
        for item, href in seen
    ]


def _is_under(path: str, href: str) -> bool:
    if path == href:
        return True
    # A home page such as "/" or "/desk/" is not the parent of every page below it.
    return href.strip("/").count("/") >= 1 and path.startswith(href.rstrip("/") + "/")
