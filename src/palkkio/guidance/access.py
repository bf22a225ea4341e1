"""Which news and additions a viewer may fetch."""

from __future__ import annotations

from django.db.models import QuerySet

from palkkio.core.viewer import Viewer
from palkkio.guidance.models import News


def news(viewer: Viewer) -> QuerySet[News]:
    """Staff: all news of the organisation; others read what `queries.news_for` shows them."""
    found = News.objects.filter(organisation_id=viewer.organisation_id)
    return found if viewer.is_staff else found.none()
