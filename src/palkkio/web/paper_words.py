"""Papers of employments in words: what they are, where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as lazy

from palkkio.contracts.papers import PaperKind
from palkkio.web.document_words import chip_of
from palkkio.web.ui.values import Chip

if TYPE_CHECKING:
    from datetime import date

    from palkkio.contracts.paper_models import Paper

KINDS: dict[str, Promise] = {
    PaperKind.CONTRACT: lazy("Employment contract"),
    PaperKind.CERTIFICATE: lazy("Medical certificate"),
    PaperKind.TAX_CARD: lazy("Changed tax card"),
    PaperKind.PAY_GROUP_NOTICE: lazy("Notice of a pay group"),
    PaperKind.DUES: lazy("Authorisation of union or unemployment fund fees"),
    PaperKind.NOTICE_OF_END: lazy("Notice of the end of the employment"),
    PaperKind.HETA_MEMBERSHIP: lazy("Heta membership of the year"),
}

FILES = {"paper": "document", "receipt": "receipt"}  # of a paper, by what addresses call them


def state_chip(paper: Paper, today: date) -> Chip:
    return chip_of(paper.state_on(today))
