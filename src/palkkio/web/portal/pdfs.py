"""PDFs made on request. A typesetter belongs to one thread, so each thread keeps its own."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from django.conf import settings

from palkkio.formats.pdf import Typesetter, payslip_pdf
from palkkio.payroll.queries import payslip_value

if TYPE_CHECKING:
    from palkkio.payroll.models import Payslip

_kept = threading.local()


def typesetter() -> Typesetter:
    """This thread's typesetter, with the fonts of the installation."""
    found: Typesetter | None = getattr(_kept, "typesetter", None)
    if found is None:
        found = _kept.typesetter = Typesetter(settings.PALKKIO_FONTS)
    return found


def pdf_of_payslip(payslip: Payslip) -> bytes:
    """The payslip in the payee's language, as it will be issued."""
    return payslip_pdf(
        payslip_value(payslip), typesetter=typesetter(), language=payslip.person.language, made_at=payslip.made_at
    )
