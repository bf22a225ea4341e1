"""Reads of the stage: an organisation's additions, news for a reader, search."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from palkkio.core.viewer import RoleKind, Viewer
from palkkio.entries.queries import is_heta_member
from palkkio.guidance import catalogue, searching
from palkkio.guidance.models import Addition, News
from palkkio.guidance.values import NewsRow
from palkkio.organisations.queries import local_name


def addition(viewer: Viewer | None, article: str, language: str) -> str:
    """What the reader's organisation adds to an article (Markdown); "" for nothing, and for who has not signed in."""
    return additions(viewer, language).get(article, "")


def additions(viewer: Viewer | None, language: str) -> dict[str, str]:
    """All additions of the reader's organisation in one language, by article."""
    if viewer is None:
        return {}
    rows = Addition.objects.filter(organisation_id=viewer.organisation_id, language=language)
    return dict(rows.values_list("article", "text"))


def public_additions(article: str, language: str) -> list[tuple[str, str]]:
    """What each organisation adds to an article of a public topic, by its name; nothing of other articles (HELP-5)."""
    if article not in catalogue.public_slugs():
        return []
    rows = Addition.objects.filter(article=article, language=language).select_related("organisation")
    return sorted((local_name(each.organisation, language), each.text) for each in rows)


def search(viewer: Viewer | None, typed: str, language: str) -> list[str]:
    """Slugs of articles with the typed words, the best first; the additions of the reader's organisation count."""
    return searching.found(typed, language, additions(viewer, language))


def news_for(viewer: Viewer, *, today: date, language: str) -> list[NewsRow]:
    """News and service notices that the viewer's role reads today, service notices first, then the newest."""
    found = News.objects.filter(
        organisation_id=viewer.organisation_id,
        roles__contains=[viewer.role.value],
        shown__contains=today,
        withdrawn_at__isnull=True,
    )
    if viewer.role is RoleKind.EMPLOYER:
        mine = "members" if is_heta_member(viewer.subject_person_id, today) else "others"
        found = found.filter(Q(membership="") | Q(membership=mine))
    rows = [row(each, language) for each in found.order_by("-shown", "-pk")]
    return sorted(rows, key=lambda each: not each.is_service)


def row(news: News, language: str) -> NewsRow:
    """News in one language; English falls back to Finnish."""
    title, text = getattr(news, f"title_{language}"), getattr(news, f"text_{language}")
    return NewsRow(
        id=news.pk,
        is_service=news.kind == News.Kind.SERVICE,
        title=title or news.title_fi,
        text=text if title else news.text_fi,
        shown=news.shown,
        roles=tuple(RoleKind(each) for each in news.roles),
        membership=str(news.membership),
        is_withdrawn=news.withdrawn_at is not None,
        language=language if title else catalogue.LANGUAGES[0],
    )
