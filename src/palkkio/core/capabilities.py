"""What somebody who acts for another may do, as one table (ACC-14 for pay, DIG-2 for what comes later).

    viewer.may(Capability.ENTER)            a page asks
    viewer.require_may(Capability.ENTER)    an action refuses
    viewer.person_ids_to(Capability.SEE)    an `access.py` narrows

Of the county's staff this table says nothing: what they may do stands in the rights of each stage.
"""

from __future__ import annotations

from enum import StrEnum


class Capability(StrEnum):
    """One thing to do in the matters of a person."""

    SEE = "see"  # care periods, payslips, contracts, decisions
    SEE_MESSAGES = "see_messages"  # comments and their answers
    ENTER = "enter"  # days, shifts, trips, notes
    CONFIRM = "confirm"
    APPROVE = "approve"  # hours of an assistant, for the employer
    COMMENT = "comment"  # write comments and messages, ask for a call
    REPORT_CHANGES = "report_changes"
    ADD_PAPERS = "add_papers"
    SEE_HEALTH = "see_health"  # diagnoses and medicines, where a service shows them (DIG-2)
    BOOK = "book"  # appointments (DIG-2)
    SIGN = "sign"
    CHANGE_BANK_ACCOUNT = "change_bank_account"
    CHANGE_PASSWORD = "change_password"  # noqa: S105
    GIVE_MANDATES = "give_mandates"
    CLOSE_ACCOUNT = "close_account"


class Scope(StrEnum):
    """On what ground, and how far, somebody deals with the matters of a person."""

    OWN = "own"  # their own matters
    UNLIMITED = "unlimited"  # valtuutus: rajaton
    BOOKING_AND_MESSAGES = "booking_and_messages"  # valtuutus: ajanvaraus ja viestit
    READ_ONLY = "read_only"  # valtuutus: vain luku
    GUARDIAN = "guardian"  # alaikäisen huoltaja
    SUBSTITUTE_EMPLOYER = "substitute_employer"  # alaikäisen sijaistyönantaja


MANDATES = (Scope.UNLIMITED, Scope.BOOKING_AND_MESSAGES, Scope.READ_ONLY)
OF_MINORS = (Scope.GUARDIAN, Scope.SUBSTITUTE_EMPLOYER)

_READING = frozenset({Capability.SEE, Capability.SEE_MESSAGES, Capability.SEE_HEALTH})
_MESSAGES = frozenset({Capability.SEE_MESSAGES, Capability.COMMENT, Capability.BOOK})
_UNLIMITED = (
    _READING
    | _MESSAGES
    | {
        Capability.ENTER,
        Capability.CONFIRM,
        Capability.APPROVE,
        Capability.REPORT_CHANGES,
        Capability.ADD_PAPERS,
    }
)

MAY: dict[Scope, frozenset[Capability]] = {
    Scope.OWN: frozenset(Capability),
    Scope.UNLIMITED: _UNLIMITED,
    Scope.BOOKING_AND_MESSAGES: _MESSAGES,
    Scope.READ_ONLY: _READING,
    # A guardian signs for the child; money and further mandates stay with the child's own matters (ACC-14).
    Scope.GUARDIAN: _UNLIMITED | {Capability.SIGN},
    # Not a mandate: all of the employer's rights, also whom to let help (ACC-9, EMP-13). An account number of the minor
    # is not among the employer's rights and stays closed to all who act for another (ACC-14).
    Scope.SUBSTITUTE_EMPLOYER: _UNLIMITED | {Capability.SIGN, Capability.GIVE_MANDATES},
}
