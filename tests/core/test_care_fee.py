"""The monthly fee of informal and family care: what a line says of itself, and what stands in the way."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from palkkio.calculation.earnings import earning_lines
from palkkio.calculation.events import AbsenceReason, DaysOff, StartUp
from palkkio.calculation.facts import Entry, OtherAbsence, RateFact, Terms
from palkkio.calculation.proration import shares
from palkkio.core.days import DateRange
from palkkio.core.payslip import DayType
from palkkio.core.problems import Problem, ProblemCode
from palkkio.rules import ClassRate, profile
from palkkio.rules.class_rates import class_rates_from
from palkkio.rules.yaml import Faulty

from .care_facts import ALWAYS, MARCH, away, care_terms, days, family, ill, informal

GUIDE = profile("pietarsaari-2018")
FAMILY_MARCH = DateRange.of_month(2026, 3)


def fee(amount: str, clients: int = 1, valid: DateRange = ALWAYS, **rates: str) -> Terms:
    facts = {key: RateFact(Decimal(value)) for key, value in {"monthly_fee": amount, **rates}.items()}
    return Terms(valid, facts, clients=clients)


def test_a_line_opens_to_class_share_rule_and_source():
    """PAY-8, BEY-1."""
    (line,), problems = earning_lines(informal(ill("2018-03-05", "2018-03-20")), GUIDE)
    working = line.working
    assert (line.quantity, line.of, line.per, line.amount) == (22, Decimal("392.57"), 31, Decimal("278.60"))
    assert (working.rule, working.law, working.tag) == ("care_fee", "937/2005 5 §", "S")
    assert working.source == "Guide to informal care support, Pietarsaari 2018, class I"
    assert working.rate_valid == days("2018-01-01", "2018-12-31")
    assert working.days == tuple(date(2018, 3, day) for day in (*range(1, 12), *range(21, 32)))
    assert working.inputs == (
        ("fee_class", "I"),
        ("paid_class", "I"),
        ("of_days", "31"),
        ("unpaid/carer_ill", "2018-03-12/2018-03-20"),
    )
    assert problems == ()


def test_a_line_says_why_another_class_is_paid():
    terms = care_terms("III", carer_income=("pension",), otherwise="II", interval_care_days=Decimal(14))
    (line,), problems = earning_lines(informal(terms=(terms,)), GUIDE)
    assert ("fee_class", "III") in line.working.inputs
    assert ("refused_by", "pension") in line.working.inputs
    assert ("interval_care_days", "14") in line.working.inputs
    assert ("paid_class", "I") in line.working.inputs
    assert problems == (
        Problem(ProblemCode.FEE_CLASS_NOT_ALLOWED, "fee_class/III", date(2018, 3, 1)),
        Problem(ProblemCode.FEE_CLASS_NOT_ALLOWED, "fee_class/II", date(2018, 3, 1)),
    )


def test_the_countys_decided_class_rate_goes_before_its_profile():
    terms = care_terms(rates={"class_I": "400.00", "class_II": "550.00"})
    (line,), _ = earning_lines(informal(terms=(terms,)), GUIDE)
    assert (line.of, line.working.source) == (Decimal("400.00"), "Board § 8")


def test_a_decided_class_rate_that_ends_inside_the_month_holds_from_then():
    decided = RateFact(Decimal("400.00"), valid=days("2018-01-01", "2018-03-15"))
    terms = replace(care_terms(), rates={"class_I": decided})
    (line,), problems = earning_lines(informal(terms=(terms,)), GUIDE)
    assert line.quantity == 15
    assert problems == (Problem(ProblemCode.RATE_NOT_CONFIRMED, "class_rates/I", date(2018, 3, 16)),)


def test_a_class_rate_that_changes_inside_the_terms_cuts_the_month():
    rates = tuple(
        ClassRate(valid, Decimal(amount), "V", "Board")
        for valid, amount in ((days("2018-01-01", "2018-03-15"), "400.00"), (days("2018-03-16"), "410.00"))
    )
    lines, _ = earning_lines(informal(), GUIDE.with_class_rates({"I": rates}))
    assert [(line.quantity, line.of) for line in lines] == [(15, Decimal("400.00")), (16, Decimal("410.00"))]


@pytest.mark.parametrize("tag", ["C", "C+R", "U"])
def test_a_class_rate_that_is_not_confirmed_makes_no_line(tag: str):
    unsure = GUIDE.with_class_rates({"I": (ClassRate(ALWAYS, Decimal("400.00"), tag, "computed"),)})
    assert earning_lines(informal(), unsure) == (
        (),
        (Problem(ProblemCode.RATE_NOT_CONFIRMED, "class_rates/I", date(2018, 3, 1)),),
    )


def test_a_lower_fee_needs_no_class_rate():
    """A figure that is not needed holds nobody; that it was not compared is told."""
    terms = care_terms("II", rates={"lower_fee": "300.00"})
    (line,), problems = earning_lines(informal(terms=(terms,), month=DateRange.of_month(2026, 3)), GUIDE)
    assert (line.amount, line.working.rule) == (Decimal("300.00"), "care_fee_lower")
    assert problems == (Problem(ProblemCode.RATE_NOT_VERIFIED, "class_rates/II", date(2026, 3, 1)),)


def test_a_lower_fee_between_class_rate_and_minimum_is_paid():
    low = GUIDE.with_class_rates({"I": (ClassRate(ALWAYS, Decimal("300.00"), "V", "Board"),)})
    terms = care_terms(rates={"lower_fee": "350.00"})
    (line,), _ = earning_lines(informal(terms=(terms,)), low)
    assert line.amount == Decimal("350.00")


def test_a_class_below_the_minimum_is_lifted_and_shows_from_what():
    """X2."""
    low = GUIDE.with_class_rates({"I": (ClassRate(ALWAYS, Decimal("300.00"), "V", "Board"),)})
    (line,), problems = earning_lines(informal(), low)
    assert line.amount == Decimal("392.57")
    assert ("lifted_from", "300.00") in line.working.inputs
    assert problems == (Problem(ProblemCode.BELOW_MINIMUM, "class_rates/I", date(2018, 3, 1)),)


def test_class_3_has_the_minimum_of_a_transition_phase():
    """L9."""
    low = GUIDE.with_class_rates({"III": (ClassRate(ALWAYS, Decimal("700.00"), "V", "Board"),)})
    (line,), _ = earning_lines(informal(terms=(care_terms("III"),)), low)
    assert line.amount == Decimal("785.14")


def test_days_off_inside_an_illness_change_nothing():
    """L7, I5."""
    sick = ill("2018-03-05", "2018-03-20")
    with_days_off = informal(sick, DaysOff(days("2018-03-10", "2018-03-14")))
    assert earning_lines(with_days_off, GUIDE) == earning_lines(informal(sick), GUIDE)


def test_an_illness_inside_an_absence_stops_the_fee_once():
    sick, hospital = ill("2018-03-05", "2018-03-20"), away("2018-02-01", "2018-03-15")
    (line,), _ = earning_lines(informal(sick, hospital), GUIDE)
    assert line.quantity == 12  # the absence: from 2 to 15 March unpaid; the illness: to 20 March


def test_an_absence_reads_the_terms_of_each_day():
    """I4: paid by the old terms, not by the new ones, counted from the first day of the absence."""
    old = replace(care_terms(valid=days("2017-01-01", "2018-03-14")), absence_other=OtherAbsence(None))
    new = replace(care_terms(valid=days("2018-03-15")), absence_other=OtherAbsence(5))
    other = away("2018-03-12", "2018-03-20", AbsenceReason.OTHER)
    (line,), _ = earning_lines(informal(other, terms=(old, new)), GUIDE)
    assert line.quantity == 27  # 17 to 20 March are beyond the five days


def test_what_is_missing_is_named_with_its_first_day():
    unknown = Terms(ALWAYS, {})
    assert earning_lines(informal(terms=(unknown,)), GUIDE) == (
        (),
        (Problem(ProblemCode.CONTRACT_TERM_MISSING, "fee_class", date(2018, 3, 1)),),
    )


def test_a_monthly_fee_is_paid_by_calendar_months():
    with pytest.raises(ValueError, match="calendar months"):
        earning_lines(informal(month=days("2018-03-01", "2018-03-15")), GUIDE)


def test_an_unknown_convention_is_refused():
    with pytest.raises(ValueError, match="no way to divide a month"):
        shares(MARCH, [], "half")


def test_a_family_carers_line_says_how_many_clients():
    lines, _ = earning_lines(family(terms=(fee("966.35", 2, expense_allowance="510.00"),), month=FAMILY_MARCH), GUIDE)
    care_fee, costs = lines
    assert ("clients", "2") in care_fee.working.inputs
    assert ("per_client", "966.35") in care_fee.working.inputs
    assert (care_fee.working.law, costs.working.law) == ("263/2015 16 §", "263/2015 17 §")
    assert (costs.is_taxable, costs.is_pensionable) == (True, False)


def test_a_care_day_inside_a_monthly_fee_is_covered_by_it():
    sheet = family(terms=(fee("966.35"),), month=FAMILY_MARCH)
    with_entry = replace(sheet, entries=(Entry(date(2026, 3, 6), DayType.CARE),))
    assert earning_lines(with_entry, GUIDE) == earning_lines(sheet, GUIDE)


def test_days_without_entries_need_no_terms_where_care_is_paid_by_the_day():
    terms = Terms(days("2026-03-10", "2026-03-20"), {"daily_fee": RateFact(Decimal("55.00"))})
    sheet = replace(family(terms=(terms,), month=FAMILY_MARCH), entries=(Entry(date(2026, 3, 12), DayType.CARE),))
    (line,), problems = earning_lines(sheet, GUIDE)
    assert (line.amount, problems) == (Decimal("55.00"), ())


def test_a_start_up_allowance_outside_the_contract_is_named_and_not_paid():
    contract = days("2026-03-10")
    start = StartUp(Decimal("500.00"), date(2026, 3, 4))
    lines, problems = earning_lines(family(start, terms=(fee("966.35"),), month=FAMILY_MARCH, contract=contract), GUIDE)
    assert [line.code for line in lines] == ["CARE_FEE"]
    assert Problem(ProblemCode.ENTRY_OUTSIDE_CONTRACT, "start_up", date(2026, 3, 4)) in problems


def test_a_start_up_allowance_is_paid_in_its_own_month_only():
    start = StartUp(Decimal("500.00"), date(2026, 2, 4))
    lines, _ = earning_lines(family(start, terms=(fee("966.35"),), month=FAMILY_MARCH), GUIDE)
    assert [line.code for line in lines] == ["CARE_FEE"]


def test_class_rates_of_a_profile_have_sources_and_do_not_overlap():
    row = {"from": date(2026, 1, 1), "value": "530.00", "tag": "V", "source": "Board", "read": date(2026, 1, 9)}
    assert class_rates_from({"I": [row]}, "x")["I"][0].amount == Decimal("530.00")
    with pytest.raises(Faulty, match="two amounts"):
        class_rates_from({"I": [row, {**row, "from": date(2026, 5, 1)}]}, "x")
    with pytest.raises(Faulty, match="source"):
        class_rates_from({"I": [{key: value for key, value in row.items() if key != "source"}]}, "x")
    with pytest.raises(Faulty, match="unknown IV"):
        class_rates_from({"IV": [row]}, "x")
    with pytest.raises(Faulty, match="unknown tag"):
        class_rates_from({"I": [{**row, "tag": "X"}]}, "x")
    with pytest.raises(Faulty, match="before"):
        class_rates_from({"I": [{**row, "to": date(2025, 1, 1)}]}, "x")
