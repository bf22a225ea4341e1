"""A change of rates is seen before it takes effect: who gains, who loses, how much."""

from decimal import Decimal

from palkkio.calculation.effect import effects, summary
from palkkio.core.problems import ProblemCode
from palkkio.rules import ClassRate, profile

from .care_facts import ALWAYS, care_terms, informal

GUIDE = profile("pietarsaari-2018")
MONTHS = {
    "A": informal(),
    "B": informal(terms=(care_terms("II"),)),
    "C": informal(terms=(care_terms("II", interval_care_days=Decimal(13)),)),
    "D": informal(terms=(care_terms("III"),)),
}


def rate(amount: str, tag: str = "V") -> tuple[ClassRate, ...]:
    return (ClassRate(ALWAYS, Decimal(amount), tag, "Board's draft"),)


def test_a_planned_change_tells_who_gains_and_who_loses():
    """BEY-11."""
    planned = GUIDE.with_class_rates({"I": rate("400.00")}).with_overrides({"interval_days_threshold": "13"})
    found = effects(MONTHS, MONTHS, old=GUIDE, new=planned)
    assert [(each.contract, each.change) for each in found] == [
        ("C", Decimal("-130.91")),
        ("A", Decimal("7.43")),
        ("B", Decimal("0.00")),
        ("D", Decimal("0.00")),
    ]
    told = summary(found)
    assert (told.gain, told.gained, told.lose, told.lost) == (1, Decimal("7.43"), 1, Decimal("130.91"))
    assert (told.unchanged, told.held) == (2, 0)


def test_who_could_no_longer_be_paid_is_named():
    found = effects(MONTHS, MONTHS, old=GUIDE, new=GUIDE.with_class_rates({"III": rate("800.00", "C")}))
    (held,) = [each for each in found if each.after is None]
    assert held.contract == "D"
    assert [problem.code for problem in held.problems] == [ProblemCode.RATE_NOT_CONFIRMED]
    assert summary(found).held == 1


def test_new_and_ended_contracts_count_whole():
    found = effects({"A": MONTHS["A"]}, {"B": MONTHS["B"]}, old=GUIDE, new=GUIDE)
    assert {each.contract: each.change for each in found} == {"A": Decimal("-392.57"), "B": Decimal("530.91")}
