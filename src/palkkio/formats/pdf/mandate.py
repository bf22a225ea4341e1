"""The power of attorney on paper (valtakirja) by which one lets another act in the service (ACC-14, DIG-2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from palkkio.core.payslip import Party
from palkkio.formats.pdf.tables import Data, frame
from palkkio.formats.pdf.typesetter import Typesetter
from palkkio.formats.wording import words


@dataclass(frozen=True, slots=True)
class MandateForm:
    """What is printed on the form already; the rest is written by hand.

    return_to  address and telephone of whom it is given back to
    """

    payer: Party
    return_to: str
    principal: str = ""


SCOPES = ("unlimited", "booking_and_messages", "read_only")


def mandate_form_pdf(form: MandateForm, *, typesetter: Typesetter, language: str, made_at: datetime) -> bytes:
    """The form as tagged PDF/UA-1. Raises ValueError for an unknown language."""
    return typesetter.pdf("form", mandate_form_data(form, language=language, made_at=made_at), made_at=made_at)


def mandate_form_data(form: MandateForm, *, language: str, made_at: datetime) -> Data:
    w = words(language)

    def lines(*names: str, **known: str) -> list[Data]:
        return [{"name": w(f"mandate.{name}"), "text": known.get(name, "")} for name in names]

    def part(title: str, texts: Sequence[str] = (), choices: Sequence[str] = (), rows: Sequence[Data] = ()) -> Data:
        return {"title": w(f"mandate.{title}"), "texts": list(texts), "choices": list(choices), "lines": list(rows)}

    return {
        **frame(w, title=w("mandate.title"), subtitle=(form.payer.name,), payer=form.payer, made_at=made_at),
        "intro": [w("mandate.intro", payer=form.payer.name)],
        "sections": [
            part("principal", rows=lines("name", "identity_code", "phone", name=form.principal)),
            part("agent", rows=lines("name", "identity_code", "phone", "email")),
            part("scope", [w("mandate.choose")], [w(f"mandate.{each}") for each in SCOPES]),
            part("days", rows=lines("first", "last")),
            part("signatures", [w("mandate.never")], rows=lines("place", "signature", "agent_signature")),
        ],
        "outro": [w("mandate.return", place=form.return_to), w("mandate.ends")],
    }
