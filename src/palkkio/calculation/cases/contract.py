"""The `contract` of a case: its kind and dated terms, by kind of contract."""

from __future__ import annotations

from decimal import Decimal

from palkkio.calculation.cases.assistant import OF_TERMS, assistant_of
from palkkio.calculation.cases.keys import Keys
from palkkio.calculation.earnings import CALCULATED, DAY_BASED, NotCalculatedYet
from palkkio.calculation.facts import Caps, CareTerms, OtherAbsence, RateFact, Terms
from palkkio.calculation.informal_care import INCOMES
from palkkio.core.payslip import ContractKind
from palkkio.rules.class_rates import CLASSES
from palkkio.rules.tags import Tag

_COMMISSION = ("expense_per_day", "monthly")  # beside `rates`, or in them
RATES = ("care", "training", "notice", "cancelled", "visit", "hour", "kilometre", "locum", *_COMMISSION)
_UNPAID = "cancelled_unpaid"  # may be written, and is always 0
TAGS = tuple(tag.value for tag in Tag)
_DATES = ("first", "last")
_COUNTED = ("visit", "hour")  # where they are all that is agreed they may stand beside `rates`
_FAMILY = ("monthly_fee", "daily_fee", "expense_allowance", "lower_fee")
TERMS: dict[ContractKind, tuple[str, ...]] = {
    ContractKind.INFORMAL_CARE: (
        *_DATES,
        "fee_class",
        "lower_fee",
        "interval_care_days",
        "other_services_hours",
        "otherwise",
        "carer_income",
        "absence_other",
        "rates",
    ),
    ContractKind.FAMILY_CARE: (*_DATES, *_FAMILY, "clients", "absence_other", "notice_months", "rates"),
    ContractKind.PERSONAL_ASSISTANCE: (*_DATES, *OF_TERMS, "kilometre"),
    **dict.fromkeys(DAY_BASED, (*_DATES, "rates", *_COMMISSION, *_COUNTED, "caps")),
}


def kind_of(contract: Keys) -> ContractKind:
    """The kind of contract. Raises CaseError for one that is unknown or not calculated yet."""
    contract.only("kind", "first", "last", "terms")
    try:
        kind = ContractKind(contract.text("kind"))
    except ValueError:
        contract.fail("kind", f"'kind' is one of {', '.join(ContractKind)}")
    if kind not in CALCULATED:
        contract.fail("kind", str(NotCalculatedYet(kind)))
    return kind


def terms_of(contract: Keys, kind: ContractKind) -> tuple[Terms, ...]:
    """Dated terms. Raises CaseError naming key and line, also where they overlap."""
    terms = tuple(_terms(row, kind) for row in contract.mappings("terms"))
    for at, one in enumerate(terms):
        if any(one.valid.overlap(other.valid) for other in terms[:at]):
            contract.fail("terms", "'terms' overlap: each day has one piece at most")
    return terms


def _terms(row: Keys, kind: ContractKind) -> Terms:
    row.only(*TERMS[kind])
    if kind is ContractKind.PERSONAL_ASSISTANCE:
        rates = {"kilometre": _rate(row, "kilometre")} if "kilometre" in row else {}
        return Terms(valid=row.span(), rates=rates, assistant=assistant_of(row))
    named = (*_COMMISSION, *_COUNTED, *_FAMILY)
    rates = _rates(row, is_needed=kind in DAY_BASED and not any(key in row for key in named))
    rates |= {key: _rate(row, key) for key in named if key in row}
    if "monthly_fee" in rates and "daily_fee" in rates:
        row.fail("daily_fee", "a fee is agreed by the month or by the day, not both")
    return Terms(
        valid=row.span(),
        rates=rates,
        care=_care(row) if kind is ContractKind.INFORMAL_CARE else None,
        clients=_whole(row, "clients", 1) if "clients" in row else 1,
        caps=_caps(row.mapping("caps")) if "caps" in row else None,
        absence_other=_absence(row) if "absence_other" in row else None,
        notice_months=_whole(row, "notice_months", 0) if "notice_months" in row else None,
    )


def _rates(row: Keys, *, is_needed: bool) -> dict[str, RateFact]:
    rates = row.mapping("rates") if is_needed else row.optional_mapping("rates")
    rates.only(*RATES, _UNPAID)
    if _UNPAID in rates and rates.money(_UNPAID):
        rates.fail(_UNPAID, f"'{_UNPAID}' is always 0")
    return {key: _rate(rates, key) for key in rates if key != _UNPAID}


def _rate(rates: Keys, key: str) -> RateFact:
    """An amount, or {amount, source, law, tag}."""
    if isinstance(rates.raw(key), dict):
        rest = rates.mapping(key)
        rest.only("amount", "source", "law", "tag")
        amount = rest.money("amount")
    else:
        amount, rest = rates.money(key), None
    if amount < 0:
        rates.fail(key, f"'{key}' is negative")
    if rest is None:
        return RateFact(amount)
    return RateFact(
        amount,
        source=rest.text("source") if "source" in rest else "",
        law=rest.text("law") if "law" in rest else "",
        tag=rest.word("tag", TAGS, Tag.V.value),
    )


def _care(row: Keys) -> CareTerms:
    fee_class = row.word("fee_class", CLASSES)
    otherwise = row.word("otherwise", CLASSES, "")
    if otherwise == "III":
        row.fail("otherwise", "'otherwise' is the class that is paid where III is refused: I or II")
    income = tuple(row.words("carer_income")) if "carer_income" in row else ()
    for word in income:
        if word not in INCOMES:
            row.fail("carer_income", f"'{word}' is no income of a carer; known are {', '.join(INCOMES)}")
    return CareTerms(
        fee_class=fee_class,
        otherwise=otherwise,
        carer_income=income,
        interval_care_days=_amount(row, "interval_care_days", 31),
        other_services_hours=_amount(row, "other_services_hours", 744),
    )


def _amount(row: Keys, key: str, most: int | None = None) -> Decimal:
    """Visits, days or hours a month, 0 if they are not written."""
    found = row.number(key, most=most) if key in row else Decimal(0)
    if found < 0:
        row.fail(key, f"'{key}' is negative")
    return found


def _whole(row: Keys, key: str, least: int) -> int:
    found = row.number(key)
    if found % 1 or found < least:
        row.fail(key, f"'{key}' is a whole figure of at least {least}")
    return int(found)


def _caps(row: Keys) -> Caps:
    row.only("visits", "hours", "euros")
    return Caps(
        visits=_amount(row, "visits") if "visits" in row else None,
        hours=_amount(row, "hours") if "hours" in row else None,
        euros=row.money("euros", least=0) if "euros" in row else None,
    )


def _absence(row: Keys) -> OtherAbsence:
    """paid, stops, or {days: 30}."""
    if isinstance(row.raw("absence_other"), dict):
        inside = row.mapping("absence_other")
        inside.only("days")
        return OtherAbsence(_whole(inside, "days", 0))
    word = row.text("absence_other")
    if word not in ("paid", "stops"):
        row.fail("absence_other", "'absence_other' is paid, stops or {days: 30}")
    return OtherAbsence(None if word == "paid" else 0)
