"""A month of a thousand payees takes well under a second: no file is read and no text parsed in the loop."""

import time
from datetime import date
from decimal import Decimal
from unittest import mock

from palkkio.calculation.facts import Payee, Trip
from palkkio.calculation.pay import pay
from palkkio.rules import yaml

from .care_facts import away, care_terms, days, ill, informal
from .facts import care, facts, month


def test_a_thousand_payees_of_twenty_days_take_less_than_a_second():
    rates = {"care": "97.55", "kilometre": "0.55"}
    sheet = month(*care(*range(1, 21)), rates=rates, trips=(Trip(date(2026, 5, 3), Decimal(34)),))
    payees = [facts(sheet, payee=Payee(date(1950 + number % 50, 1 + number % 12, 5))) for number in range(1000)]
    pay(payees[0])  # reads the rules once
    with mock.patch.object(yaml, "YAML", side_effect=AssertionError("a rule file is read inside the loop")):
        begun = time.process_time()
        results = [pay(each) for each in payees]
        taken = time.process_time() - begun
    assert {result.gross for result in results} == {Decimal("1969.70")}
    assert taken < 1.0


def test_a_thousand_informal_carers_take_less_than_a_second():
    """A month cut by terms, an illness and an absence."""
    two = (care_terms("II", days("2017-01-01", "2018-03-14")), care_terms("I", days("2018-03-15")))
    sheet = informal(ill("2018-03-01", "2018-03-09"), away("2018-02-20", "2018-03-28"), terms=two)
    payees = [
        facts(sheet, payee=Payee(date(1950 + number % 50, 1, 5)), paid_on=date(2018, 4, 30), profile="pietarsaari-2018")
        for number in range(1000)
    ]
    pay(payees[0])  # reads the rules once
    with mock.patch.object(yaml, "YAML", side_effect=AssertionError("a rule file is read inside the loop")):
        begun = time.process_time()
        results = [pay(each) for each in payees]
        taken = time.process_time() - begun
    assert len({result.gross for result in results}) == 1
    assert taken < 1.0
