"""A month of many payees reads no file and parses no text in its loop; how fast it is, bin/bench tells."""

from datetime import date
from decimal import Decimal
from unittest import mock

from palkkio.calculation.facts import Payee, Trip
from palkkio.calculation.pay import pay
from palkkio.rules import yaml

from .care_facts import away, care_terms, days, ill, informal
from .facts import care, facts, month


def test_carers_of_twenty_days_are_paid_without_reading_rules_again():
    rates = {"care": "97.55", "kilometre": "0.55"}
    sheet = month(*care(*range(1, 21)), rates=rates, trips=(Trip(date(2026, 5, 3), Decimal(34)),))
    payees = [facts(sheet, payee=Payee(date(1950 + number % 50, 1 + number % 12, 5))) for number in range(100)]
    for each in payees[:50]:  # of every age: each rule is read once
        pay(each)
    with mock.patch.object(yaml, "YAML", side_effect=AssertionError("a rule file is read inside the loop")):
        results = [pay(each) for each in payees]
    assert {result.gross for result in results} == {Decimal("1969.70")}


def test_informal_carers_are_paid_without_reading_rules_again():
    """A month cut by terms, an illness and an absence."""
    two = (care_terms("II", days("2017-01-01", "2018-03-14")), care_terms("I", days("2018-03-15")))
    sheet = informal(ill("2018-03-01", "2018-03-09"), away("2018-02-20", "2018-03-28"), terms=two)
    payees = [
        facts(sheet, payee=Payee(date(1950 + number % 50, 1, 5)), paid_on=date(2018, 4, 30), profile="pietarsaari-2018")
        for number in range(100)
    ]
    for each in payees[:50]:  # of every age: each rule is read once
        pay(each)
    with mock.patch.object(yaml, "YAML", side_effect=AssertionError("a rule file is read inside the loop")):
        results = [pay(each) for each in payees]
    assert len({result.gross for result in results}) == 1
