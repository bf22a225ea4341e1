"""What the register must be told of a household employer before a run pays its assistants."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_noop as _

from palkkio.payroll.queries.handover import households_proposed
from palkkio.payroll.values import GateItem
from palkkio.people.queries import names_of, without_id

if TYPE_CHECKING:
    from palkkio.payroll.figures import Figures
    from palkkio.payroll.models import Run

NAMED = 5


def household_condition(run: Run, _figures: Figures) -> list[GateItem]:
    """Condition of an approval: every household that employs has an id, or its assistants could not be reported."""
    households = households_proposed(run.pk)
    if not households:
        return []
    missing = without_id(households)
    if not missing:
        return [GateItem("employers", True, _("Every household employer has an identity code"))]
    names = ", ".join(names_of(missing[:NAMED]).values())
    return [GateItem("employers", False, _("The identity code of an employer is missing: %(names)s"), {"names": names})]
