"""Computes the payday of payees from what was read: facts, result and problems."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import groupby

from django.utils.translation import gettext_noop as _

from palkkio.calculation.distraint import over_payday
from palkkio.calculation.facts import MonthFacts, PayFacts
from palkkio.calculation.pay import pay
from palkkio.contracts import queries as contracts
from palkkio.core.clock import day_of
from palkkio.core.days import DateRange
from palkkio.core.money import ZERO
from palkkio.core.payslip import ContractKind, LineCode, PayResult
from palkkio.core.problems import PAYS_WHEN_SET_ASIDE, Problem, ProblemCode, WrongState
from palkkio.payroll.candidates import Candidate
from palkkio.payroll.causes import causes, left_out
from palkkio.payroll.claims import NONE as NO_CLAIMS
from palkkio.payroll.insurable import paid_in_month
from palkkio.payroll.late import NOTHING as NOTHING_PAID
from palkkio.payroll.past import accumulated, card_facts
from palkkio.payroll.reading import Inputs
from palkkio.payroll.rows import CardRow, ContractRow
from palkkio.payroll.values import CauseKind
from palkkio.people import queries as people
from palkkio.people.households.queries import Gate

DAYS = frozenset({LineCode.CARE_DAY, LineCode.TRAINING_DAY, LineCode.NOTICE_DAY, LineCode.CANCELLED_DAY})


@dataclass(slots=True)
class Computed:
    """One contract's payday, before anything is written."""

    candidate: Candidate
    contract: ContractRow
    period: DateRange
    card: CardRow | None
    card_kind: str
    iban: str
    facts: PayFacts
    result: PayResult
    problems: tuple[Problem, ...]  # red first
    is_blocked: bool
    is_left_out: bool
    is_held: bool
    causes: Mapping[CauseKind, Decimal]
    gross_before: Decimal | None
    correction: Decimal
    sheets: Mapping[int, int]  # number of the revision by sheet
    days: Decimal  # paid days of the care month
    days_before: Decimal


class NotComputed(WrongState):
    """The facts of one contract contradict each other, or its form of care is not calculated."""

    def __init__(self, number: str) -> None:
        super().__init__(
            _("The pay of contract %(number)s cannot be calculated. Check its care periods."), number=number
        )


def compute(inputs: Inputs) -> list[Computed]:
    """The payday of each contract, in order: payslips that share a tax card use up its ceiling one after another.

    A contract that is left out uses up nothing. Raises NotComputed.
    """
    used: dict[tuple[int, str], Decimal] = defaultdict(lambda: ZERO)
    made: list[Computed] = []
    for person_id, of_payee in groupby(inputs.chosen, key=lambda each: each.person_id):
        payday = []
        for candidate in of_payee:
            computed = _computed(candidate, _facts(candidate, inputs, used), inputs)
            if not computed.is_left_out:
                used[person_id, computed.card_kind] += computed.result.taxable
            payday.append(computed)
        made += _distrained(payday, inputs)
    return made


def _distrained(payday: list[Computed], inputs: Inputs) -> list[Computed]:
    """The payslips of one payee with distraint, which is counted once over all that are paid (PAY-12)."""
    order = next((claims.distraint for each in payday if (claims := inputs.claims.get(each.contract.pk))), None)
    if order is None:
        return payday
    paid = [each for each in payday if not each.is_left_out]
    orders = dict(
        zip((each.contract.pk for each in paid), over_payday([each.result for each in paid], order), strict=True)
    )
    return [
        _computed(each.candidate, replace(each.facts, distraint=orders[each.contract.pk]), inputs)
        if each.contract.pk in orders
        else each
        for each in payday
    ]


def _facts(candidate: Candidate, inputs: Inputs, used: Mapping[tuple[int, str], Decimal]) -> PayFacts:
    """The facts of one contract's payday; distraint is put in when all payslips of the payee are known."""
    contract = inputs.contracts[candidate.contract_id]
    person = contract.carer
    payday = inputs.scope.payday
    card_kind = contracts.tax_card_kind(contract.kind)
    card = inputs.cards.get((person.pk, card_kind))
    set_aside = inputs.set_aside.get(contract.pk, frozenset())
    claims = inputs.claims.get(contract.pk, NO_CLAIMS)
    late = (inputs.late[number] for number in candidate.late_ids if number in inputs.late)
    numbers = dict.fromkeys((*candidate.revision_ids, *late))  # a mark may name a month that a cancelled run gave back
    months = sorted((inputs.months[number] for number in numbers), key=_first_day)
    periods = {month.month for month in months}
    one_offs = tuple(inputs.one_offs[number] for number in candidate.one_off_ids)
    paid_from = inputs.paid_from.get(contract.pk, NOTHING_PAID)
    months_before = paid_from.of(periods)
    paid_for_periods = inputs.paid_for_periods.get(contract.pk, ())
    return PayFacts(
        paid_on=payday,
        # A row is named as the table's columns.
        payee=people.payee_facts(person, payday, is_self_insured=contract.is_self_insured),  # type: ignore[arg-type]
        months=tuple(months),
        tax_card=None
        if card is None
        else card_facts(card, accumulated(card, payday, inputs.paid) + used[person.pk, card_kind]),
        profile=inputs.profile,
        one_offs=one_offs,
        paid_before=tuple(line for line in inputs.paid_before.get(contract.pk, ()) if line.period in periods),
        no_card_set_aside=ProblemCode.NO_TAX_CARD in set_aside,
        union_dues=claims.union_dues,
        fund_fee=claims.fund_fee,
        union_amount=claims.union_amount,
        fund_amount=claims.fund_amount,
        recovery=claims.recovery,
        recovery_leaves=claims.recovery_leaves,
        recovery_number=claims.recovery_number,
        months_before=months_before,
        # Only beside months: what is read with others of the part does not change these facts.
        profile_before=paid_from.profile if months_before else NOTHING_PAID.profile,
        paid_in_month=paid_in_month(paid_for_periods, periods, (each.period for each in one_offs))
        if paid_for_periods
        else (),
        employer=inputs.employers.get(contract.employer_id) if contract.employer_id else None,
        kind=None if months else ContractKind(contract.kind),  # beside months the months say it
    )


