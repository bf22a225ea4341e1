"""How long documents are kept (säilytysaika): the class of a kind, its years, from when they run, and the law."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from palkkio.documents.models import Document

Kind = Document.Kind


class RetentionClass(StrEnum):
    """Why a document is kept."""

    CLIENT = "client"  # asiakasasiakirja
    BOOKS = "books"  # kirjanpito
    VOUCHERS = "vouchers"  # tosite


@dataclass(frozen=True, slots=True)
class Retention:
    """years  counted from the end of the year for accounts, from the day when the matter is closed for clients"""

    name: RetentionClass
    years: int
    law: str

    def ends_on(self, added_on: date) -> date | None:
        """The last day of keeping; None while it depends on when the client's matter is closed."""
        return None if self.name is RetentionClass.CLIENT else date(added_on.year + self.years, 12, 31)


# Client documents of services for working-aged, older and disabled people: ten years from the closing of the matter
# (annex of the Act).
CLIENT = Retention(RetentionClass.CLIENT, 10, "703/2023")
BOOKS = Retention(RetentionClass.BOOKS, 10, "1336/1997 2:10 § 1 mom.")
VOUCHERS = Retention(RetentionClass.VOUCHERS, 6, "1336/1997 2:10 § 2 mom.")
OF_KINDS = {
    Kind.PAYSLIP: BOOKS,
    Kind.RECEIPT: VOUCHERS,
    Kind.PAYMENT_FILE: VOUCHERS,
    Kind.BANK_ANSWER: VOUCHERS,
    Kind.INCOMES_REGISTER_REPORT: VOUCHERS,
    Kind.VOUCHER: VOUCHERS,
}


def retention_of(kind: str) -> Retention:
    """The class of a kind of document; what is not about accounts is kept as a client document."""
    return OF_KINDS.get(Kind(kind), CLIENT)
