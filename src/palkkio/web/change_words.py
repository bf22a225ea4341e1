"""Words of changes that carers report and of events that staff record, in the reader's language."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from palkkio.calculation.events import NoticeBy
from palkkio.entries.event_rules import Reported
from palkkio.entries.queries.endings import notice_ending
from palkkio.web.ui import wording
from palkkio.web.ui.values import Chip, Fact, Tone

if TYPE_CHECKING:
    from collections.abc import Mapping

    from palkkio.entries.models import CareEvent, ChangeReport
    from palkkio.entries.queries.endings import Ending

# What has changed, and what it means to the carer.
KINDS: dict[str, tuple[Promise, Promise]] = {
    "own_illness": (_("I am ill myself"), _("You cannot give care for some days.")),
    "child_illness": (_("My child is ill"), _("You stay at home to care for a child who has fallen ill.")),
    "hospital": (_("The care recipient is in hospital"), _("Or away for another reason of health.")),
    "away": (_("The care recipient is away"), _("For another reason than health, for example on a trip.")),
    "return": (_("Care goes on again"), _("The care recipient is back home, or you are well again.")),
    "move": (_("The care recipient moves"), _("To another home, or to a care home for good.")),
    "services": (_("Services have changed"), _("Interval care or other regular services.")),
    "income": (_("My own income has changed"), _("Work, pension or a benefit that affects the fee class.")),
    "notice": (_("I give notice"), _("You end the contract. You see its last day before you decide.")),
}
# The same in the county's list, where "I" would be somebody else.
DESK_KINDS: dict[str, Promise] = {
    "own_illness": _("Carer's own illness"),
    "child_illness": _("Care of an ill child"),
    "hospital": _("Care recipient in hospital"),
    "away": _("Care recipient away"),
    "return": _("Care goes on again"),
    "move": _("Care recipient moves"),
    "services": _("Changed services"),
    "income": _("Carer's own income"),
    "notice": _("Notice by the carer"),
}
STATES: dict[str, tuple[Promise, Tone]] = {
    "sent": (_("Waits for the county"), "you"),
    "accepted": (_("Accepted"), "ok"),
    "returned": (_("Returned"), "warn"),
    "withdrawn": (_("Taken back"), ""),
}
EVENTS: dict[str, Promise] = {
    "carer_ill": _("Carer ill"),
    "recipient_away": _("Care recipient away"),
    "recipient_moves_out": _("Care becomes unnecessary"),
    "notice": _("Notice"),
    "terminated": _("Ends at once"),
    "days_off": _("Days off"),
    "start_up": _("Start-up allowance"),
    "sick": _("Sick leave"),
    "heta_member": _("Employer is a member of Heta"),
    "child_ill": _("Care of an ill child"),
    "family_leave": _("Family leave"),
}
INCOMES: dict[str, Promise] = {
    "earnings": _("Pay or business income"),
    "special_care_benefit": _("Special care allowance"),
    "alternation_compensation": _("Job alternation compensation"),
    "pension": _("Pension"),
    "daily_allowance": _("Daily allowance"),
    "studies": _("Study grant"),
    "other_regular": _("Other regular income"),
}
MOVES: dict[str, Promise] = {
    "institution": _("To a care home or other round-the-clock care, for good"),
    "home": _("To another home"),
}
STOOD_IN: dict[str, Promise] = {
    "day_activity": _("Day activity"),
    "locum": _("Substitute carer"),
    "interval_care": _("Interval care"),
    "short_term_care": _("Short-term care"),
    "voucher_help": _("Service voucher: help at home"),
    "voucher_interval": _("Service voucher: interval care"),
    "other": _("Other care"),
}
REASONS: dict[str, Promise] = {"health": _("for health"), "other": _("for another reason")}
GIVEN_BY: dict[str, Promise] = {"county": _("by the county"), "carer": _("by the carer")}


def state_chip(report: ChangeReport) -> Chip:
    text, tone = STATES[report.state]
    return Chip(str(text), tone)


def days(first: date, last: date | None, *, is_open: bool) -> str:
    """ "1.5.2026–12.5.2026"; without a last day from the first on, or that day."""
    if last is not None:
        return f"{wording.day(first)}–{wording.day(last)}" if last != first else wording.day(first)
    return gettext("%(day)s onwards") % {"day": wording.day(first)} if is_open else wording.day(first)


def report_days(kind: str, first: date, last: date | None) -> str:
    """The days of a reported change; a notice has those from the notice to the last day of the contract."""
    return days(first, last, is_open=kind not in ("return", "move"))


def facts_of(kind: str, first: date, last: date | None, values: Mapping[str, Any]) -> list[Fact]:
    """What a report says, as terms and texts."""
    if kind == "notice":
        facts = [Fact(gettext("Notice given"), wording.day(first))]
        return [*facts, Fact(gettext("Last day of the contract"), wording.day(last))] if last else facts
    term = gettext("Day") if kind in ("return", "move") else gettext("Days")
    facts = [Fact(term, report_days(kind, first, last))]
    if kind == "services":
        facts += [
            Fact(gettext("Interval care a month"), gettext("%(n)s days") % {"n": _plain(values["interval_care_days"])}),
            Fact(
                gettext("Other services a month"),
                gettext("%(n)s hours") % {"n": _plain(values["other_services_hours"])},
            ),
        ]
    elif kind == "income":
        named = [str(INCOMES[each]) for each in values["carer_income"]]
        facts.append(Fact(gettext("Income"), ", ".join(named) or gettext("none")))
    elif kind == "move":
        facts.append(Fact(gettext("Where"), str(MOVES[values["moves_to"]])))
    elif values.get("has_certificate"):
        facts.append(Fact(gettext("Certificate"), gettext("yes")))
    return facts


def event_title(event: CareEvent) -> str:
    """ "Care recipient away, for health"."""
    more = REASONS.get(event.reason) or GIVEN_BY.get(event.given_by)
    return f"{EVENTS[event.kind]}, {more}" if more else str(EVENTS[event.kind])


def notice_words(ending: Ending) -> list[str]:
    """To the carer who is about to give notice: when the contract ends, and how that day is computed."""
    values = {"day": wording.day(ending.on), "last": wording.day(ending.last), "law": ending.law}
    period = ngettext(
        "You give notice on %(day)s. The notice period is %(n)s month (%(law)s).",
        "You give notice on %(day)s. The notice period is %(n)s months (%(law)s).",
        ending.months,
    )
    said = [period % {**values, "n": ending.months}, gettext("The last day of the contract is %(last)s.") % values]
    if ending.last.day != ending.on.day:
        text = gettext("That month has no day %(n)s, so the notice period ends on the last day of the month.")
        said.append(text % {"n": ending.on.day})
    return said


def ending_words(ending: Ending) -> str:
    """Why the contract ends on its day, with the section of law (CON-6)."""
    values = {"day": wording.day(ending.on), "last": wording.day(ending.last), "law": ending.law, "n": ending.months}
    if ending.rule == "notice" and ending.by == "carer":
        return (
            gettext("Notice by the carer on %(day)s, notice period %(n)s mo: the last day is %(last)s (%(law)s)")
            % values
        )
    if ending.rule == "notice":
        return (
            gettext("Notice by the county on %(day)s, notice period %(n)s mo: the last day is %(last)s (%(law)s)")
            % values
        )
    if ending.rule == "month_end":
        text = gettext("Care became unnecessary on %(day)s: the contract ends with that month, on %(last)s (%(law)s)")
        return text % values
    return (
        gettext("Ended at once, because going on endangers health or safety: the last day is %(last)s (%(law)s)")
        % values
    )


def _plain(figure: str) -> str:
    return figure.replace(".", ",")


def notice_explained(report: ChangeReport) -> str:
    """Why a notice ends the contract on its day; empty of other reports."""
    if report.kind != Reported.NOTICE:
        return ""
    first = date.fromisoformat(report.accepted["first"]) if report.accepted else report.first
    ending = notice_ending(report.contract, NoticeBy.CARER, first)
    return ending_words(ending) if ending else ""


def accepted_facts(report: ChangeReport) -> list[Fact]:
    """What was accepted where it differs from what was reported."""
    if report.state != report.State.ACCEPTED:
        return []
    first = date.fromisoformat(report.accepted["first"])
    last = date.fromisoformat(report.accepted["last"]) if report.accepted["last"] else None
    if (first, last, report.accepted["values"]) == (report.first, report.last, report.values):
        return []
    return facts_of(report.kind, first, last, report.accepted["values"])
