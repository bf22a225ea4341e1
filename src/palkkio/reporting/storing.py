"""Deliveries as bytes, checked, with their rows: whole, and once."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from palkkio.core.clock import day_of
from palkkio.core.money import ZERO
from palkkio.documents import actions as documents
from palkkio.formats import incomes_register as register
from palkkio.formats import schemas
from palkkio.organisations.asking import days_text
from palkkio.organisations.copying import NULL, copy_rows, escaped, new_ids, optional, truth
from palkkio.payments.actions import FileRefusedError
from palkkio.reporting.models import Delivery, Report
from palkkio.reporting.queries import due_on

if TYPE_CHECKING:
    from palkkio.payroll.models import Run

_DELIVERY = (
    "id", "organisation_id", "kind", "run_id", "part", "employer_id", "delivery_id", "payday", "period", "due_on",
    "report_count", "file_id", "made_at", "is_cancelled", "register_id", "trouble",
)  # fmt: skip
_REPORT = (
    "organisation_id", "delivery_id", "person_id", "employer_id", "action", "report_id", "version", "replaces_id",
    "totals", "state", "register_id", "errors",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Draft:
    """One delivery that is to be made.

    reports  by payee
    before   the version of a payee's report that the new one follows, if any
    """

    value: register.Delivery
    reports: Mapping[int, register.Report]
    before: Mapping[int, Report] = field(default_factory=dict)
    employer_id: int | None = None


def store(run: Run, part: int, drafts: Sequence[Draft], *, at: datetime) -> list[int]:
    """Write deliveries of a part of a run with their reports. Returns their ids.

    Raises FileRefusedError; then nothing is written.
    """
    files = documents.issue_many(
        _files(run, [draft.value for draft in drafts], at),
        organisation_id=run.organisation_id,
        kind="incomes_register_report",
        content_type="application/xml",
        at=at,
    )
    table = Delivery._meta.db_table
    ids = new_ids(table, len(drafts))
    copy_rows(table, _DELIVERY, _delivery_rows(run, part, zip(ids, files, drafts, strict=True), at))
    copy_rows(Report._meta.db_table, _REPORT, _report_rows(run, zip(ids, drafts, strict=True)))
    return ids


def _files(run: Run, deliveries: Sequence[register.Delivery], at: datetime) -> list[documents.Issue]:
    """Their files, checked. Raises FileRefusedError."""
    contents = [_written(run, each) for each in deliveries]
    folder = schemas.official_schemas()
    schema = None if folder is None else schemas.wage_report_schema(folder)
    checked = register.check_deliveries(contents, today=day_of(at), schema=schema)
    for delivery, found in zip(deliveries, checked, strict=True):
        if found:
            raise FileRefusedError(f"Reports of run {run.number}, {delivery.delivery_id}: {'; '.join(found[:5])}")
    return [
        documents.Issue(content, f"tulorekisteri-{delivery.payday:%Y-%m-%d}-{delivery.delivery_id}.xml")
        for delivery, content in zip(deliveries, contents, strict=True)
    ]


def _written(run: Run, delivery: register.Delivery) -> bytes:
    try:
        return register.write_delivery(delivery)
    except ValueError as error:
        raise FileRefusedError(f"Reports of run {run.number}, {delivery.delivery_id}: {error}") from error


def _delivery_rows(
    run: Run, part: int, made: Iterable[tuple[int, int, Draft]], at: datetime
) -> Iterator[tuple[str, ...]]:
    """New deliveries by id and document; the columns left out are empty."""
    head = (str(run.organisation_id), Delivery.Kind.REPORTS.value, str(run.pk), str(part))
    tail = (at.isoformat(), truth(False), "", "")
    for number, file_id, draft in made:
        value = draft.value
        yield (
            str(number),
            *head,
            optional(draft.employer_id),
            escaped(value.delivery_id),
            value.payday.isoformat(),
            days_text(value.period),
            due_on(value.payday).isoformat(),
            str(len(draft.reports)),
            str(file_id),
            *tail,
        )


def _report_rows(run: Run, made: Iterable[tuple[int, Draft]]) -> Iterator[tuple[str, ...]]:
    """Their reports, which nobody has answered yet."""
    organisation, new, replacement = str(run.organisation_id), Report.Action.NEW.value, Report.Action.REPLACEMENT.value
    for number, draft in made:
        delivery, employer = str(number), optional(draft.employer_id)
        for person_id, report in draft.reports.items():
            before = draft.before.get(person_id)
            follows = before is not None and before.report_id == report.report_id
            yield (
                organisation,
                delivery,
                str(person_id),
                employer,
                replacement if report.action == register.Action.REPLACEMENT else new,
                escaped(report.report_id),
                str(before.version + 1) if before is not None and follows else "1",
                NULL if before is None else str(before.pk),
                escaped(json.dumps(totals_of(report))),
                "",
                "",
                "[]",
            )


def totals_of(report: register.Report) -> dict[str, str]:
    """Sums of a report by income type, EUR."""
    sums: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for each in report.transactions:
        sums[str(each.code)] += each.amount
    return {code: str(amount) for code, amount in sums.items()}
