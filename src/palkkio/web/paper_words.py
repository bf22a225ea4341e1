"""Papers of employments in words: what they are, where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from palkkio.contracts.papers import PaperKind, PaperState
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


def state_chip(paper: Paper, today: date) -> Chip:
    return {
        PaperState.RECEIVED: Chip(_("Received"), "you"),
        PaperState.RETURNED: Chip(_("Returned"), "warn"),
        PaperState.ACCEPTED: Chip(_("Accepted"), "ok"),
        PaperState.ENDING: Chip(_("Ends soon"), "warn"),
        PaperState.ENDED: Chip(_("Has ended"), "error"),
    }[paper.state_on(today)]
