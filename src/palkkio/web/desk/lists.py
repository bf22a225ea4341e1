"""Lists of the desk: pages, and the words of a search.

The words of a search for a person are personal data, so they never stand in an address, where logs, history and the
next site's referrer would keep them. A search is posted, its words lie sealed in the reader's session (in the database,
gone when it ends) and the answer is a redirect to the list. What is no personal data, as kind, unit or order, stays in
the address, so that a view can be kept as a bookmark.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import Model, QuerySet

from palkkio.core.sealing import SealError
from palkkio.people.identity import ring
from palkkio.web.looks import note_shown
from palkkio.web.numbers import whole
from palkkio.web.ui.values import Pages

if TYPE_CHECKING:
    from palkkio.web.doors import RoleRequest

Found = TypeVar("Found", bound=Model)
SIZE = 50
LONGEST_WORDS = 100


def page_of(request: RoleRequest, rows: QuerySet[Found], size: int = SIZE) -> tuple[list[Found], Pages]:
    """One page of a list, the one of the GET parameter `page`; a page beyond the end is the last one.

    Whom it shows is noted for the look that the list leaves.
    """
    total = rows.count()
    last = max(1, -(-total // size))
    number = min(max(1, whole(request.GET.get("page")) or 1), last)
    found = list(rows[(number - 1) * size : number * size])
    note_shown(request, found)
    return found, Pages(number, size, total)


def words_of(request: RoleRequest, name: str) -> str:
    """The words that the list `name` was last searched by in this role."""
    try:
        return ring().open(str(request.session.get(_key(request, name), "")))
    except SealError:  # its key is gone: search again
        return ""


def keep_words(request: RoleRequest, name: str, words: str) -> None:
    key = _key(request, name)
    if words := words.strip()[:LONGEST_WORDS]:
        request.session[key] = ring().seal(words)
    else:
        request.session.pop(key, None)


def _key(request: RoleRequest, name: str) -> str:
    return f"desk_words_{name}_{request.viewer.role_id}"


def numbered(pairs: Any) -> list[tuple[str, str]]:
    """Choices of a menu from (number, name) pairs."""
    return [(str(number), str(name)) for number, name in pairs]
