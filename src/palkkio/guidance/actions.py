"""Writes of the stage: additions to articles, news. Raises NotAllowed unless staff, InvalidInput beside the field."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from palkkio.audit import actions as audit
from palkkio.core.days import DateRange
from palkkio.core.problems import FieldError, InvalidInput, NotAllowed, WrongState
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.guidance import access, catalogue
from palkkio.guidance.models import Addition, News
from palkkio.guidance.rights import EDITING
from palkkio.organisations.access import NOT_FOUND, one
from palkkio.organisations.inputs import Inputs

LENGTH = 4000
TITLE_LENGTH = 120
NEWS_FIELDS = (
    "kind",
    "title_fi",
    "title_sv",
    "title_en",
    "text_fi",
    "text_sv",
    "text_en",
    "roles",
    "membership",
    "first",
    "last",
)


@transaction.atomic
def save_addition(article: str, texts: Mapping[str, str], *, by: Viewer, at: datetime) -> None:
    """What the organisation adds to an article, by language; an empty text takes it away."""
    by.require(*EDITING)
    if article not in catalogue.slugs() or not set(texts) <= set(catalogue.LANGUAGES):
        raise NotAllowed(NOT_FOUND)
    long = [
        FieldError(language, "Shorten this to %(limit)s characters", {"limit": LENGTH})
        for language, text in texts.items()
        if len(text) > LENGTH
    ]
    if long:
        raise InvalidInput(*long)
    for language, text in texts.items():
        key: dict[str, Any] = {"organisation_id": by.organisation_id, "article": article, "language": language}
        if not text.strip():
            Addition.objects.filter(**key).delete()
            continue
        values = {"text": text.strip(), "written_at": at, "written_by_id": by.account_id}
        Addition.objects.update_or_create(defaults=values, **key)
    audit.record("save_addition", by=by, at=at, object_kind="help_article", details={"article": article})


@transaction.atomic
def save_news(news_id: int | None, *, by: Viewer, at: datetime, values: Mapping[str, Any]) -> News:
    """News or a service notice, whole; None writes a new one.

    values  NEWS_FIELDS; `last` may be empty: until it is withdrawn. Finnish and Swedish are required.
    Raises WrongState for news that are withdrawn.
    """
    by.require(*EDITING)
    inputs = Inputs(values, NEWS_FIELDS)
    row = News(organisation_id=by.organisation_id) if news_id is None else _locked(news_id, by)
    row.kind = inputs.choice("kind", News.Kind, "Choose news or a service notice")
    row.title_fi = inputs.text("title_fi", TITLE_LENGTH, "Enter the title in Finnish")
    row.text_fi = inputs.text("text_fi", LENGTH, "Enter the text in Finnish")
    row.title_sv = inputs.text("title_sv", TITLE_LENGTH, "Enter the title in Swedish")
    row.text_sv = inputs.text("text_sv", LENGTH, "Enter the text in Swedish")
    row.title_en, row.text_en = inputs.text("title_en", TITLE_LENGTH), inputs.text("text_en", LENGTH)
    if bool(row.title_en) != bool(row.text_en):
        inputs.error("title_en", "Enter both title and text in English, or neither")
    chosen = set(inputs.raw("roles") or ())
    row.roles = [each.value for each in RoleKind if each.value in chosen]
    if not row.roles:
        inputs.error("roles", "Choose who reads it")
    row.membership = str(inputs.raw("membership") or "")
    if row.membership not in News.Membership.values:
        inputs.error("membership", "Choose one of the list")
    if row.membership and RoleKind.EMPLOYER not in chosen:
        inputs.error("membership", "Choose employers among the readers, or all employers here")
    first, last = inputs.first_and_last("Enter the first day")
    inputs.check()
    row.shown = DateRange.of_days(first, last)
    row.written_at, row.written_by_id = at, by.account_id
    row.save()
    _record("save_news", row, by=by, at=at)
    return row


@transaction.atomic
def withdraw_news(news_id: int, *, by: Viewer, at: datetime) -> News:
    """Nobody sees it from now on; the row stays. Raises WrongState when it is withdrawn already."""
    by.require(*EDITING)
    row = _locked(news_id, by)
    row.withdrawn_at = at
    row.save(update_fields=["withdrawn_at"])
    _record("withdraw_news", row, by=by, at=at)
    return row


def _locked(news_id: int, by: Viewer) -> News:
    row = one(access.news(by).select_for_update(of=("self",)), news_id)
    if row.withdrawn_at is not None:
        raise WrongState("This has been withdrawn already. Write a new one.")
    return row


def _record(action: str, row: News, *, by: Viewer, at: datetime) -> None:
    audit.record(action, by=by, at=at, object_kind="news", object_id=row.pk)
