"""News and service notices of the reader's organisation, for their role."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from palkkio.web.doors import for_any_role
from palkkio.web.news_page import news_of

if TYPE_CHECKING:
    from palkkio.web.doors import RoleRequest


@require_safe
@for_any_role
def news(request: RoleRequest) -> HttpResponse:
    return render(request, "portal/news.html", {"news": news_of(request.viewer, today=request.clock.today())})
