"""Addresses of the desk. Ids only: no names, codes or words about people in an address."""

from __future__ import annotations

from django.urls import URLPattern, path

from palkkio.web.desk.urls_payroll import urlpatterns as payroll_patterns
from palkkio.web.desk.views import (
    accounts,
    callbacks,
    comments,
    contracts,
    entering,
    home,
    paper,
    people,
    periods,
    queue,
    searching,
)

app_name = "desk"
urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("search/<slug:name>/", searching.search, name="search"),
    path("queue/", queue.queue, name="queue"),
    path("queue/act/", queue.act, name="queue-act"),
    path("queue/return/", queue.return_many, name="return-many"),
    path("periods/<int:sheet_id>/", periods.period, name="period"),
    path("periods/<int:sheet_id>/days/", entering.save_days, name="save-days"),
    path("periods/<int:sheet_id>/note/", entering.write_note, name="write-note"),
    path("periods/<int:sheet_id>/confirm/", periods.confirm, name="confirm-period"),
    path("periods/<int:sheet_id>/review/", periods.review, name="review-period"),
    path("periods/<int:sheet_id>/return/", periods.return_period, name="return-period"),
    path("periods/<int:sheet_id>/reopen/", periods.reopen, name="reopen-period"),
    path("periods/<int:sheet_id>/paper/", paper.paper, name="paper"),
    path("periods/<int:sheet_id>/scan/", periods.scan, name="scan"),
    path("periods/<int:sheet_id>/trips/add/", entering.add_trip, name="add-trip"),
    path("periods/<int:sheet_id>/trips/<int:trip_id>/", entering.edit_trip, name="edit-trip"),
    path("periods/<int:sheet_id>/trips/<int:trip_id>/remove/", entering.remove_trip, name="remove-trip"),
    path("periods/<int:sheet_id>/trips/<int:trip_id>/receipt/", periods.receipt, name="receipt"),
    path("comments/", comments.comments, name="comments"),
    path("comments/processed/", comments.process_many, name="process-comments"),
    path("comments/<int:comment_id>/processed/", comments.process_one, name="process-comment"),
    path("comments/<int:comment_id>/edit/", comments.edit, name="edit-comment"),
    path("comments/<int:comment_id>/delete/", comments.delete, name="delete-comment"),
    path("comments/<slug:about>/<int:object_id>/answer/", comments.answer, name="answer"),
    path("callbacks/", callbacks.callbacks, name="callbacks"),
    path("callbacks/<int:callback_id>/called/", callbacks.handle, name="handle-callback"),
    path("contracts/", contracts.contracts, name="contracts"),
    path("contracts/add/", contracts.add, name="add-contract"),
    path("contracts/<int:contract_id>/", contracts.contract, name="contract"),
    path("contracts/<int:contract_id>/terms/", contracts.change_terms, name="change-terms"),
    path("contracts/<int:contract_id>/change/", contracts.change, name="change-contract"),
    path("contracts/<int:contract_id>/end/", contracts.end, name="end-contract"),
    path("contracts/<int:contract_id>/signed/", contracts.mark_signed, name="mark-signed"),
    path("people/", people.people, name="people"),
    path("people/add/", people.add, name="add-person"),
    path("people/<int:person_id>/", people.person, name="person"),
    path("people/<int:person_id>/change/", people.change, name="change-person"),
    path("people/<int:person_id>/roles/give/", people.give_role, name="give-role"),
    path("people/roles/<int:role_id>/end/", people.end_role, name="end-role"),
    path("people/<int:person_id>/account-number/", accounts.show_account, name="show-account-number"),
    path("people/<int:person_id>/account-number/new/", accounts.set_account, name="set-account-number"),
    path("people/<int:person_id>/sign-in/", accounts.make_sign_in, name="make-account"),
    *payroll_patterns,
]
