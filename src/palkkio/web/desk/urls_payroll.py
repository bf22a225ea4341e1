"""Addresses of the desk's second half: runs, payslips, payments, reports, rates, settings; in the namespace "desk".

The side menu leads to `runs`, `reports`, `rates` and `settings`. Ids only: no names, codes or words of people.
"""

from __future__ import annotations

from django.urls import URLPattern, path

from palkkio.web.desk.views import (
    pay_items,
    payments,
    payslips,
    rates,
    reporting,
    run_acts,
    runs,
    settings,
)

urlpatterns: list[URLPattern] = [
    path("runs/", runs.runs, name="runs"),
    path("runs/propose/", runs.propose, name="propose-run"),
    path("runs/extra/", runs.propose_extra, name="propose-extra-run"),
    path("runs/<int:run_id>/", runs.run, name="run"),
    path("runs/<int:run_id>/progress/", runs.progress, name="run-progress"),
    path("runs/<int:run_id>/payees/", runs.payees, name="run-payees"),
    path("runs/<int:run_id>/payees/<int:proposal_id>/", runs.payee, name="run-payee"),
    path("runs/<int:run_id>/preview.csv", runs.preview_csv, name="run-csv"),
    path("runs/<int:run_id>/approve/", run_acts.approve, name="approve-run"),
    path("runs/<int:run_id>/recalculate/", run_acts.recalculate, name="recalculate-run"),
    path("runs/<int:run_id>/again/", run_acts.try_again, name="run-again"),
    path("runs/<int:run_id>/return/", run_acts.return_run, name="return-run"),
    path("runs/<int:run_id>/cancel/", run_acts.cancel, name="cancel-run"),
    path("runs/<int:run_id>/set-aside/<slug:code>/", run_acts.set_aside, name="set-aside"),
    path("runs/<int:run_id>/take-back/", run_acts.take_back, name="take-back"),
    path("runs/<int:run_id>/files/<int:document_id>/", payments.run_file, name="run-file"),
    path("payment-files/<int:batch_id>/sent/", payments.mark_sent, name="mark-sent"),
    path("deliveries/<int:delivery_id>/sent/", payments.mark_delivered, name="mark-delivered"),
    path("payslips/", payslips.payslips, name="payslips"),
    path("payslips/<int:payslip_id>/", payslips.payslip, name="payslip"),
    path("payslips/<int:payslip_id>/pdf/", payslips.payslip_pdf, name="payslip-pdf"),
    path("people/<int:person_id>/papers/", payslips.papers, name="papers"),
    path("people/<int:person_id>/tax-cards/add/", pay_items.add_tax_card, name="add-tax-card"),
    path("people/<int:person_id>/hold/", run_acts.hold, name="hold"),
    path("people/<int:person_id>/release/", run_acts.release, name="release"),
    path("one-offs/", pay_items.one_offs, name="one-offs"),
    path("one-offs/add/", pay_items.add_one_off, name="add-one-off"),
    path("one-offs/<int:one_off_id>/approve/", pay_items.approve_one_off, name="approve-one-off"),
    path("one-offs/<int:one_off_id>/withdraw/", pay_items.withdraw_one_off, name="withdraw-one-off"),
    path("holds/", pay_items.holds, name="holds"),
    path("receivables/", pay_items.receivables, name="receivables"),
    path("receivables/<int:receivable_id>/", pay_items.receivable, name="receivable"),
    path("tax-cards/", pay_items.tax_cards, name="tax-cards"),
    path("reports/", reporting.reports, name="reports"),
    path("rates/", rates.rates, name="rates"),
    path("rates/propose/", rates.propose_rate, name="propose-rate"),
    path("rates/<int:rate_id>/approve/", rates.approve_rate, name="approve-rate"),
    path("rates/<int:rate_id>/withdraw/", rates.withdraw_rate, name="withdraw-rate"),
    path("rates/law/", rates.law_figures, name="law-figures"),
    path("rates/choices/", rates.choices, name="choices"),
    path("settings/", settings.settings, name="settings"),
    path("settings/schedules/<slug:kind>/", settings.schedule, name="schedule"),
    path("settings/day-types/<slug:kind>/", settings.day_types, name="day-types"),
    path("settings/municipalities/", settings.municipalities, name="municipalities"),
    path("settings/units/", settings.units, name="units"),
    path("settings/units/add/", settings.unit, name="add-unit"),
    path("settings/units/<int:unit_id>/", settings.unit, name="unit"),
    path("settings/contact-points/", settings.contact_points, name="contact-points"),
    path("settings/contact-points/add/", settings.contact_point, name="add-contact-point"),
    path("settings/contact-points/<int:contact_point_id>/", settings.contact_point, name="contact-point"),
    path("settings/ledger-accounts/", settings.ledger_accounts, name="ledger-accounts"),
    path("settings/organisation/", settings.organisation, name="organisation"),
]
