"""How what is known of a period came in."""

from __future__ import annotations

from django.db import models


class Channel(models.TextChoices):
    """How an entry came in."""

    ELECTRONIC = "electronic"  # the carer's own
    EMPLOYER = "employer"  # an assistant's hours by the employer, with the assistant's consent (EMP-1)
    STAFF = "staff"  # by the county, e.g. by phone
    PAPER = "paper"  # keyed in from paper, scan attached (ACC-11)
    CONTRACT = "contract"  # nobody entered anything: the fee runs from the contract (CARE-9)


BY_COUNTY = (Channel.STAFF, Channel.PAPER)  # by phone or from paper (CARE-12)
