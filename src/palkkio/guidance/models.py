from __future__ import annotations

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from palkkio.core.viewer import RoleKind
from palkkio.organisations.base import OrganisationRow
from palkkio.organisations.fields import DaysField


@pghistory.track()
class Addition(OrganisationRow):
    """What an organisation adds of its own to an article of the instructions, in one language (Markdown)."""

    article = models.CharField(max_length=60)
    language = models.CharField(max_length=2)
    text = models.TextField(max_length=4000)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "article", "language"], name="an_article_has_one_addition_in_a_language"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="an_addition_says_something"),
        ]


@pghistory.track()
class News(OrganisationRow):
    """News (uutinen) or a service notice (palvelutiedote) of an organisation, for some roles, on some days.

    Text is Markdown. English may be missing: its readers get the Finnish text.
    """

    class Kind(models.TextChoices):
        NEWS = "news"
        SERVICE = "service"  # an interruption, a delayed payment: stands above the first page

    class Membership(models.TextChoices):
        """Which employers: the agreement of Heta binds its members (R16)."""

        ALL = ""
        MEMBERS = "members"
        OTHERS = "others"

    kind = models.CharField(max_length=10, choices=Kind.choices)
    title_fi = models.CharField(max_length=120)
    title_sv = models.CharField(max_length=120)
    title_en = models.CharField(max_length=120, blank=True)
    text_fi = models.TextField(max_length=4000)
    text_sv = models.TextField(max_length=4000)
    text_en = models.TextField(max_length=4000, blank=True)
    roles = ArrayField(models.CharField(max_length=30, choices=[(each.value, each.value) for each in RoleKind]))
    membership = models.CharField(max_length=10, choices=Membership.choices, blank=True)
    shown = DaysField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "news"
        constraints = [
            models.CheckConstraint(condition=Q(roles__len__gte=1), name="news_are_for_some_role"),
            models.CheckConstraint(
                condition=Q(membership="") | Q(roles__contains=["employer"]),
                name="only_employers_are_told_apart_by_membership",
            ),
        ]
