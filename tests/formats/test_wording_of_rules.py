"""Every line opens to plain words in three languages (BEY-1): no rule, code or input of the calculation lacks them."""

from __future__ import annotations

import re
from contextlib import suppress
from functools import cache
from pathlib import Path

import pytest

from palkkio.calculation.assistance.account import RULES
from palkkio.calculation.assistance.working_times import EQUALISED, WEEKS
from palkkio.calculation.cases.command import facts_of_case
from palkkio.calculation.cases.keys import read_case
from palkkio.calculation.pay import pay
from palkkio.core.payslip import ChangedKind, ContractKind, ContributionCode, DeductionCode, LineCode
from palkkio.formats.incomes_register.income_types import income_type
from palkkio.formats.wording import LANGUAGES, Words, words

ROOT = Path(__file__).resolve().parents[2]
CALCULATION = ROOT / "src" / "palkkio" / "calculation"

# Inputs that a page or document shows in a place of their own, or that only tell where a limit comes from.
IN_THEIR_OWN_PLACE = {
    "accumulated",
    "additional",
    "base",
    "ceiling",
    "rate_paid",
    "reason",
    "tax_free_limit",
    "tax_free_limit_source",
    "tax_free_limit_tag",
}
COUNTED_BY = ("day", "week", "broken_period")
NAMED = re.compile(r"""(?:rule=|Working\(\s*|_by_figure\(\s*|Absence\(\s*)"([a-z_]+)\"""")


@cache
def worked() -> tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[tuple[str, str]]]:
    """Rules, codes, names of inputs, and inputs whose value is a code, that the golden months bring about."""
    rules, codes, inputs, coded = set(), set(), set(), set()
    for path in sorted((ROOT / "cases").rglob("*.yaml")):
        result = pay(facts_of_case(read_case(path)))
        for part in (*result.lines, *result.overpaid, *result.deductions, *result.employer):
            rules.add(part.working.rule)
            codes.add(str(part.code))
            inputs |= {name for name, _ in part.working.inputs if not re.fullmatch(r"\d{4}-\d\d-\d\d", name)}
            coded |= {pair for pair in part.working.inputs if re.fullmatch(r"[a-z]+(_[a-z0-9]+)*", pair[1])}
    return frozenset(rules), frozenset(codes), frozenset(inputs), frozenset(coded)


def named_in_code() -> set[str]:
    """Keys of rules that the calculation writes, whether a golden month reaches them or not."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted(CALCULATION.rglob("*.py")))
    return {*NAMED.findall(text), *RULES.values()}


def test_there_are_rules_to_word() -> None:
    assert {"care_day", "care_fee", "recovery", "distraint"} <= worked()[0] | named_in_code()
    assert {"base_pay", "sick_pay"} <= named_in_code()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_has_plain_words(language: str) -> None:
    texts = words(language)
    missing = {rule for rule in worked()[0] | named_in_code() if rule and not texts.get(f"rule.{rule}")}
    assert not missing, f"say in plain words, in wording/why.{language}.yaml: {sorted(missing)}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_a_name(language: str) -> None:
    texts = words(language)
    for part, codes in (("line", LineCode), ("deduction", DeductionCode), ("contribution", ContributionCode)):
        missing = {code.value for code in codes if not texts.get(f"{part}.{code.value}")}
        assert not missing, f"{part}: {sorted(missing)}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_input_has_a_name(language: str) -> None:
    texts = words(language)
    missing = {name for name in worked()[2] - IN_THEIR_OWN_PLACE if not texts.get(f"input.{name}")}
    assert not missing, sorted(missing)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_input_that_is_a_code_has_words(language: str) -> None:
    texts = words(language)
    coded = worked()[3] | {("overtime_by", limit) for limit in (*COUNTED_BY, *WEEKS, *EQUALISED)}
    missing = {(name, code) for name, code in coded if name not in IN_THEIR_OWN_PLACE if not worded(texts, name, code)}
    assert not missing, sorted(missing)


def worded(texts: Words, name: str, code: str) -> str:
    return texts.get(f"word.{name}.{code}") or texts.get(f"changed.what.{code}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_change_has_a_name(language: str) -> None:
    texts = words(language)
    assert all(texts.get(f"changed.kind.{kind.value}") for kind in ChangedKind)


def test_the_languages_have_the_same_keys() -> None:
    keys = [set(words(language).texts) for language in LANGUAGES]
    assert keys[0] == keys[1] == keys[2]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_income_type_of_a_payslip_has_words(language: str) -> None:
    types = set()
    for contract in ContractKind:
        for line in LineCode:
            with suppress(ValueError):  # no line of this kind of contract
                types.add(income_type(contract, line))
    codes = {kind.code for kind in types if kind is not None}
    assert codes
    assert [code for code in sorted(codes) if not words(language).get(f"income.{code}")] == []
