"""Choices and official figures: proposed by one, approved by another, in force by day (SYS-3, BEY-11)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_noop as _

from palkkio.audit import actions as audit
from palkkio.core.days import DateRange
from palkkio.core.problems import NotAllowed, WrongState
from palkkio.core.viewer import Viewer
from palkkio.organisations.access import one
from palkkio.organisations.inputs import Day, Inputs
from palkkio.rates import access, editions
from palkkio.rates.models import HOLDS, Edition, OfficialFigure, PolicyChoice, PolicySeries, Rate
from palkkio.rates.rights import RATES
from palkkio.rules import choice_kinds, keys_of
from palkkio.rules.figures import figure_of_law
from palkkio.rules.profiles import check_choice
from palkkio.rules.tags import is_unverified, pays

Row = TypeVar("Row", PolicyChoice, OfficialFigure)
DecidedRow = TypeVar("DecidedRow", Rate, PolicyChoice, OfficialFigure)
MOST = Decimal(1_000_000)
_DAYS_AND_GROUND = ("first", "last", "source")


@transaction.atomic
def propose_choice(
    *, by: Viewer, at: datetime, key: str, value: str, first: Day, last: Day = None, source: str
) -> PolicyChoice:
    """What the organisation's body has chosen from a day on; it holds once a second person approves it.

    value   a word of the choice, or a figure as typed
    source  the decision: body, day, section
    Raises InvalidInput, NotAllowed.
    """
    by.require(*RATES)
    inputs = Inputs({"key": key, "value": value, "first": first, "last": last, "source": source}, _FIELDS_OF_CHOICE)
    kind = choice_kinds().get(key)
    chosen = inputs.text("value", 60, _("Choose or enter what holds"))
    if kind is None:
        inputs.error("key", _("Choose what is decided"))
    elif chosen:
        chosen = chosen if kind.values else "".join(chosen.split()).replace(",", ".")
        try:
            check_choice(kind, chosen, key)
        except ValueError:
            message = _("Choose one of the list") if kind.values else _("Enter a number, for example 97,55")
            inputs.error("value", message)
    days, ground = _days_and_ground(inputs, _("Enter the decision that the choice comes from"))
    row = PolicyChoice(series=_series(by, key), value=chosen, valid=days, source=ground)
    return _proposed(row, by, at)


@transaction.atomic
def propose_figures(
    *, by: Viewer, at: datetime, file: str, values: Mapping[str, str], first: Day, last: Day = None, source: str
) -> OfficialFigure:
    """Official figures of one file of the rules, for days for which the rules have none that is confirmed.

    values  as typed, by column of the table, "" where the file has one figure; what is left empty is not entered
    Raises InvalidInput (an error of a column on `value_` and its name), NotAllowed.
    """
    by.require(*RATES)
    typed = {f"value_{column}": text for column, text in values.items()}
    given = {**typed, "file": file, "first": first, "last": last, "source": source}
    inputs = Inputs(given, (*typed, "file", *_DAYS_AND_GROUND))
    columns = columns_of(file)
    if not columns:
        inputs.error("file", _("Choose the figure"))
    found = {}
    for column in values:
        field = f"value_{column}"
        if column not in columns:
            inputs.error(field, _("Choose the figure"))
        elif typed[field] not in (None, ""):
            found[column] = str(inputs.decimal(field, places=6, most=MOST))
    days, ground = _days_and_ground(inputs, _("Enter where the official figure stands"))
    if columns and not found:
        inputs.error(f"value_{columns[0]}", _("Enter the official figure"))
    for column in found:
        if column in columns and _is_confirmed(key_of(file, column), days):
            inputs.error(f"value_{column}", _("The rules have a confirmed figure on some of these days. Enter others."))
    inputs.check()
    return _proposed(OfficialFigure(series=_series(by, file), values=found, valid=days, source=ground), by, at)


@transaction.atomic
def approve(row: Row, *, by: Viewer, at: datetime) -> Row:
    """A second person's yes: it holds from its first day, the one before ends the day before.

    An approved one from the same first day is replaced and stays in the history. Months paid already lead to
    differences in the next run. Raises NotAllowed for who proposed it; WrongState when it is approved already, or when
    a later one stands in its days.
    """
    by.require(*RATES)
    row = _locked(row, by)
    if row.approved_at is not None:
        raise WrongState(_("This is approved already."))
    if row.proposed_by_id == by.account_id:
        raise NotAllowed(_("You proposed this. A second person approves it."))
    replaced = make_room(type(row).objects.filter(HOLDS, series_id=row.series_id), row.valid)
    row.approved_by_id, row.approved_at = by.account_id, at
    row.save(update_fields=["approved_by", "approved_at"])
    content = editions.content_of(*editions.rows_in_force(row.organisation_id))
    Edition.objects.get_or_create(
        organisation_id=row.organisation_id,
        digest=editions.digest_of(content),
        defaults={"content": content, "made_at": at},
    )
    _record("approve", row, by, at, replaced=replaced)
    return row


@transaction.atomic
def withdraw(row: Row, *, by: Viewer, at: datetime) -> None:
    """Take a proposal back. Raises WrongState when it is approved: then a new one replaces it."""
    by.require(*RATES)
    row = _locked(row, by)
    if row.approved_at is not None:
        raise WrongState(_("This is approved. Propose a new one that replaces it."))
    _record("withdraw", row, by, at)
    row.delete()


def make_room(earlier: QuerySet[DecidedRow], new: DateRange) -> list[int]:
    """End what stands in new days on the day before them; what begins on the same day is replaced.

    Returns the ids of those replaced. Raises WrongState where something begins later inside the new days.
    """
    found = list(earlier.filter(valid__overlap=new))
    for other in found:
        if other.valid.start is not None and new.start is not None and other.valid.start > new.start:
            raise WrongState(
                _("Another one is approved from %(first)s on. Propose this one with a last day before it."),
                first=f"{other.valid.start:%-d.%-m.%Y}",
            )
    replaced = []
    for other in found:
        if other.valid.start == new.start:
            other.is_replaced = True
            replaced.append(other.pk)
        else:
            other.valid = DateRange(other.valid.start, new.start)
        other.save(update_fields=["valid", "is_replaced"])
    return replaced


def columns_of(file: str) -> tuple[str, ...]:
    """Columns of a file of figures, "" where it has one figure; () for a file that is none."""
    try:
        return tuple(key.removeprefix(file).removeprefix("/") for key in keys_of(file)) if ".." not in file else ()
    except KeyError:
        return ()


def key_of(file: str, column: str) -> str:
    return f"{file}/{column}" if column else file


_FIELDS_OF_CHOICE = ("key", "value", *_DAYS_AND_GROUND)


def _days_and_ground(inputs: Inputs, missing: str) -> tuple[DateRange, str]:
    first, last = inputs.first_and_last(_("Enter the first day"))
    ground = inputs.text("source", 200, missing)
    inputs.check()
    return DateRange.of_days(first, last), ground


def _is_confirmed(key: str, days: DateRange) -> bool:
    """True if a figure that was read in a source holds on some of the days."""
    return any(
        pays(value.tag) and not is_unverified(value.tag) and value.valid.overlap(days)
        for value in figure_of_law(key).values
    )


def _proposed(row: Row, by: Viewer, at: datetime) -> Row:
    row.organisation_id = by.organisation_id
    row.proposed_by_id, row.proposed_at = by.account_id, at
    row.save()
    _record("propose", row, by, at)
    return row


def _series(by: Viewer, key: str) -> PolicySeries:
    return PolicySeries.objects.get_or_create(organisation_id=by.organisation_id, key=key)[0]


def _locked(row: Row, by: Viewer) -> Row:
    reads: dict[type, Callable[[Viewer], QuerySet[Any]]] = {
        PolicyChoice: access.choices,
        OfficialFigure: access.figures,
    }
    rows = reads[type(row)](by)
    PolicySeries.objects.select_for_update().get(pk=one(rows, row.pk).series_id)
    found: Row = one(rows.select_for_update(of=("self",)), row.pk)
    return found


def _record(verb: str, row: PolicyChoice | OfficialFigure, by: Viewer, at: datetime, **details: object) -> None:
    what = "choice" if isinstance(row, PolicyChoice) else "figure"
    named = {"key": row.key, "value": row.value} if isinstance(row, PolicyChoice) else {"file": row.file}
    audit.record(
        f"{verb}_{what}",
        by=by,
        at=at,
        object_kind=f"policy_{what}",
        object_id=row.pk,
        details={**named, "first": str(row.valid.first), **details},
    )
