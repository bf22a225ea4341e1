"""A contract of care or employment as a document to sign (CON-4, CON-6): what the Act asks for, then what is agreed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from palkkio.core.days import DateRange
from palkkio.core.finland import DayRule, PaydayRule, Shift
from palkkio.core.payslip import ContractKind, Party
from palkkio.formats import figures
from palkkio.formats.pdf.tables import Data, fact, frame, section, table
from palkkio.formats.pdf.typesetter import Typesetter
from palkkio.formats.wording import Words, words

TEMPLATE = "report"


@dataclass(frozen=True, slots=True)
class AgreedAmount:
    """One amount of the terms in EUR: what it is paid for, and where it comes from."""

    code: str
    amount: Decimal
    unit: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class EmploymentText:
    """Terms of an assistant's employment, as codes of `wording`."""

    pay_group: str
    area: str
    agreement: str
    weekly_hours: Decimal | None
    leave_rule: str
    employed_since: date | None = None
    longest_day: Decimal | None = None  # hours, where longer days than eight are agreed separately


@dataclass(frozen=True, slots=True)
class ContractText:
    """Everything that one version of a contract says. No identity code, address or account: signing identifies.

    first          day from which these terms hold; `valid` are the days of the contract
    absence_other  paid, stops or days (then absence_days) when the care recipient is away for another reason
    illness_days   for which the fee is paid when the carer is ill
    notice_months  of family care, where they depart from the Act's
    notice         text, of kinds whose notice no Act says
    own_clauses    the organisation's own, one paragraph each
    annexes        name and SHA-256
    paydays        of the month, or of its two halves; none: not set yet
    decision       number, which may be empty, and day of the decision that the contract carries out
    signers        parts that sign, in their order; none: the version is told
    """

    payer: Party
    number: str
    version: int
    matter: str
    kind: ContractKind
    carer: str
    recipient: str
    employer: str
    valid: DateRange
    first: date
    amounts: tuple[AgreedAmount, ...]
    signers: tuple[str, ...]
    fee_class: str = ""
    is_binding: bool = False
    absence_other: str = ""
    absence_days: int | None = None
    illness_days: int | None = None
    clients: int = 1
    notice_months: int | None = None
    caps: tuple[tuple[str, Decimal], ...] = ()
    employment: EmploymentText | None = None
    tasks: str = ""
    days_off_plan: str = ""
    fixed_reason: str = ""
    working_times: str = ""
    notice: str = ""
    other_terms: str = ""
    own_clauses: tuple[str, ...] = ()
    annexes: tuple[tuple[str, str], ...] = ()
    paydays: tuple[DayRule, ...] = ()
    decision: tuple[str, date] | None = None


def contract_pdf(text: ContractText, *, typesetter: Typesetter, language: str, made_at: datetime) -> bytes:
    """The contract as tagged PDF/UA-1 that is PDF/A-2 too, so that it is read in decades. Raises ValueError."""
    data = contract_data(text, language=language, made_at=made_at)
    return typesetter.pdf(TEMPLATE, data, made_at=made_at, is_archivable=True)


def contract_data(text: ContractText, *, language: str, made_at: datetime) -> Data:
    w = words(language)
    numbers = {"number": text.number, "version": str(text.version)}
    subtitle = (w("contract.number", **numbers), text.payer.name)
    title = "contract.title" if text.matter == "contract" else "contract.changed_title"
    intro = [w(f"contract.intro.{text.kind.value}", payer=text.payer.name)]
    if text.decision is not None:
        number, decided_on = text.decision
        key = "contract.by_decision" if number else "contract.by_decision_of"
        intro.append(w(key, number=number, day=figures.day(decided_on)))
    if text.matter != "contract":
        intro.append(w(f"contract.matter.{text.matter}", first=figures.day(text.first), number=text.number))
    sections = [each for each in _sections(w, text) if each["texts"] or each["table"]["rows"]]
    return {
        **frame(
            w,
            title=w(title, kind=w(f"contract.name.{text.kind.value}")),
            subtitle=subtitle,
            payer=text.payer,
            made_at=made_at,
        ),
        "intro": intro,
        "facts": [fact(w(f"contract.party.{part}"), name) for part, name in _parties(text) if name],
        "sections": [{**each, "title": f"{place}. {each['title']}"} for place, each in enumerate(sections, 1)],
        "outro": [],
    }


def _parties(text: ContractText) -> list[tuple[str, str]]:
    if text.kind is ContractKind.PERSONAL_ASSISTANCE:
        return [("employer", text.employer), ("assistant", text.carer), ("paid_by", text.payer.name)]
    return [("organisation", text.payer.name), ("carer", text.carer), ("recipient", text.recipient)]


