"""The payer of a case: a profile, overrides of single choices, choices by day, and official figures entered."""

from __future__ import annotations

from dataclasses import replace

from palkkio.calculation.cases.keys import Keys
from palkkio.core.days import DateRange
from palkkio.rules import Choice, ClassRate, EnteredFigure, Profile, choice_kinds, keys, profile, profile_names
from palkkio.rules.class_rates import CLASSES, LEGAL_MINIMUM, check_no_overlap
from palkkio.rules.profiles import check_choice, profile_from
from palkkio.rules.tags import Tag
from palkkio.rules.yaml import Faulty, decimal

_ALWAYS = DateRange(None, None)
_FIRST, _LAST = ("first", "from", "valid_from"), ("last", "to", "valid_to")  # as in cases, profiles and the domain
_OF_DAYS = (*_FIRST, *_LAST)
_AMOUNTS = ("amount", "value")
_CLASS = ("class", "fee_class")


def profile_of(given: Keys) -> Profile:
    """The profile with the case's own overrides. Raises CaseError naming key and line."""
    if isinstance(given.raw("payer"), str):
        name = given.text("payer")
        if name != "default" and name not in profile_names():
            given.fail("payer", f"there is no profile '{name}'; there are default, {', '.join(profile_names())}")
        chosen = profile(name)
    else:
        try:
            chosen = profile_from("of the case", given.mapping("payer").plain())
        except Faulty as error:
            given.fail("payer", str(error))
    policy = given.optional_mapping("policy")
    policy.only(*choice_kinds(), "class_rates", "figures")
    overrides, decided = {}, {}
    for key in policy:
        if key in {"class_rates", "figures"}:
            continue
        if isinstance(policy.raw(key), list):
            decided[key] = tuple(_decided(row, key) for row in policy.mappings(key))
            continue
        overrides[key] = _word(policy.raw(key))
        _check(policy, key, key, overrides[key])
    chosen = replace(chosen.with_overrides(overrides), decided=decided)
    if "figures" in policy:
        chosen = replace(chosen, figures=_figures(policy.mapping("figures")))
    return chosen.with_class_rates(_class_rates(policy)) if "class_rates" in policy else chosen


def _word(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return {"on": "yes", "off": "no"}.get(str(value), str(value))  # plain words in YAML 1.2


def _check(at: Keys, field: str, key: str, value: str) -> None:
    try:
        check_choice(choice_kinds()[key], value, key)
    except ValueError as error:
        at.fail(field, str(error))


def _decided(row: Keys, key: str) -> Choice:
    """A choice in force by day: {first: 2026-06-01, last: null, value: fixed_30, source: ...}."""
    row.only("first", "last", "value", "source")
    value = _word(row.raw("value"))
    _check(row, "value", key, value)
    return Choice(value, Tag.S, row.text("source") if "source" in row else "the payer's decision", _days(row))


def _figures(given: Keys) -> dict[str, tuple[EnteredFigure, ...]]:
    """Official figures that the payer entered, by key: [{first: 2026-01-01, value: "33.10", source: ...}]."""
    known = keys()
    found = {}
    for key in given:
        if key not in known:
            given.fail(key, f"there is no figure '{key}'")
        found[key] = tuple(_figure(row) for row in given.mappings(key))
    return found


def _figure(row: Keys) -> EnteredFigure:
    row.only("first", "last", "value", "source")
    try:
        value = decimal(row.raw("value"), "value")
    except Faulty as error:
        row.fail("value", str(error))
    return EnteredFigure(_days(row), value, row.text("source") if "source" in row else "the payer's own source")


def _class_rates(policy: Keys) -> dict[str, tuple[ClassRate, ...]]:
    """Amounts by class, each plain or dated: {I: "392.57", II: [{first: 2018-01-01, amount: "530.91"}]}; or rows of
    days with an amount for each class, [{first: 2018-01-01, I: "392.57", II: "530.91"}], or for one of them,
    [{class: II, first: 2018-01-01, amount: "530.91"}]. One row may stand alone; what is the same may be named as in
    `_FIRST`, `_LAST`, `_AMOUNTS` and `_CLASS`.
    """
    rows: dict[str, list[ClassRate]] = {}
    if (dated := _rows_of_days(policy)) is not None:
        for row in dated:
            if any(key in row for key in _CLASS):
                rows.setdefault(_class(row), []).append(_dated(row, *_CLASS))
                continue
            row.only(*_OF_DAYS, *CLASSES)
            for name in CLASSES:
                if name in row:
                    rows.setdefault(name, []).append(_plain(row, name, _days(row)))
    else:
        by_class = policy.mapping("class_rates")
        by_class.only(*CLASSES)
        for name in by_class:
            value = by_class.raw(name)
            if isinstance(value, list):
                rows[name] = [_dated(row) for row in by_class.mappings(name)]
            elif isinstance(value, dict):
                rows[name] = [_dated(by_class.mapping(name))]
            else:
                rows[name] = [_plain(by_class, name, _ALWAYS)]
    try:
        return {name: check_no_overlap(each, name) for name, each in rows.items()}
    except Faulty as error:
        policy.fail("class_rates", str(error))


def _rows_of_days(policy: Keys) -> list[Keys] | None:
    """Rows that each say their days, one alone or a list; None: amounts by class."""
    if isinstance(policy.raw("class_rates"), list):
        return policy.mappings("class_rates")
    alone = policy.mapping("class_rates")
    return [alone] if any(key in alone for key in (*_CLASS, *_OF_DAYS)) else None


def _plain(row: Keys, key: str, valid: DateRange) -> ClassRate:
    amount = None if row.raw(key) == LEGAL_MINIMUM else row.money(key)
    return ClassRate(valid, amount, Tag.V, "the payer's own amount")


def _class(row: Keys) -> str:
    key = _written(row, *_CLASS)
    name = row.text(key)
    if name not in CLASSES:
        row.fail(key, f"'{key}' is one of {', '.join(CLASSES)}, not '{name}'")
    return name


def _dated(row: Keys, *further: str) -> ClassRate:
    row.only(*_OF_DAYS, *_AMOUNTS, "tag", "source", *further)
    rate = _plain(row, _written(row, *_AMOUNTS), _days(row))
    tag = row.text("tag") if "tag" in row else Tag.V.value
    if tag not in tuple(Tag):
        row.fail("tag", f"'tag' is one of {', '.join(Tag)}")
    return ClassRate(rate.valid, rate.amount, tag, row.text("source") if "source" in row else rate.source)


def _days(row: Keys) -> DateRange:
    """The days of a row, whose edges have more than one name. Raises CaseError naming key and line."""
    at_first, at_last = _written(row, *_FIRST), _written(row, *_LAST)
    first, last = row.optional_day(at_first), row.optional_day(at_last)
    if first is not None and last is not None and last < first:
        row.fail(at_last, f"'{at_last}' {last} is before '{at_first}' {first}")
    return DateRange.of_days(first, last)


def _written(row: Keys, *names: str) -> str:
    """Which of the names of one thing the row uses: the first where it uses none. Raises CaseError for two."""
    used = [name for name in names if name in row] or [names[0]]
    if len(used) > 1:
        row.fail(used[1], f"'{used[1]}' is the same as '{used[0]}': write one of them")
    return used[0]
