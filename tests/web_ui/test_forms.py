"""Fields and their errors: what to do, beside the field, nothing typed lost."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.template import engines

from palkkio.web.ui.fields import DayField, EurosField, NumberField

pytestmark = pytest.mark.usefixtures("finnish")


class TripForm(forms.Form):
    date = DayField(label="Day", help_text="For example 5.10.2026")
    kilometres = NumberField(label="Kilometres", required=False)
    way = forms.ChoiceField(label="Way", widget=forms.RadioSelect, choices=[("a", "There"), ("b", "Back")])
    car = forms.ChoiceField(label="Car", choices=[("own", "Own"), ("bus", "Bus")])
    sure = forms.BooleanField(label="I am sure")


def drawn(source: str, **context: Any) -> str:
    return engines["django"].from_string("{% load ui %}" + source).render(context)


def refused() -> TripForm:
    return TripForm({"date": "32.10.", "kilometres": "kolme", "car": "bus"})


def test_label_help_and_error_stand_before_the_control() -> None:
    html = drawn("{% field form.date %}", form=refused())
    order = [html.index(part) for part in ("<label", "For example", "Virhe" if "Virhe" in html else "Error", "<input")]
    assert order == sorted(order)
    assert 'aria-describedby="id_date-error id_date-help"' in html
    assert 'aria-invalid="true"' in html


def test_what_was_typed_stays() -> None:
    """CARE-13."""
    html = drawn("{% fields form %}", form=refused())
    assert 'value="32.10."' in html
    assert 'value="kolme"' in html
    assert '<option value="bus" selected>' in html


def test_choices_are_a_group_with_its_error() -> None:
    html = drawn("{% field form.way %}", form=refused())
    assert html.lstrip().startswith("<fieldset")
    assert "<legend" in html
    assert 'aria-describedby="id_way-error"' in html
    assert html.count('type="radio"') == 2


def test_the_summary_leads_to_each_field() -> None:
    form = refused()
    html = drawn("{% error_summary form %}{% fields form %}", form=form)
    places = re.findall(r'<li><a href="#([\w-]+)"', html)
    assert places == ["id_date", "id_kilometres", "id_way_0", "id_sure"]
    for place in places:
        assert f'id="{place}"' in html
    assert 'role="alert" tabindex="-1"' in html


def test_no_errors_no_summary() -> None:
    assert drawn("{% error_summary form %}", form=TripForm()).strip() == ""


@pytest.mark.parametrize(("form", "is_said"), [(refused(), True), (TripForm(), False)])
def test_the_windows_title_says_the_error_first(form: forms.Form, is_said: bool) -> None:
    assert bool(drawn("{% title_prefix %}", form=form)) is is_said


def test_an_optional_field_says_so() -> None:
    assert 'class="optional"' in drawn("{% field form.kilometres %}", form=TripForm())
    assert 'class="optional"' not in drawn("{% field form.date %}", form=TripForm())


@pytest.mark.parametrize("typed", ["5.10.2026", "05.10.2026", "5.10.26", " 5.10.2026 ", "2026-10-05"])
def test_a_day_is_read_as_people_write_it(typed: str) -> None:
    assert DayField().clean(typed) == date(2026, 10, 5)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("1 249,17", "1249.17"), ("1\u00a0249,17 €", "1249.17"), ("12.5", "12.5"), ("\u22123", "-3")],
)
def test_an_amount_is_read_as_people_write_it(typed: str, expected: str) -> None:
    assert EurosField().clean(typed) == Decimal(expected)


@pytest.mark.parametrize("typed", ["32.10.2026", "5.10.", "lokakuu"])
def test_a_day_that_is_none_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(forms.ValidationError, match=r"5\.10\.2026"):
        DayField().clean(typed)


def test_thirds_of_a_cent_are_refused() -> None:
    with pytest.raises(forms.ValidationError):
        EurosField().clean("1,005")


def test_values_are_shown_as_people_write_them() -> None:
    form = TripForm(initial={"date": date(2026, 10, 5), "kilometres": Decimal("1234.5")})
    html = drawn("{% fields form %}", form=form)
    assert 'value="5.10.2026"' in html
    assert 'value="1\u00a0234,5"' in html
