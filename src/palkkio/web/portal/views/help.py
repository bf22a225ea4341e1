"""Instructions (Ohjeet): by topic, by page, or freely browsed; readable without signing in (HELP-1, HELP-2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from palkkio.guidance import catalogue, queries
from palkkio.web import help_articles
from palkkio.web.prose import safe_html
from palkkio.web.ui.words import reading_language

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from palkkio.core.viewer import Viewer
    from palkkio.web.doors import PublicRequest


@require_safe
def contents(request: PublicRequest) -> HttpResponse:
    """The front page: search, and the topics, those of the reader's own role first."""
    language = reading_language()
    words = request.GET.get("q", "")[:60].strip()
    context = {
        "topics": help_articles.topics(language, request.viewer),
        "words": words,
        "found": [help_articles.article(slug, language) for slug in queries.search(request.viewer, words, language)],
    }
    return render(request, "portal/help.html", context)


@require_safe
def show_topic(request: PublicRequest, slug: str) -> HttpResponse:
    topic = help_articles.topic(slug, reading_language())
    if topic is None:
        raise Http404
    return render(request, "portal/help_topic.html", {"topic": topic})


@require_safe
def show_article(request: PublicRequest, slug: str) -> HttpResponse:
    """One article with what the reader's organisation adds to it; to one about the service, each of them does."""
    if slug not in catalogue.slugs():
        raise Http404
    language = reading_language()
    context = {
        "article": help_articles.article(slug, language),
        "topic": help_articles.topic_of(slug, language),
        "additions": _additions(request.viewer, slug, language),
    }
    return render(request, "portal/help_article.html", context)


def _additions(viewer: Viewer | None, slug: str, language: str) -> list[tuple[str, SafeString]]:
    """What organisations add, by their names; who has signed in reads that of their own alone."""
    if viewer is None:
        return [(name, safe_html(text)) for name, text in queries.public_additions(slug, language)]
    text = queries.addition(viewer, slug, language)
    return [(viewer.organisation_name, safe_html(text))] if text else []
