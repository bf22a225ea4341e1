"""What differs by kind of contract; the rest of the flow asks here and names no kind."""

from __future__ import annotations

from dataclasses import dataclass

from palkkio.core.payslip import ContractKind, TaxCardKind


@dataclass(frozen=True, slots=True)
class KindFacts:
    """One kind of contract.

    tax_card             card that the pay is taxed by (PAY-2)
    is_paid_by_entries   no entries, no payment (CARE-9); otherwise the fee runs from the contract, but for family care
                         under terms that pay by the day
    needs_recipient      the contract is about one person's care
    """

    tax_card: TaxCardKind
    is_paid_by_entries: bool
    needs_recipient: bool


# Tax cards by kind: Tax Administration's guidance on informal and family carers; a substitute informal carer has the
# informal carer's card, which is our reading of it.
KINDS = {
    ContractKind.INFORMAL_CARE: KindFacts(TaxCardKind.INFORMAL_CARE, is_paid_by_entries=False, needs_recipient=True),
    ContractKind.FAMILY_CARE: KindFacts(TaxCardKind.FAMILY_CARE, is_paid_by_entries=False, needs_recipient=True),
    ContractKind.SUBSTITUTE_CARE: KindFacts(TaxCardKind.INFORMAL_CARE, is_paid_by_entries=True, needs_recipient=True),
    ContractKind.OTHER_COMMISSION: KindFacts(
        TaxCardKind.WORK_COMPENSATION, is_paid_by_entries=True, needs_recipient=False
    ),
    ContractKind.PERSONAL_ASSISTANCE: KindFacts(TaxCardKind.WAGE, is_paid_by_entries=True, needs_recipient=True),
}
PAID_BY_ENTRIES = tuple(kind for kind, facts in KINDS.items() if facts.is_paid_by_entries)
PAID_BY_MONTH = tuple(kind for kind in KINDS if kind not in PAID_BY_ENTRIES)
