"""The values of the desk's page of news."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from palkkio.core.viewer import Viewer
from palkkio.guidance import access
from palkkio.guidance.queries import row as news_row
from palkkio.guidance.values import NewsRow
from palkkio.web.desk.guidance_forms import MEMBERSHIPS
from palkkio.web.desk.pay_items_page import days_words
from palkkio.web.ui.values import Cell, Chip, Column, Row, Table
from palkkio.web.ui.words import reading_language, role_name

MOST = 50


def news_table(viewer: Viewer, *, today: date) -> Table:
    """The organisation's latest news and service notices, withdrawn ones too."""
    columns = [
        Column(_("Title"), place="title"),
        Column(_("Who reads it")),
        Column(_("Shown")),
        Column(_("State"), place="side"),
    ]
    found = [news_row(each, reading_language()) for each in access.news(viewer).order_by("-shown", "-pk")[:MOST]]
    return Table(_("News"), columns, [_row(each, today) for each in found])


def _row(news: NewsRow, today: date) -> Row:
    address = "" if news.is_withdrawn else reverse("desk:edit-news", args=[news.id])
    membership = str(dict(MEMBERSHIPS)[news.membership]) if news.membership else ""
    return Row(
        [
            Cell(news.title, href=address, chips=[Chip(_("Service notice"), "warn")] if news.is_service else []),
            Cell(", ".join(role_name(each) for each in news.roles), note=membership),
            Cell(days_words(news.shown)),
            Cell(chips=[_state(news, today)]),
        ]
    )


def _state(news: NewsRow, today: date) -> Chip:
    if news.is_withdrawn:
        return Chip(_("withdrawn"))
    if today in news.shown:
        return Chip(_("shown now"), "ok")
    is_coming = news.shown.first is not None and today < news.shown.first
    return Chip(_("coming") if is_coming else _("over"))
