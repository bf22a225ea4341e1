"""Acts on contracts, rates and the settings of the organisation."""

from __future__ import annotations

from datetime import date
from typing import Any

from palkkio.core.payslip import ContractKind, DayType
from palkkio.core.viewer import Viewer
from tests import factories
from tests.architecture.acts.base import NOW, Act, Base


class OnContracts(Base):
    def add_contract(self) -> Act:
        from palkkio.contracts.actions import add_contract

        values = {
            "kind": ContractKind.SUBSTITUTE_CARE.value,
            "carer_id": self.person.pk,
            "recipient_id": factories.person(self.place, "Taimi", "Hoidettava").pk,
            "unit_id": self.place.unit.pk,
            "municipality_id": self.place.municipality.pk,
            "first": factories.TODAY,
            "agreed_rates": {"care": "97.55"},
        }
        return lambda by: add_contract(by=by, at=NOW, values=values)

    def change_terms(self) -> Act:
        from palkkio.contracts.actions import change_terms

        contract = self.world.contract
        return lambda by: change_terms(
            contract, by=by, at=NOW, first="1.7.2026", agreed_rates={"care": "99.00"}, source="Sopimus 1.6.2026"
        )

    def end_contract(self) -> Act:
        from palkkio.contracts.actions import end_contract

        contract = self.world.contract
        return lambda by: end_contract(contract, by=by, at=NOW, last="31.12.2026", reason="Hoito päättyy")

    def send_paper(self) -> Act:
        from palkkio.contracts.papers import send_paper

        values = {"kind": "contract", "contract_id": self.world.employment.pk}
        return lambda by: send_paper(by=by, at=NOW, values=values, upload=factories.scan())

    def accept_paper(self) -> Act:
        from palkkio.contracts.papers import accept_paper

        paper_id = self.world.paper_id
        return lambda by: accept_paper(paper_id, by=by, at=NOW, values={})

    def return_paper(self) -> Act:
        from palkkio.contracts.papers import return_paper

        paper_id = self.world.paper_id
        return lambda by: return_paper(paper_id, by=by, at=NOW, reason="Allekirjoitus puuttuu")

    def accept_document(self) -> Act:
        from palkkio.documents.handling import accept_document

        document_id = self.world.certificate_id
        return lambda by: accept_document(document_id, by=by, at=NOW, values={})

    def return_document(self) -> Act:
        from palkkio.documents.handling import return_document

        document_id = self.world.certificate_id
        return lambda by: return_document(document_id, by=by, at=NOW, reason="Sivu puuttuu")

    def propose_rate(self) -> Act:
        return lambda by: self._rate(by)

    def approve_rate(self, proposer: Viewer | None = None) -> Act:
        from palkkio.rates.actions import approve_rate

        rate = self._rate(proposer or self.place.second)
        return lambda by: approve_rate(rate, by=by, at=NOW)

    def _rate(self, by: Viewer) -> Any:
        from palkkio.rates.actions import propose_rate

        kind = ContractKind.SUBSTITUTE_CARE.value
        values = {
            "contract_kind": kind,
            "code": "training",
            "first": "1.7.2026",
            "amount": "50",
            "source": "Lautakunta",
        }
        return propose_rate(by=by, at=NOW, **values)

    def propose_revision(self) -> Act:
        from palkkio.calculation.index import IndexMode
        from palkkio.rates.revising import Way, propose_revision

        rate = factories.rate(self.place, "training", "45.00", first=date(2025, 1, 1))
        way = Way(IndexMode.COUNCIL_DECISION, "46")
        return lambda by: propose_revision(by=by, at=NOW, year=2026, ways={rate.pk: way}, decision="Lautakunta")

    def propose_choice(self) -> Act:
        return lambda by: self._choice(by)

    def approve_decided(self, proposer: Viewer | None = None) -> Act:
        from palkkio.rates.deciding import approve

        row = self._choice(proposer or self.place.second)
        return lambda by: approve(row, by=by, at=NOW)

    def withdraw_decided(self) -> Act:
        from palkkio.rates.deciding import withdraw

        row = self._choice(self.place.second)
        return lambda by: withdraw(row, by=by, at=NOW)

    def propose_figures(self) -> Act:
        from palkkio.rates.deciding import propose_figures

        values = {
            "file": "distraint/protected_debtor",
            "values": {"": "33,10"},
            "first": "1.1.2026",
            "source": "Asetus",
        }
        return lambda by: propose_figures(by=by, at=NOW, **values)

    def _choice(self, by: Viewer) -> Any:
        from palkkio.rates.deciding import propose_choice

        values = {"key": "proration", "value": "fixed_30", "first": "1.7.2026", "source": "Lautakunta"}
        return propose_choice(by=by, at=NOW, **values)

    def propose_index(self) -> Act:
        return lambda by: self._index(by)

    def make_index(self, proposer: Viewer | None = None) -> Act:
        from palkkio.contracts.indexing import make_index

        change = self._index(proposer or self.place.second)
        return lambda by: make_index(change.pk, by=by, at=NOW)

    def withdraw_index(self) -> Act:
        from palkkio.contracts.indexing import withdraw_index

        change = self._index(self.place.second)
        return lambda by: withdraw_index(change.pk, by=by, at=NOW)

    def undo_index(self) -> Act:
        from palkkio.contracts.indexing import make_index
        from palkkio.payroll.actions.indexing import undo_index

        change = self._index(self.place.second)
        make_index(change.pk, by=self.place.maker, at=NOW)
        return lambda by: undo_index(change.pk, by=by, at=NOW)

    def _index(self, by: Viewer) -> Any:
        from palkkio.contracts.indexing import propose_index

        return propose_index(by=by, at=NOW, year=2026)

    def change_contract(self) -> Act:
        from palkkio.contracts.actions import change_contract

        contract = self.world.contract
        return lambda by: change_contract(contract, by=by, at=NOW, values={"tasks": "Hoito ja ulkoilu"})

    def amend_terms(self) -> Act:
        from palkkio.contracts.actions import amend_terms

        contract, values = self.world.contract, {"agreed_rates": {"care": "99.00"}}
        return lambda by: amend_terms(contract, by=by, at=NOW, first="1.7.2026", values=values, source="Sopimus")

    def make_version(self) -> Act:
        from palkkio.contracts.signing.actions import make_version

        contract = factories.contract(self.place, self.person, signed_on=None)
        values = {"language": "fi", "notice": "Kuukauden irtisanomisaika."}
        return lambda by: make_version(contract.pk, by=by, at=NOW, values=values)

    def withdraw_version(self) -> Act:
        from palkkio.contracts.signing.actions import withdraw_version

        version_id = self.make_version()(self.place.second).pk
        return lambda by: withdraw_version(version_id, by=by, at=NOW, reason="Uusi versio")

    def record_paper(self) -> Act:
        from palkkio.contracts.signing.actions import record_paper

        contract = factories.contract(self.place, self.person, signed_on=None)
        values = {"signed_on": factories.TODAY}
        return lambda by: record_paper(contract.pk, by=by, at=NOW, values=values, upload=factories.scan())

    def save_choices(self) -> Act:
        from palkkio.contracts.signing.settings import save_choices

        values = {"days_to_sign": 30, "remind_after_days": 7, "amendments_are_signed": True}
        return lambda by: save_choices(by=by, at=NOW, values=values)

    def save_template(self) -> Act:
        from palkkio.contracts.signing.settings import save_template

        return lambda by: save_template("substitute_care", by=by, at=NOW, values={"clauses_fi": "Oma ehto."})

    def withdraw_rate(self) -> Act:
        from palkkio.rates.actions import withdraw_rate

        rate = self._rate(self.place.second)
        return lambda by: withdraw_rate(rate, by=by, at=NOW)

    # --- settings

    def add_unit(self) -> Act:
        from palkkio.organisations.actions import add_unit

        values = {"name_fi": "Uusi", "name_sv": "Ny", "name_en": "New", "cost_centre": "4411"}
        return lambda by: add_unit(by=by, at=NOW, values=values)

    def add_municipality(self) -> Act:
        from palkkio.organisations.actions import add_municipality

        return lambda by: add_municipality(by=by, at=NOW, code="902", name_fi="Uusila", name_sv="Nyby")

    def set_account_change_days(self) -> Act:
        from palkkio.organisations.actions import set_account_change_days

        return lambda by: set_account_change_days(3, by=by, at=NOW)

    def change_organisation(self) -> Act:
        from palkkio.organisations.actions import change_organisation

        values = {"payroll_contact_name": "Palkat", "payroll_phone": "0401", "payroll_email": "palkat@testi.example"}
        return lambda by: change_organisation(by=by, at=NOW, values=values)

    def start_schedule(self) -> Act:
        from palkkio.organisations.actions import start_schedule

        kind = ContractKind.FAMILY_CARE
        return lambda by: start_schedule(kind, by=by, at=NOW, first=factories.SINCE, values=factories.SCHEDULE)

    def map_account(self) -> Act:
        from palkkio.reporting.actions import map_account

        return lambda by: map_account(by=by, at=NOW, contract_kind="", code="NET", account="4500", first="1.1.2026")

    def change_unit(self) -> Act:
        from palkkio.organisations.actions import change_unit

        unit = self.place.unit
        values = {"name_fi": "Uusi", "name_sv": "Ny", "name_en": "New", "cost_centre": "4411"}
        return lambda by: change_unit(unit.pk, by=by, at=NOW, values=values)

    def save_contact_point(self) -> Act:
        from palkkio.organisations.contact_points import save_contact_point

        values = {"name_fi": "Neuvonta", "name_sv": "Råd", "name_en": "Advice", "phone": "0401234567"}
        return lambda by: save_contact_point(None, by=by, at=NOW, values=values)

    def save_news(self) -> Act:
        from palkkio.guidance.actions import save_news

        told = {"kind": "news", "roles": ["carer"], "first": factories.TODAY}
        told |= {f"{part}_{language}": "Huoltokatko" for part in ("title", "text") for language in ("fi", "sv")}
        return lambda by: save_news(None, by=by, at=NOW, values=told)

    def withdraw_news(self) -> Act:
        from palkkio.guidance.actions import withdraw_news

        news_id = self.world.news_id
        return lambda by: withdraw_news(news_id, by=by, at=NOW)

    def save_addition(self) -> Act:
        from palkkio.guidance.actions import save_addition

        return lambda by: save_addition("paper", {"fi": "Kuusikuja 1"}, by=by, at=NOW)

    def change_schedule(self) -> Act:
        from palkkio.organisations.models import ScheduleSeries
        from palkkio.organisations.schedules import change_schedule

        series = ScheduleSeries.objects.filter(organisation_id=self.place.id).earliest("pk")
        return lambda by: change_schedule(series.pk, by=by, at=NOW, first="1.7.2026", values=factories.SCHEDULE)

    def offer_day_types(self) -> Act:
        from palkkio.organisations.schedules import offer_day_types

        kind = ContractKind.SUBSTITUTE_CARE
        return lambda by: offer_day_types(kind, by=by, at=NOW, day_types=[DayType.CARE])
