"""docs/rules.md is written from the rules."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path

from palkkio.calculation.assistance.account import RULES
from palkkio.calculation.facts import Trip
from palkkio.calculation.pay import pay
from palkkio.core.payslip import ContractKind, DayType
from palkkio.rules import choice_kinds, keys
from palkkio.rules.command import rules
from palkkio.rules.markdown import markdown, readings

from .facts import care, entries, facts, month

PAGE = Path(__file__).parents[2] / "docs" / "rules.md"


def test_the_page_is_what_the_rules_say_now():
    assert PAGE.read_text(encoding="utf-8") == markdown(), "run: bin/palkkio rules --markdown > docs/rules.md"


def test_the_page_names_every_figure_and_choice():
    page = PAGE.read_text(encoding="utf-8")
    for key in (*keys(), *choice_kinds()):
        assert f"`{key}`" in page


def test_every_rule_that_a_line_names_is_explained():
    """PAY-8."""
    keys = ("care", "training", "notice", "cancelled", "visit", "hour", "locum", "expense_per_day", "monthly")
    rates = dict.fromkeys(keys, "20.00") | {"kilometre": "0.55"}
    entered = [entry for day, day_type in enumerate(DayType, start=1) for entry in entries(day_type, day)]
    entered = [replace(each, count=Decimal(8)) if each.type is DayType.LOCUM else each for each in entered]
    trip = Trip(date(2026, 5, 20), Decimal(10), expense=Decimal("3.40"))
    everything = facts(month(*entered, rates=rates, trips=(trip,), kind=ContractKind.OTHER_COMMISSION))
    named = {line.working.rule for line in pay(everything).lines}
    assert len(named) == 12
    named |= {deduction.working.rule for deduction in pay(everything).deductions}
    named |= {deduction.working.rule for deduction in pay(facts(month(*care(1)), card=None)).deductions}
    assert named <= readings().keys()


def test_every_rule_of_worked_time_is_explained():
    assert set(RULES.values()) <= readings().keys()


def test_the_command_line_lists_figures_and_tells_one():
    out = StringIO()
    assert rules([], out) == 0
    assert "withholding/without_card" in out.getvalue()
    out = StringIO()
    assert rules(["withholding/without_card", "--on", "2026-06-30"], out) == 0
    assert out.getvalue().startswith("60 % (V), 1124/1996 3 §.")


def test_the_command_line_says_when_a_figure_is_not_confirmed():
    out = StringIO()
    assert rules(["withholding/without_card", "--on", "2027-06-30"], out) == 1
    assert "not confirmed on 2027-06-30" in out.getvalue()
    out = StringIO()
    assert rules(["no/such"], out) == 1
    assert "no figure no/such" in out.getvalue()
