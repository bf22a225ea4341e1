"""News and service notices as pages of both doors show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from palkkio.core.viewer import Viewer
from palkkio.guidance.queries import news_for
from palkkio.web.prose import plain, safe_html
from palkkio.web.ui.words import reading_language

LATEST = 3  # on a first page


@dataclass(frozen=True, slots=True)
class News:
    """One piece of news. `lead` is its first paragraph as text; `language` the one it is written in, if another."""

    id: int
    is_service: bool
    title: str
    lead: str
    html: SafeString
    day: date
    language: str


@dataclass(frozen=True, slots=True)
class FirstPage:
    """What a first page says of the news: interruptions and delays whole, of other news the latest."""

    service: Sequence[News]
    latest: Sequence[News]


def news_of(viewer: Viewer, *, today: date) -> list[News]:
    """What the reader's role is told today: service notices first, then the newest."""
    reading = reading_language()
    return [
        News(
            id=row.id,
            is_service=row.is_service,
            title=row.title,
            lead=plain(row.text.strip().partition("\n\n")[0]),
            html=safe_html(row.text),
            day=row.shown.first or today,
            language="" if row.language == reading else row.language,
        )
        for row in news_for(viewer, today=today, language=reading)
    ]


def first_page_of(viewer: Viewer, *, today: date) -> FirstPage:
    found = news_of(viewer, today=today)
    return FirstPage(
        service=[each for each in found if each.is_service],
        latest=[each for each in found if not each.is_service][:LATEST],
    )
