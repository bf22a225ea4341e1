"""Addresses of the portal. Ids only: no names, codes or words of people in an address."""

from __future__ import annotations

from django.urls import URLPattern, path

from palkkio.web.portal import urls_account
from palkkio.web.portal.views import (
    changes,
    comments,
    contacts,
    contracts,
    details,
    entering,
    help,  # noqa: A004
    home,
    payslips,
    periods,
    reports,
    sign_in,
    trips,
)

app_name = "portal"
urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("sign-in/", sign_in.sign_in, name="sign-in"),
    path("sign-out/", sign_in.sign_out, name="sign-out"),
    path("role/", sign_in.choose_role, name="choose-role"),
    path("me/check/", details.check_details, name="check-details"),
    path("me/", details.my_details, name="my-details"),
    path("me/password/", details.change_password, name="change-password"),
    *urls_account.urlpatterns,
    path("periods/", periods.periods, name="periods"),
    path("periods/open/", periods.open_period, name="open-period"),
    path("periods/<int:sheet_id>/", periods.period, name="period"),
    path("periods/<int:sheet_id>/print/", periods.print_period, name="print-period"),
    path("periods/<int:sheet_id>/days/", entering.save_days, name="save-days"),
    path("periods/<int:sheet_id>/note/", entering.write_note, name="write-note"),
    path("periods/<int:sheet_id>/confirm/", entering.confirm, name="confirm-period"),
    path("periods/<int:sheet_id>/comments/", comments.comment_period, name="comment-period"),
    path("periods/<int:sheet_id>/trips/add/", trips.add_trip, name="add-trip"),
    path("periods/<int:sheet_id>/trips/<int:trip_id>/", trips.edit_trip, name="edit-trip"),
    path("periods/<int:sheet_id>/trips/<int:trip_id>/remove/", trips.remove_trip, name="remove-trip"),
    path("periods/<int:sheet_id>/trips/<int:trip_id>/receipt/", trips.receipt, name="receipt"),
    path("changes/", changes.changes, name="changes"),
    path("changes/<int:report_id>/", changes.change, name="change"),
    path("changes/<int:report_id>/take-back/", changes.withdraw_change, name="withdraw-change"),
    path("changes/<int:report_id>/attachment/", changes.change_attachment, name="change-attachment"),
    path("contracts/<int:contract_id>/changes/<slug:kind>/", changes.report_change, name="report-change"),
    path("contracts/", contracts.contracts, name="contracts"),
    path("contracts/<int:contract_id>/", contracts.contract, name="contract"),
    path("contracts/<int:contract_id>/comments/", comments.comment_contract, name="comment-contract"),
    path("payslips/", payslips.payslips, name="payslips"),
    path("payslips/<int:payslip_id>/", payslips.payslip, name="payslip"),
    path("payslips/<int:payslip_id>/pdf/", payslips.payslip_pdf, name="payslip-pdf"),
    path("reports/", reports.reports, name="reports"),
    path("reports/<int:year>/trips.pdf", reports.trips_pdf, name="trips-pdf"),
    path("reports/<int:year>/trips.csv", reports.trips_csv, name="trips-csv"),
    path("reports/<int:year>/summary.pdf", reports.summary_pdf, name="summary-pdf"),
    path("reports/certificate.pdf", reports.certificate_pdf, name="certificate-pdf"),
    path("comments/", comments.comments, name="comments"),
    path("comments/add/", comments.comment_other, name="comment-other"),
    path("comments/<int:comment_id>/edit/", comments.edit_comment, name="edit-comment"),
    path("comments/<int:comment_id>/delete/", comments.delete_comment, name="delete-comment"),
    path("help/", help.contents, name="help"),
    path("help/<slug:slug>/", help.show_article, name="help-article"),
    path("contacts/", contacts.contacts, name="contacts"),
    path("contacts/<int:contact_id>/callback/", contacts.ask_callback, name="ask-callback"),
]
