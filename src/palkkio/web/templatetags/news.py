"""News on first pages: `{% load news %}{% service_notices %} ... {% latest_news %}`."""

from __future__ import annotations

from typing import Any

from django import template

from palkkio.web.news_page import FirstPage, first_page_of

register = template.Library()
_KEPT = "news_of_this_page"


@register.inclusion_tag("portal/first_news.html", takes_context=True)
def service_notices(context: template.Context) -> dict[str, Any]:
    """Interruptions and delays, above everything else."""
    return {"news": _news(context)}


@register.inclusion_tag("portal/latest_news.html", takes_context=True)
def latest_news(context: template.Context) -> dict[str, Any]:
    """The latest news, with the way to all of them."""
    return {"news": _news(context)}


def _news(context: template.Context) -> FirstPage:
    """Read once for a page."""
    request = context["request"]
    if not hasattr(request, _KEPT):
        setattr(request, _KEPT, first_page_of(request.viewer, today=request.clock.today()))
    found: FirstPage = getattr(request, _KEPT)
    return found
