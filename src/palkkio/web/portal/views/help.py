"""Instructions (Ohjeet): by topic, by page, or freely browsed; readable without signing in (HELP-1, HELP-2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from palkkio.web.portal import help_articles

if TYPE_CHECKING:
    from palkkio.web.doors import PublicRequest


@require_safe
def contents(request: PublicRequest) -> HttpResponse:
    language = _language()
    words = request.GET.get("q", "")[:60]
    context = {
        "topics": help_articles.topics(language),
        "words": words.strip(),
        "found": help_articles.search(words, language),
    }
    return render(request, "portal/help.html", context)


@require_safe
def show_article(request: PublicRequest, slug: str) -> HttpResponse:
    language = _language()
    if slug not in help_articles.slugs():
        raise Http404
    context = {"article": help_articles.article(slug, language), "topics": help_articles.topics(language)}
    return render(request, "portal/help_article.html", context)


def _language() -> str:
    code = (get_language() or "fi")[:2]
    return code if code in help_articles.LANGUAGES else "fi"
