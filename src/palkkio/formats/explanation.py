"""Why each line is what it is (BEY-1), in words made from the frozen working: for documents, pages and programs."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any

from palkkio.core.payslip import ChangedFact, ChangedKind, Contribution, Deduction, Line, PayResult, Working
from palkkio.formats import figures
from palkkio.formats.wording import LANGUAGES, Words, words

PARTS = ("line", "deduction", "contribution")


def explained(result: PayResult) -> dict[str, Any]:
    """Lines, deductions and contributions of a result in words of all languages, in the order of the result."""
    return {
        language: {
            "lines": [_explained(words(language), line) for line in (*result.lines, *result.overpaid)],
            "deductions": [_explained(words(language), each) for each in result.deductions],
            "employer_costs": [_explained(words(language), each) for each in result.employer],
        }
        for language in LANGUAGES
    }


def _explained(w: Words, part: Line | Deduction | Contribution) -> dict[str, Any]:
    made: dict[str, Any] = {"code": str(part.code), "name": code_name(w, part.code), "amount": str(part.amount)}
    if isinstance(part, Line):
        made["calculation"] = calculation(w, part)
    return made | _why(w, part.working)


def _why(w: Words, working: Working) -> dict[str, Any]:
    return {
        "rule": w.get(f"rule.{working.rule}"),
        "ground": "; ".join(part for part in (working.law, working.source) if part),
        "rate_valid": "" if working.rate_valid is None else figures.days(working.rate_valid),
        "days": [day.isoformat() for day in working.days],
        "inputs": _inputs(w, working),
        "changed": [changed_words(w, each) for each in working.causes],
    }


def _inputs(w: Words, working: Working) -> dict[str, str]:
    """By name; what stands there several times, as the hours of each day, in one text."""
    found: dict[str, list[str]] = {}
    for name, value in working.inputs:
        found.setdefault(w.get(f"input.{name}", name), []).append(_value(w, name, value))
    return {name: "; ".join(values) for name, values in found.items()}


def _value(w: Words, name: str, value: str) -> str:
    """A code among the inputs in words; a figure or a day as it is."""
    return w.get(f"word.{name}.{value}", value)


def code_name(w: Words, code: str) -> str:
    """Name of a line, deduction or contribution; the code itself where there is none."""
    return next((text for part in PARTS if (text := w.get(f"{part}.{code}"))), str(code))


def calculation(w: Words, line: Line) -> str:
    """`21 päivää × 530,00 / 30`, `4 tuntia × 13,00 × 15,0 %`; empty for a sum that is no product."""
    if line.unit == "piece" and line.quantity == 1:
        return ""
    text = f"{w.units(line.quantity, line.unit)}\u00a0×\u00a0{figures.number(line.of, 2)}"
    if line.percent is not None:
        text = f"{text}\u00a0×\u00a0{figures.percent(line.percent)}"
    return text if line.per == 1 else f"{text}\u00a0/\u00a0{figures.number(line.per)}"


def causes(w: Words, changed: Iterable[ChangedFact]) -> str:
    """What has changed since a month was paid, each thing once; empty where nothing has."""
    return "; ".join(dict.fromkeys(changed_words(w, each) for each in changed))


def changed_words(w: Words, changed: ChangedFact) -> str:
    """`Sovittu tai päätetty summa: hoitopäivä: 97,55 muuttui, nyt 100,55, 6.–30.4.2026`."""
    what = w.get(f"changed.what.{changed.what}")
    if not what and changed.what:
        named = code_name(w, changed.what)
        what = "" if named == changed.what else named
    kind = w.get(f"changed.kind.{changed.kind}", str(changed.kind))
    name = f"{kind}: {what}" if what else kind
    if changed.before and changed.now and changed.before != changed.now:
        text = w(
            "changed.became", what=name, before=_figure(changed, changed.before), now=_figure(changed, changed.now)
        )
    elif changed.now:
        text = w("changed.added", what=name)
    elif changed.before:
        text = w("changed.removed", what=name)
    else:
        text = w("changed.alone", what=name)
    return text if changed.days is None else f"{text}, {figures.days(changed.days)}"


def _figure(changed: ChangedFact, text: str) -> str:
    """A number as it is written in Finland, an amount with its cents; other words as they are."""
    number, _, rest = text.partition(" ")
    try:
        amount = Decimal(number)
    except InvalidOperation:
        return text
    places = 2 if changed.kind is ChangedKind.RATE else 0
    return " ".join(part for part in (figures.number(amount, places), rest) if part)
