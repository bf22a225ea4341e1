"""Choices of payers."""

from datetime import date

import pytest

from palkkio.core.payslip import ContractKind
from palkkio.rules import choice_kinds, profile, profile_names
from palkkio.rules.profiles import PROFILES, profile_from
from palkkio.rules.tags import pays
from palkkio.rules.yaml import Faulty, read


def test_every_choice_says_what_it_means_and_where_its_default_comes_from():
    for kind in choice_kinds().values():
        assert len(kind.meaning) > 20
        assert len(kind.source) > 10
        assert kind.tag
        assert kind.read >= date(2026, 1, 1)
        assert set(kind.used_by) <= set(ContractKind)
        assert kind.default is None or pays(kind.tag)


@pytest.mark.parametrize("name", profile_names())
def test_every_choice_of_a_profile_has_a_source(name: str):
    for choice in profile(name).choices.values():
        assert len(choice.source) > 10
        assert choice.tag
    for row in read(PROFILES / f"{name}.yaml")["choices"].values():
        assert row["read"] >= date(2026, 1, 1)


def test_a_choice_that_is_not_made_is_the_default():
    assert profile("helsinki").choice("carer_illness_paid_days").value == "7"
    assert profile("default").choice("tax_free_kilometre").value is None


def test_single_choices_can_be_replaced():
    changed = profile("western-uusimaa").with_overrides({"tax_free_kilometre": "0.30"})
    assert changed.choice("tax_free_kilometre").value == "0.30"
    assert profile("western-uusimaa").choice("tax_free_kilometre").value == "0.25"


@pytest.mark.parametrize("value", ["sometimes", ""])
def test_only_offered_words_can_be_chosen(value: str):
    with pytest.raises(ValueError, match="actual_days"):
        profile("helsinki").with_overrides({"proration": value})


@pytest.mark.parametrize("value", ["-0.25", "a quarter"])
def test_a_figure_is_asked_for_where_the_choice_is_one(value: str):
    with pytest.raises(ValueError, match="tax_free_kilometre"):
        profile("helsinki").with_overrides({"tax_free_kilometre": value})


def test_there_is_no_choice_and_no_profile_by_another_name():
    with pytest.raises(KeyError):
        profile("helsinki").choice("payday")
    with pytest.raises(KeyError):
        profile("../choices")


def test_a_profile_file_names_known_choices_only():
    row = {"value": "0.25", "tag": "V", "source": "Letter of 1.2.2026", "read": date(2026, 2, 1)}
    assert profile_from("x", {"name": "X", "choices": {"tax_free_kilometre": row}}).choices
    with pytest.raises(Faulty, match="tax_free_kilometer"):
        profile_from("x", {"name": "X", "choices": {"tax_free_kilometer": row}})
