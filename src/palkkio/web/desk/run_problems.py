"""What a run's page tells of problems: what stops it, what was set aside, what is worth a look, who is not paid."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from palkkio.core.problems import ProblemCode
from palkkio.payroll.values import ProblemGroup, RunView, SetAsideRow, WithoutPay
from palkkio.web.contract_words import contracts_words
from palkkio.web.desk.run_words import ODDITIES, PROBLEM_NOTES, WITHOUT_PAY, oddity_note, repair_action
from palkkio.web.rule_words import figure_name, problem_text
from palkkio.web.ui import wording
from palkkio.web.ui.values import Action, Problem
from palkkio.web.ui.words import moment, reading_language


@dataclass(frozen=True, slots=True)
class SetAside:
    """A problem that was set aside, with the way back."""

    row: SetAsideRow
    problem: str
    note: str


@dataclass(frozen=True, slots=True)
class Without:
    """A contract that the run pays nothing."""

    row: WithoutPay
    why: str
    href: str


def _payees_href(run: RunView, /, **query: str) -> str:
    pairs = "&".join(f"{name}={value}" for name, value in query.items())
    return reverse("desk:run-payees", args=[run.id]) + (f"?{pairs}" if pairs else "")


def _figure_words(group: ProblemGroup) -> str:
    if not group.figure:
        return ""
    name = figure_name(group.figure, reading_language())
    if group.first_day:
        return _("%(figure)s from %(day)s") % {"figure": name, "day": wording.day(group.first_day)}
    return name


def block(view: RunView, group: ProblemGroup, may_set_aside: bool) -> Problem:
    title, _repair = problem_text(group.code)
    is_one = group.open == 1 and len(group.rows) >= 1
    row = next((each for each in group.rows if group.code not in each.set_aside and not each.is_left_out), None)
    subject = row.payee if is_one and row else contracts_words(group.open)
    if figure := _figure_words(group):
        subject = f"{figure}, {subject}"
    note = str(PROBLEM_NOTES.get(group.code, ""))
    if group.amount:
        note = f"{wording.euros(group.amount)}. {note}"
    actions = []
    if repair := repair_action(group):
        actions.append(repair)
    if may_set_aside and group.can_be_set_aside:
        href = reverse("desk:set-aside", args=[view.id, group.code])
        actions.append(
            Action(_("Set aside"), href=href, kind="supplementary", says=_("Set aside") + f": {title}, {subject}")
        )
    href = _payees_href(view, view="all", problem=group.code)
    if is_one and row:
        href = reverse("desk:run-payee", args=[view.id, row.id])
    return Problem(title, "block", subject, note, href, actions)


def set_aside(row: SetAsideRow) -> SetAside:
    what = _("paid all the same") if row.pays else _("left to the next run")
    return SetAside(
        row=row,
        problem=problem_text(row.code)[0],
        note=_("%(who)s, %(when)s: %(reason)s")
        % {
            "who": row.by_name,
            "when": moment(row.at),
            "reason": row.reason,
        }
        + f" ({what})",
    )


def looks(view: RunView) -> list[Problem]:
    """Yellow ones and what is left out; an overpayment that is claimed back is told by its sum."""
    found = []
    warnings = [each for each in view.warnings if each.code != ProblemCode.OVERPAYMENT or not view.receivables]
    for group in warnings:
        title, _repair = problem_text(group.code)
        subject = contracts_words(group.contracts)
        if figure := _figure_words(group):
            subject = f"{figure}, {subject}"
        found.append(
            Problem(
                title,
                "warn",
                subject,
                str(PROBLEM_NOTES.get(group.code, "")),
                actions=[_open_list(_payees_href(view, view="all", problem=group.code), title)],
            )
        )
    if view.left_out:
        title = _("Left out of this run")
        found.append(
            Problem(
                title,
                "warn",
                contracts_words(view.left_out),
                _("On hold or set aside. The next run takes them."),
                actions=[_open_list(_payees_href(view, view="left_out"), title)],
            )
        )
    if view.receivables:
        title = _("Too much was paid before")
        found.append(
            Problem(
                title,
                "warn",
                wording.euros(view.receivables),
                str(PROBLEM_NOTES["OVERPAYMENT"]),
                actions=[_open_list(_payees_href(view, view="overpaid"), title)],
            )
        )
    return found


def _open_list(href: str, title: str) -> Action:
    return Action(_("Open the list"), href=href, kind="supplementary", says=_("Open the list") + f": {title}")


def oddities(view: RunView) -> list[Problem]:
    return [
        Problem(
            str(ODDITIES[oddity.kind]),
            "warn",
            oddity.row.payee,
            oddity_note(oddity),
            reverse("desk:run-payee", args=[view.id, oddity.row.id]),
        )
        for oddity in view.oddities
    ]


def without(row: WithoutPay) -> Without:
    href = (
        reverse("desk:period", args=[row.sheet_id])
        if row.sheet_id
        else reverse("desk:contract", args=[row.contract_id])
    )
    return Without(row, str(WITHOUT_PAY[row.why]), href)