def _sections(w: Words, text: ContractText) -> Iterator[Data]:
    yield section(w("contract.tasks"), texts=_lines(text.tasks))
    yield section(w("contract.valid"), texts=_validity(w, text))
    yield section(w("contract.pay"), _amounts(w, text), [*_pay(w, text)])
    if text.employment is not None:
        yield section(w("contract.employment"), texts=[*_employment(w, text.employment)])
        yield section(w("contract.working_times"), texts=_lines(text.working_times))
    yield section(w("contract.days_off"), texts=[*_days_off(w, text)])
    yield section(w("contract.interruptions"), texts=[*_interruptions(w, text)])
    yield section(w("contract.notice"), texts=[*_notice(w, text)])
    yield section(w("contract.position"), texts=[w(f"contract.position_of.{text.kind.value}")])
    yield section(w("contract.other"), texts=[*text.own_clauses, *_lines(text.other_terms)])
    yield section(w("contract.annexes"), texts=[w("contract.annex", name=name, sha=sha) for name, sha in text.annexes])
    signers = ", ".join(w(f"contract.party.{each}") for each in text.signers)
    how = w("contract.how_signed", signers=signers) if signers else w("contract.not_signed")
    yield section(w("contract.signatures"), texts=[how, w("contract.own_copy")])


def _validity(w: Words, text: ContractText) -> list[str]:
    first, last = text.valid.first, text.valid.last
    begins = figures.day(first) if first else ""
    if last is None:
        found = [w("contract.open_ended", first=begins)]
    else:
        found = [w("contract.fixed", first=begins, last=figures.day(last))]
        if text.fixed_reason:
            found.append(w("contract.fixed_reason", reason=text.fixed_reason))
    if text.first != first:
        found.append(w("contract.terms_from", first=figures.day(text.first)))
    return found


def _amounts(w: Words, text: ContractText) -> Data:
    columns = [(w("contract.what"), "wide"), (w("contract.amount"), "number"), (w("contract.source"), "text")]
    rows = []
    for each in text.amounts:
        amount = figures.number(each.amount, 2)
        rows.append((w(f"contract.rate.{each.code}"), f"{amount} {w(f'contract.per.{each.unit}')}", each.source))
    return table(columns, rows)


def _pay(w: Words, text: ContractText) -> Iterator[str]:
    if text.fee_class and text.kind is ContractKind.INFORMAL_CARE:
        yield w("contract.fee_class", fee_class=text.fee_class)
    if text.clients > 1:
        yield w("contract.clients", n=str(text.clients))
    if text.caps:
        caps = ", ".join(f"{figures.number(most)} {w(f'contract.cap.{code}')}" for code, most in text.caps)
        yield w("contract.caps", caps=caps)
    yield w(f"contract.paid.{text.kind.value}")
    names = ("month",) if len(text.paydays) == 1 else ("half", "rest")
    for of, rule in zip(names, text.paydays, strict=False):
        yield _payday(w, of, rule)
    yield from _some(w, f"contract.index.{text.kind.value}")


def _payday(w: Words, of: str, rule: DayRule) -> str:
    after = w(f"contract.payday.after.{rule.months_after}")
    said = w(f"contract.payday.{rule.rule}", of=w(f"contract.payday.of.{of}"), after=after, day=str(rule.day))
    if rule.rule is PaydayRule.DAY_OF_MONTH and rule.shift is not Shift.NONE:
        said = f"{said} {w(f'contract.payday.shift.{rule.shift}')}"
    return said


def _employment(w: Words, employment: EmploymentText) -> Iterator[str]:
    yield w("contract.pay_group", group=employment.pay_group, area=w(f"contract.area.{employment.area}"))
    yield w(f"contract.agreement.{employment.agreement}")
    if employment.weekly_hours is not None:
        yield w("contract.weekly_hours", hours=figures.number(employment.weekly_hours))
    else:
        yield w("contract.called_in")
    if employment.longest_day is not None:
        yield w("contract.longest_day", hours=figures.number(employment.longest_day))
    if employment.employed_since is not None:
        yield w("contract.employed_since", day=figures.day(employment.employed_since))
    yield w(f"contract.leave.{employment.leave_rule}")


def _days_off(w: Words, text: ContractText) -> Iterator[str]:
    if text.kind is ContractKind.INFORMAL_CARE:
        yield w("contract.days_off_bound" if text.is_binding else "contract.days_off_others")
    if text.kind is ContractKind.FAMILY_CARE:
        yield w("contract.days_off_family")
    yield from _lines(text.days_off_plan)


def _interruptions(w: Words, text: ContractText) -> Iterator[str]:
    if text.kind is ContractKind.INFORMAL_CARE:
        yield w("contract.away_health")
    if text.illness_days is not None:
        yield w("contract.carer_ill", days=str(text.illness_days))
    if text.absence_other:
        yield w(f"contract.away_other.{text.absence_other}", days=str(text.absence_days or ""))


def _notice(w: Words, text: ContractText) -> Iterator[str]:
    if text.notice:
        yield from _lines(text.notice)
    elif text.kind is ContractKind.FAMILY_CARE:
        yield w("contract.notice_of.family_care", months=str(2 if text.notice_months is None else text.notice_months))
    elif text.employment is not None:
        yield w(f"contract.notice_of.employment_{text.employment.agreement}")
    else:
        yield from _some(w, f"contract.notice_of.{text.kind.value}")
    yield from _some(w, f"contract.at_once.{text.kind.value}")
    yield w("contract.in_writing")


def _some(w: Words, key: str) -> Iterator[str]:
    """The words of a key where the kind has any."""
    if found := w.get(key):
        yield found


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
