"""What happens one at a time though no row stands for it: a lock in PostgreSQL, held to the end of the transaction."""

from __future__ import annotations

from enum import IntEnum

from palkkio.organisations.asking import rows_of


class Lock(IntEnum):
    """What is done one at a time, of one organisation, run or carer; the number names the lock in PostgreSQL."""

    APPROVALS = 20260  # of an organisation
    RECHECKS = 20261  # of an organisation
    CHARGES = 20262  # of an organisation
    PAYMENT_FILES = 20263  # of a run
    VOUCHERS = 20264  # of a run
    SIGNINGS = 20265  # of a carer


def one_at_a_time(lock: Lock, of: int, *, waits: bool = True) -> bool:
    """Hold back whoever takes the same lock, to the end of the transaction.

    of  number of the organisation, run or carer
    Returns False where somebody else holds it and we do not wait.
    """
    how = "pg_advisory_xact_lock" if waits else "pg_try_advisory_xact_lock"
    [(taken,)] = rows_of(f"SELECT {how}(%(lock)s, %(of)s)", lock=lock, of=of)
    return taken is not False
