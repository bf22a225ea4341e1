"""How frozen pay was worked out (BEY-1): computed again from its frozen facts, when somebody asks."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from palkkio.calculation import frozen
from palkkio.calculation.paid import is_paid_the_same, pays_the_same_lines
from palkkio.calculation.pay import pay
from palkkio.core.payslip import PayResult
from palkkio.rates.queries import profile_known

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Explained:
    """What was paid. `is_explained`: with its working; False: the program or a figure is not what it was then.

    Lines keep their grounds where only deductions or the payer's contributions are worked out otherwise by now.
    """

    result: PayResult
    is_explained: bool


def explained(proposal_id: int, organisation_id: int, facts: Mapping[str, Any], result: Mapping[str, Any]) -> Explained:
    """The frozen result of a proposal with its working. Whatever is computed now, what was paid is what is told."""
    paid: PayResult = frozen.from_json(result)
    if not frozen.is_without_working(result):
        return Explained(paid, is_explained=True)
    again = _again(proposal_id, organisation_id, facts)
    if again is None or not pays_the_same_lines(again, paid):
        return Explained(paid, is_explained=False)
    if not is_paid_the_same(again, paid):
        return Explained(replace(paid, lines=again.lines), is_explained=False)
    return Explained(again, is_explained=True)


def _again(proposal_id: int, organisation_id: int, facts: Mapping[str, Any]) -> PayResult | None:
    """What the facts pay under the program of today and the choices of then; None: it cannot compute them any more."""
    try:
        known = frozen.from_json(facts)
        profile_known(known.profile, organisation_id)
        return pay(known)
    except (KeyError, TypeError, ValueError) as error:  # choices, values or a form of care that it does not know
        # By its kind alone: what an error says may quote the facts.
        logger.warning("Proposal %s cannot be computed again: %s", proposal_id, type(error).__name__)
        return None