def _first_day(month: MonthFacts) -> tuple[date, date]:
    return month.month.edges


def _computed(candidate: Candidate, facts: PayFacts, inputs: Inputs) -> Computed:
    contract = inputs.contracts[candidate.contract_id]
    person = contract.carer
    card_kind = contracts.tax_card_kind(contract.kind)
    card = inputs.cards.get((person.pk, card_kind))
    set_aside = inputs.set_aside.get(contract.pk, frozenset())
    try:
        result = pay(facts, explains=False)  # what is frozen has no working
    except ValueError as error:
        raise NotComputed(contract.number) from error
    iban = inputs.accounts.get(person.pk, "")
    problems = _in_order([*result.problems, *_problems_of_person(contract, facts, result, iban, inputs)])
    red = {problem.code for problem in problems if problem.is_red} if problems else frozenset()
    is_held = person.pk in inputs.held
    is_left_out = is_held or bool(red & set_aside - PAYS_WHEN_SET_ASIDE)
    care_month = inputs.scope.care_month(contract.kind)
    first, _end = care_month.edges
    before = inputs.before.get(contract.pk)
    return Computed(
        candidate=candidate,
        contract=contract,
        period=max(
            (*(month.month for month in facts.months), *(each.period for each in facts.one_offs)),
            key=lambda period: period.edges,
        ),
        card=card,
        card_kind=card_kind,
        iban=iban,
        facts=facts,
        result=result,
        problems=problems,
        is_blocked=bool(red - set_aside) and not is_left_out,
        is_left_out=is_left_out,
        is_held=is_held,
        causes=left_out(before)
        if is_left_out
        else causes(result.lines, care_month, before, contract.pk in inputs.ever_paid),
        gross_before=None if before is None else before.gross,
        correction=sum([line.amount for line in result.lines if line.period.begins < first], ZERO),
        sheets=dict(inputs.sheets[number] for number in candidate.revision_ids),
        days=_days([(line.code, line.period, line.quantity) for line in result.lines], care_month),
        days_before=ZERO
        if before is None
        else _days([(code, period, quantity) for code, period, quantity, _amount in before.lines], before.care_month),
    )


def _problems_of_person(
    contract: ContractRow, facts: PayFacts, result: PayResult, iban: str, inputs: Inputs
) -> list[Problem]:
    """What stands in the way of paying this person, where there is something to pay or it is not known yet."""
    if not result.lines and not result.is_held:
        return []
    person, payday = contract.carer, inputs.scope.payday
    found = []
    if person.died_on is not None and person.died_on <= payday:
        found.append(Problem(ProblemCode.PAYEE_DECEASED, day=person.died_on))
    if not iban and (result.net > 0 or result.is_held):
        found.append(Problem(ProblemCode.NO_BANK_ACCOUNT, day=payday))
    if not person.is_identified:
        found.append(Problem(ProblemCode.NO_IDENTITY_CODE))
    if contract.employer_id and (day := worked_too_early(facts.months, inputs.gates[contract.employer_id])):
        found.append(Problem(ProblemCode.GATE_CLOSED, day=day))
    return found


def worked_too_early(months: Iterable[MonthFacts], gate: Gate) -> date | None:
    """The first day worked for a household employer before its gate was open (ACC-10); None: no such day."""
    starts = [shift.start for month in months for shift in month.shifts if not shift.is_scheduled]
    if gate.opens_on is not None:  # whoever came too early did so on the first day of all
        starts = [min(starts)] if starts else []
    return min((day for day in map(day_of, starts) if not gate.is_open(day)), default=None)


def _days(lines: Iterable[tuple[str, DateRange, Decimal]], care_month: DateRange) -> Decimal:
    return sum((quantity for code, period, quantity in lines if code in DAYS and period == care_month), ZERO)


def _in_order(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Each once, red ones first."""
    found = dict.fromkeys(problems)
    red = [problem for problem in found if problem.is_red]
    return (*red, *(problem for problem in found if not problem.is_red)) if red else tuple(found)
