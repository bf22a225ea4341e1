"""Who of the staff sees to the open comments of a matter (CARE-11)."""

from __future__ import annotations

import pghistory
from django.db import models

from palkkio.messages.models import Comment
from palkkio.organisations.base import OrganisationRow


@pghistory.track()
class Holder(OrganisationRow):
    """One of the staff has the open comments of one matter; the row goes when the last of them is processed."""

    about = models.CharField(max_length=12, choices=Comment.About.choices)
    object_id = models.BigIntegerField()
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    given_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "about", "object_id"], name="the_comments_of_a_matter_have_one_holder"
            )
        ]
