"""Writes payment files: rows of payments, the bytes that say the same, and their checks. Whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from palkkio.core.money import ZERO
from palkkio.documents import actions as documents
from palkkio.formats import payment_file as files
from palkkio.formats.payment_check import check_payment_file
from palkkio.organisations import queries as organisations
from palkkio.payments.models import Batch, Payment
from palkkio.payments.queries import Terms, payment_file, terms_of, value_of


class FileRefusedError(RuntimeError):
    """A file that we wrote does not pass its checks; nothing is stored. The text names what is wrong."""


@dataclass(frozen=True, slots=True)
class Written:
    """A batch that is to be: its bytes and its sums."""

    content: bytes
    count: int
    total: Decimal
    terms: Terms
    iban: str


def write(
    payments: Sequence[files.Payment], *, organisation_id: int, number: int, execution_date: date, at: datetime
) -> Written:
    """The bytes of a payment file.

    Raises FileRefusedError unless our own check and the official schema find nothing.
    """
    payer, terms = organisations.payer(organisation_id), terms_of(organisation_id)
    file = payment_file(
        payer,
        number=number,
        made_at=at,
        execution_date=execution_date,
        iban=payer.iban,
        payments=tuple(payments),
        keeps_nordic_letters=terms.keeps_nordic_letters,
    )

    try:
        content = files.write_payment_file(file, terms.version)
    except ValueError as error:
        raise FileRefusedError(f"Payment file {number}: {error}") from error
    if found := check_payment_file(content, is_valid_too=True):
        raise FileRefusedError(f"Payment file {number}: {'; '.join(found[:5])}")
    return Written(content, len(payments), sum((each.amount for each in payments), ZERO), terms, payer.iban)


def store(
    written: Written,
    *,
    organisation_id: int,
    number: int,
    execution_date: date,
    at: datetime,
    run_id: int | None = None,
    made_by_id: int | None = None,
) -> Batch:
    """The row of a batch with its file; its payments are the caller's to write, in the same transaction."""
    file = documents.issue(
        written.content,
        organisation_id=organisation_id,
        kind="payment_file",
        file_name=f"pain001-{execution_date:%Y-%m-%d}-{number}.xml",
        content_type="application/xml",
        at=at,
    )
    return Batch.objects.create(
        organisation_id=organisation_id,
        run_id=run_id,
        number=number,
        version=written.terms.version,
        keeps_nordic_letters=written.terms.keeps_nordic_letters,
        execution_date=execution_date,
        debtor_iban=written.iban,
        payment_count=written.count,
        total=written.total,
        file=file,
        made_at=at,
        made_by_id=made_by_id,
    )


def store_batch(
    rows: Sequence[Payment],
    *,
    organisation_id: int,
    number: int,
    execution_date: date,
    at: datetime,
    made_by_id: int,
) -> Batch:
    """A batch of payments that are made anew, its file and its rows."""
    written = write(
        [value_of(row) for row in rows],
        organisation_id=organisation_id,
        number=number,
        execution_date=execution_date,
        at=at,
    )
    batch = store(
        written,
        organisation_id=organisation_id,
        number=number,
        execution_date=execution_date,
        at=at,
        made_by_id=made_by_id,
    )
    add_payments(batch, rows)
    return batch


def add_payments(batch: Batch, rows: Iterable[Payment]) -> None:
    made = list(rows)
    for row in made:
        row.batch = batch
    Payment.objects.bulk_create(made, batch_size=1000)
