"""Gaps that are expected, and refusals. Codes and colours: docs/rules.md and the case format."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from palkkio.core.slots import made_often


class ProblemCode(StrEnum):
    # red: blocks the payee until fixed, or set aside by a named person with a reason
    NO_TAX_CARD = "NO_TAX_CARD"
    NO_BANK_ACCOUNT = "NO_BANK_ACCOUNT"
    RATE_NOT_CONFIRMED = "RATE_NOT_CONFIRMED"
    CONTRACT_TERM_MISSING = "CONTRACT_TERM_MISSING"
    GATE_CLOSED = "GATE_CLOSED"
    NET_NEGATIVE = "NET_NEGATIVE"
    ENTRY_OUTSIDE_CONTRACT = "ENTRY_OUTSIDE_CONTRACT"
    NO_IDENTITY_CODE = "NO_IDENTITY_CODE"
    PAYEE_DECEASED = "PAYEE_DECEASED"
    # yellow: shown, pays
    FEE_CLASS_NOT_ALLOWED = "FEE_CLASS_NOT_ALLOWED"
    PAY_GROUP_WITHOUT_DECISION = "PAY_GROUP_WITHOUT_DECISION"
    BELOW_MINIMUM = "BELOW_MINIMUM"
    OVERPAYMENT = "OVERPAYMENT"
    LOCUM_TOO_SHORT = "LOCUM_TOO_SHORT"
    OVERTIME = "OVERTIME"
    RATE_NOT_VERIFIED = "RATE_NOT_VERIFIED"
    CAP_REACHED = "CAP_REACHED"  # the decision's cap of the month: what is above it is not paid
    CERTIFICATE_MISSING = "CERTIFICATE_MISSING"  # an illness longer than may pass without a medical certificate
    LEAVE_NOT_EARNED = "LEAVE_NOT_EARNED"  # leave days above those earned: they are not paid
    LEAVE_NOT_SETTLED = "LEAVE_NOT_SETTLED"  # the employment ends and its leave year is not known
    ABOVE_MAXIMUM = "ABOVE_MAXIMUM"  # lowered to the maximum of the law


RED = frozenset(
    {
        ProblemCode.NO_TAX_CARD,
        ProblemCode.NO_BANK_ACCOUNT,
        ProblemCode.RATE_NOT_CONFIRMED,
        ProblemCode.CONTRACT_TERM_MISSING,
        ProblemCode.GATE_CLOSED,
        ProblemCode.NET_NEGATIVE,
        ProblemCode.ENTRY_OUTSIDE_CONTRACT,
        ProblemCode.NO_IDENTITY_CODE,
        ProblemCode.PAYEE_DECEASED,
    }
)
# Set aside, the payee is paid all the same (60 %; work before the gate opened is owed); the others stay unpaid.
PAYS_WHEN_SET_ASIDE = frozenset({ProblemCode.NO_TAX_CARD, ProblemCode.GATE_CLOSED})


@made_often
@dataclass(frozen=True, slots=True)
class Problem:
    """One expected gap in one payee's pay; `figure` and `day` name the figure that is missing and when."""

    code: ProblemCode
    figure: str = ""
    day: date | None = None

    @property
    def is_red(self) -> bool:
        return self.code in RED


class Refusal(Exception):
    """An action was refused; `message` is an English message id that says what to do.

    The page translates `message` with `params`.
    """

    def __init__(self, message: str, **params: object) -> None:
        super().__init__(message % params if params else message)
        self.message = message
        self.params = params


class NotAllowed(Refusal):
    """Who asks may not do this."""


class WrongState(Refusal):
    """The thing is not in a state where this can be done."""


class StaleVersion(WrongState):
    """Somebody saved meanwhile; nothing was written, both versions are kept (CARE-13)."""


@dataclass(frozen=True, slots=True)
class FieldError:
    """One error beside one field of a form."""

    field: str
    message: str
    params: dict[str, object] = dataclasses.field(default_factory=dict)


class InvalidInput(Refusal):
    """What was typed cannot be taken; `errors` are shown beside their fields."""

    def __init__(self, *errors: FieldError) -> None:
        super().__init__("Check the marked fields")
        self.errors = errors
