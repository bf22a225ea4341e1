"""Reports of some payees on one payday, put into deliveries: those of a run, and those that are given again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import QuerySet

from palkkio.core.days import DateRange
from palkkio.entries.queries.absences import absences_of
from palkkio.formats import incomes_register as register
from palkkio.organisations import queries as organisations
from palkkio.payments.actions import FileRefusedError
from palkkio.payroll.queries.handover import Earned, runs_of_payday
from palkkio.people.queries import PersonToReport, people_to_report
from palkkio.reporting.contents import contacts_of, payer_of, report_of, terms_of
from palkkio.reporting.models import Report
from palkkio.reporting.storing import Draft
from palkkio.reporting.versions import Earlier, Whose, earlier_of, following

if TYPE_CHECKING:
    from palkkio.organisations.models import Organisation
    from palkkio.payroll.models import Run


class Making:
    """What the deliveries of one part have in common, read once.

    contract_ids  of employments with households, whose absences are told
    is_again  reports of the run itself are given again; otherwise only those of other runs of the payday come before
    """

    def __init__(
        self,
        run: Run,
        person_ids: Collection[int],
        employer_ids: Collection[int] | None,
        at: datetime,
        *,
        contract_ids: Collection[int] = (),
        is_again: bool = False,
    ) -> None:
        self.run, self.at = run, at
        self.payer: Organisation = organisations.payer(run.organisation_id)
        self.terms, self.contacts = terms_of(self.payer), contacts_of(self.payer)
        self.people: Mapping[int, PersonToReport] = people_to_report({*person_ids, *(employer_ids or ())})
        self.absences = absences_of(contract_ids, run.payday) if contract_ids else {}
        runs = [pk for pk in runs_of_payday(run.organisation_id, run.payday) if is_again or pk != run.pk]
        rows = reports_of_runs(runs, person_ids, employer_ids) if runs else ()
        self.earlier: Mapping[Whose, Earlier] = earlier_of(rows)

    def report(
        self, person_id: int, employer_id: int | None, slips: Sequence[Earned], new_id: str
    ) -> register.Report | None:
        """A payee's report after the version before it, which it replaces where the register knows that."""
        earlier = self.earlier.get((person_id, employer_id))
        absences = self._absences_of(slips) if employer_id else []
        made = report_of(
            slips,
            self.people[person_id],
            report_id=earlier.newest.report_id if earlier else new_id,
            terms=self.terms,
            absences=absences,
        )
        return None if made is None else following(made, earlier)

    def _absences_of(self, slips: Sequence[Earned]) -> list[tuple[int, DateRange]]:
        contracts = sorted({each.contract_id for each in slips})
        return [each for contract_id in contracts for each in self.absences.get(contract_id, ())]

    def drafts(
        self, slips: Mapping[int, Sequence[Earned]], period: DateRange, employer_id: int | None, part: int
    ) -> list[Draft]:
        """Deliveries of one employer's payees: one, and more where what is replaced was reported of another period.

        A replacement keeps the pay period of what it replaces, or the register would want that taken back first (C2).
        """
        groups: dict[DateRange, dict[int, register.Report]] = defaultdict(dict)
        for person_id in sorted(slips):
            new_id = register.report_id_of(self.run.number, person_id, employer_id)
            report = self.report(person_id, employer_id, slips[person_id], new_id)
            if report is not None:
                earlier = self.earlier.get((person_id, employer_id))
                standing = earlier.standing if earlier else None
                days = standing.delivery.period if standing else period
                groups[days][person_id] = report
        name = register.delivery_id_of(self.run.number, part, employer_id)
        return [
            self.draft(name if days == period else f"{name}-{_compact(days)}", days, reports, employer_id)
            for days, reports in groups.items()
        ]

    def draft(
        self, delivery_id: str, period: DateRange, reports: Mapping[int, register.Report], employer_id: int | None
    ) -> Draft:
        value = register.Delivery(
            delivery_id=delivery_id,
            created_at=self.at,
            payday=self.run.payday,
            period=period,
            payer=self._payer(employer_id),
            contacts=self.contacts,
            reports=tuple(reports.values()),
            is_production=settings.PRODUCTION,
        )
        found = {person_id: self.earlier.get((person_id, employer_id)) for person_id in reports}
        before = {person_id: each.newest for person_id, each in found.items() if each is not None}
        return Draft(value, reports, before, employer_id)

    def _payer(self, employer_id: int | None) -> register.Payer:
        try:
            return payer_of(self.payer, None if employer_id is None else self.people[employer_id])
        except ValueError as error:
            text = f"Reports of run {self.run.number}: an employer has neither identity code nor Business ID"
            raise FileRefusedError(text) from error


def _compact(days: DateRange) -> str:
    return "".join(f"{day:%y%m%d}" for day in days.edges)


def reports_of_runs(
    run_ids: Collection[int], person_ids: Collection[int], employer_ids: Collection[int] | None
) -> QuerySet[Report]:
    """Every version of these payees' reports of some runs, the oldest first.

    employer_ids  households that employ; None: the organisation as itself
    """
    rows = Report.objects.filter(delivery__run__in=run_ids, delivery__is_cancelled=False, person_id__in=person_ids)
    rows = rows.filter(employer__isnull=True) if employer_ids is None else rows.filter(employer_id__in=employer_ids)
    return rows.select_related("delivery").order_by("pk")
