"""What pages read of news."""

from __future__ import annotations

from dataclasses import dataclass

from palkkio.core.days import DateRange
from palkkio.core.viewer import RoleKind


@dataclass(frozen=True, slots=True)
class NewsRow:
    """One piece of news in a reader's language.

    text        Markdown
    membership  "members" or "others" of Heta among employers; "": all
    language    in which it really is
    """

    id: int
    is_service: bool
    title: str
    text: str
    shown: DateRange
    roles: tuple[RoleKind, ...]
    membership: str
    is_withdrawn: bool
    language: str
