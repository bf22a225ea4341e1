"""Addresses of mandates, invitations, the account number and the household."""

from __future__ import annotations

from django.urls import URLPattern, path

from palkkio.web.portal.views import (
    account_number,
    costs,
    decisions,
    household,
    invitations,
    mandates,
    papers,
    timetable,
)

urlpatterns: list[URLPattern] = [
    path("me/mandates/", mandates.mandates, name="mandates"),
    path("me/mandates/give/", mandates.offer, name="offer-mandate"),
    path("me/mandates/form.pdf", mandates.form, name="mandate-form"),
    path("me/mandates/<int:mandate_id>/end/", mandates.end, name="end-mandate"),
    path("me/invitations/<int:invitation_id>/withdraw/", mandates.withdraw, name="withdraw-invitation"),
    path("me/account-number/", account_number.change, name="change-account-number"),
    path("invitation/", invitations.waiting, name="waiting-invitation"),
    path("invitation/accept/", invitations.accept, name="accept-invitation"),
    path("invitation/<str:token>/", invitations.invitation, name="invitation"),
    path("decisions/", decisions.decisions, name="decisions"),
    path("costs/", costs.costs, name="costs"),
    path("dates/", timetable.timetable, name="timetable"),
    path("papers/", papers.papers, name="papers"),
    path("papers/send/", papers.send_paper, name="send-paper"),
    path("papers/<int:paper_id>/<slug:part>/", papers.paper_file, name="paper-file"),
    path("household/", household.household, name="household"),
    path("household/power-of-attorney/", household.sign, name="sign-power-of-attorney"),
    path("household/let-insure/", household.let_city_insure, name="let-city-insure"),
    path("household/insurance/<slug:kind>/", household.enter_insurance, name="enter-insurance"),
]
