"""Made-up people and figures of the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from palkkio.core.finland import public_holidays
from palkkio.core.viewer import RoleKind, Viewer
from palkkio.web.ui import wording
from palkkio.web.ui.values import (
    Action,
    Bar,
    BarChart,
    BulkAction,
    Calendar,
    CalendarDay,
    Cell,
    Change,
    Check,
    Chip,
    Column,
    Comment,
    Fact,
    Flow,
    Job,
    Link,
    Pages,
    PayLine,
    Problem,
    Row,
    Step,
    SumRow,
    Table,
    ToDo,
    Total,
    View,
    Waterfall,
    Why,
    month_of_marks,
)
from palkkio.web.ui.words import day_kind

HERE = "/ui/catalogue"
VIEWER = Viewer(
    account_id=0,
    person_id=0,
    organisation_id=0,
    role=RoleKind.CARER,
    for_person_ids=frozenset(),
    name="Maija Testaaja",
    organisation_name="Mallilan hyvinvointialue",
    roles_count=2,
)
ENTERED = {
    1: "care",
    2: "care",
    8: "care",
    9: "care",
    12: "training",
    15: "care",
    16: "care",
    20: "cancelled",
    21: "cancelled_unpaid",
    22: "care",
    23: "care",
    27: "notice",
}
PRICES = {"care": "97.55", "training": "50.00", "notice": "97.55", "cancelled": "48.78", "cancelled_unpaid": "0.00"}


def month(today: date, **more: Any) -> Calendar:
    """May 2026 with some entries; the contract begins on the 1st and ends on the 29th."""
    first = date(2026, 5, 1)
    days = []
    for number in range(1, 32):
        day = first.replace(day=number)
        code = ENTERED.get(number)
        is_open = number < 30
        days.append(
            CalendarDay(
                day,
                kind=day_kind(code) if code else None,
                comments={12: 1, 20: 2}.get(number, 0),
                holiday=public_holidays(2026).get(day, ""),
                is_open=is_open,
                closed_note="" if is_open else _("not in the contract"),
                by_county=number == 27,
                extra="24 km" if number == 12 else "",
            )
        )
    given = {
        "kinds": [day_kind(code, Decimal(price)) for code, price in PRICES.items()],
        "action": HERE,
        "today": today.replace(month=5, day=28),
        "version": "3",
        "previous": (wording.month_only(date(2026, 4, 1), _language()), HERE),
        "following": (wording.month_only(date(2026, 6, 1), _language()), HERE),
        "note": _(
            "A day and night is entered on the day it begins. "
            "From Friday to Sunday is two entries: Friday and Saturday."
        ),
        **more,
    }
    return Calendar(first, days, **given)


def _language() -> str | None:
    from django.utils.translation import get_language

    return get_language()


def answered(post: QueryDict, today: date) -> Calendar:
    """What a page answers to the calendar's form: refused without a type, else said with the way back."""
    if post.get("undo"):
        return month(today, said=_("The change was undone."))
    picked = frozenset(date.fromisoformat(value) for value in post.getlist("day"))
    typed = {name: post.get(name, "") for name in ("type", "comment", "fill")}
    errors: dict[str, str] = {}
    if not picked:
        errors["day"] = _("Pick the days in the calendar first")
    if post.get("do") != "clear" and not typed["type"]:
        errors["type"] = _("Choose the kind of day")
    filled = [day for day in picked if day.day in ENTERED]
    ask = len(picked) > 1 and bool(filled) and not typed["fill"] and post.get("do") != "clear"
    if ask and not errors:
        errors["fill"] = _("Choose whether the old entries are replaced")
    if errors:
        return month(today, picked=picked, typed=typed, errors=errors, ask_fill=ask)
    said = ngettext("Saved: %(n)s day.", "Saved: %(n)s days.", len(picked)) % {"n": len(picked)}
    return month(today, said=said, undo="17", version="4")


def status(calendar: Calendar) -> int:
    return 422 if calendar.errors else 200


def parts(today: date) -> Mapping[str, Any]:
    """One value of each kind, by the name that the catalogue's template uses."""
    calendar = month(today)
    deadline = wording.deadline(date(2026, 6, 3), _language())
    looks = [day.kind.look if day.kind else "" for day in calendar.days]
    return {
        "today": today,
        "calendar": calendar,
        "locked": month(
            today,
            id="locked",
            title=_("Care days, confirmed"),
            previous=None,
            following=None,
            is_locked=True,
            locked_note=_("You confirmed this period on 2.6. Only the county can change it."),
        ),
        "small_month": month_of_marks(calendar, wording.month_name(calendar.first, _language())),
        "waiting": Flow(
            [
                Step(_("To be entered"), "now", _("with you")),
                *(
                    Step(name, "next")
                    for name in (_("Confirmed"), _("Reviewed"), _("In a payroll run"), _("At the bank"))
                ),
                Step(_("On your account"), "next", "ti 30.6."),
            ],
            lead=_("Enter the days and confirm, at the latest %(day)s") % {"day": deadline},
            rest=_("Then the money is on your account %(day)s")
            % {"day": wording.deadline(date(2026, 6, 30), _language())},
        ),
        "returned": Flow(
            [
                Step(_("Returned to you"), "back"),
                *(
                    Step(name, "next")
                    for name in (
                        _("Confirmed"),
                        _("Reviewed"),
                        _("In a payroll run"),
                        _("At the bank"),
                        _("On your account"),
                    )
                ),
            ],
            lead=_("The county returned the period: 21.5. is missing."),
            rest=_("Correct it and confirm again."),
        ),
        "todos": [
            ToDo(
                _("Confirm the period of May"),
                Action(_("Go on entering"), href=HERE, kind="primary"),
                due=_("At the latest %(day)s") % {"day": deadline},
            ),
            ToDo(
                _("Sign the contract"),
                Action(_("Read and sign"), href=HERE),
                icon="sign",
                note="Aino Esimerkki, 1.7.2026",
            ),
        ],
        "sums": [
            SumRow(_("8 care days"), Decimal("780.40")),
            SumRow(_("1 training day"), Decimal("50.00")),
            SumRow(_("Total"), Decimal("830.40"), is_total=True),
            SumRow(_("Tax %(rate)s") % {"rate": wording.percent(Decimal("12.0"))}, Decimal("-99.65")),
            SumRow(_("To your account"), Decimal("730.75"), is_total=True),
        ],
        "lines": [
            PayLine(
                _("Care days"),
                Decimal("780.40"),
                "8 × 97,55",
                Why(
                    "8 × 97,55 € = 780,40 €",
                    [
                        Fact(_("Rule"), _("One fee is paid for each day and night of care that has begun.")),
                        Fact(_("Rate"), "97,55 €, 1.1.2026–31.12.2026"),
                        Fact(_("Ground"), "Laki omaishoidon tuesta 937/2005, 4 a §"),
                    ],
                    month=month_of_marks(calendar, _("The days that you entered")),
                    month_note="2.6.2026",
                    link=Link(_("Open the calendar"), HERE),
                ),
            ),
            PayLine(
                _("Kilometre allowance"),
                Decimal("21.00"),
                "84 km × 0,25",
                Why("84 km × 0,25 € = 21,00 €", [Fact(_("Rate"), "0,25 €")]),
            ),
            PayLine(_("Total before deductions"), Decimal("801.40"), kind="total"),
            PayLine(
                _("Withholding"),
                Decimal("-93.65"),
                "12,0 % × 780,40",
                Why("780,40 € × 12,0 % = 93,65 €", [Fact(_("Ground"), "Ennakkoperintälaki 1118/1996")]),
            ),
            PayLine(_("To your account"), Decimal("707.75"), kind="pay"),
        ],
        "facts": [
            Fact(_("Payer"), "Mallilan hyvinvointialue", "0737546-2"),
            Fact(_("Payee"), "Maija Testaaja", href=HERE),
        ],
        "totals": [
            Total(_("Payees"), "1 204", "+11"),
            Total(_("Gross"), "812 446,20", "+14 135,65 (+1,8 %)"),
            Total(_("Withholding"), "−118 204,55", "+1 988,10"),
            Total(_("To accounts"), "655 330,68", "+10 585,65"),
        ],
        "checks": [
            Check(_("Your confirmation"), False),
            Check(_("The tax card is valid"), True),
            Check(_("The account number is known"), True),
        ],
        "problems": [
            Problem(
                _("Account number is missing"),
                "block",
                "Sirkka Kokeilija",
                _("708,51 € is not paid until it is given."),
                HERE,
                [Action(_("Repair"), href=HERE), Action(_("Set aside"), href=HERE, kind="supplementary")],
            ),
            Problem(
                _("5 fees grew by more than 50 %"),
                "warn",
                note="Onni Esimerkki, +1 170,60 €",
                actions=[Action(_("Open the list"), href=HERE, kind="supplementary")],
            ),
            Problem(_("The sums agree: lines, payslips, payment file and vouchers."), "ok"),
        ],
        "comments": [
            Comment(
                "Maija Testaaja",
                "21.5. klo 18.02",
                "Eero joutui sairaalaan aamulla.\n\nKotiin hän palasi 23.5.",
                is_mine=True,
                chips=[Chip(_("Processed"), "ok")],
            ),
            Comment(
                "Kaisa Käsittelijä",
                "22.5. klo 9.15",
                "Kiitos tiedosta. 20.5. maksetaan peruuntuneena.",
                role="Mallilan hyvinvointialue",
                actions=[Action(_("Mark as processed"), href=HERE)],
            ),
            Comment(
                "Maija Testaaja",
                "28.5. klo 8.40",
                "Voiko kurssin 12.5. matkat korvata?",
                is_mine=True,
                edit=HERE,
                delete=HERE,
            ),
        ],
        "table": table(looks),
        "bulk": [
            BulkAction(_("Mark as reviewed"), "review", kind="primary"),
            BulkAction(_("Return with a reason"), "return"),
        ],
        "views": [
            View(_("All"), HERE, 3012, True),
            View(_("In order"), HERE, 2742),
            View(_("Wants attention"), HERE, 41),
        ],
        "pages": Pages(4, 20, 3012),
        "bars": chart(),
        "fall": Waterfall(
            Change(_("April"), Decimal("798310.55")),
            [
                Change(_("More care days"), Decimal("9120.40")),
                Change(_("19 new contracts"), Decimal("6830.10")),
                Change(_("8 ended"), Decimal("-3204.75")),
                Change(_("Corrections"), Decimal("1389.90")),
            ],
            Change(_("May"), Decimal("812446.20")),
            sentence=_("Change of gross from April to May with its causes, figures in the table"),
            caption=_("Causes of the change, euros"),
        ),
        "running": Job(_("Calculating the run"), 640, 1204, poll="", note=_("About a minute left")),
        "failed": Job(
            _("Writing the payment file"),
            1,
            3,
            is_failed=True,
            note=_("One account number has the wrong check digits. Correct it and start again."),
            id="job-failed",
        ),
        "links": [
            Link(_("Read how care days are entered"), HERE, "help"),
            Link(_("Check your own details"), HERE, "user"),
        ],
        "one_link": Link(_("Contact us if you expected one"), HERE),
        "looks": looks,
    }


def chart() -> BarChart:
    amounts = [472, 630, 630, 708, 630]
    months = [date(2026, number, 1) for number in range(1, 13)]
    bars = []
    for at, each in enumerate(months):
        name = wording.month_only(each, _language())
        amount = Decimal(amounts[at]) if at < len(amounts) else Decimal("690.15") if at == len(amounts) else None
        bars.append(Bar(name, name[0].upper(), amount, "last" if at == 4 else "soon" if at == 5 else "past"))
    return BarChart(bars, sentence=_("Payments by month in 2026, euros to the account"), caption=_("Payments by month"))


def table(looks: list[str]) -> Table:
    """A queue of five periods."""
    columns = [
        Column(_("Carer"), sort="name", place="title"),
        Column(_("Care recipient"), is_extra=True, place="bare"),
        Column(_("Days"), place="bare"),
        Column(_("Gross €"), sort="gross", is_number=True, place="side"),
        Column(_("Difference"), sort="change", is_number=True),
        Column(_("Remarks"), place="bare"),
        Column(_("Waited"), is_number=True, is_extra=True),
    ]
    people = [
        ("Maija Testaaja", "Eero Esimerkki", "879,18", "+6 %", Chip(_("1 comment"), icon="chat"), looks),
        (
            "Onni Esimerkki",
            "Lempi Koe",
            "2 146,10",
            "+120 %",
            Chip(_("Grew by more than 50 %"), "warn"),
            ["care"] * 22 + [""] * 9,
        ),
        ("Helmi Mallikas", "Urho Näyte", "1 466,35", "0 %", None, ["care"] * 31),
        (
            "Sirkka Kokeilija",
            "Veikko Koenen",
            "877,95",
            "+13 %",
            Chip(_("Account number is missing"), "error"),
            ["care", "care", "", "training"] + [""] * 27,
        ),
        ("Aune Näytteinen", "Toivo Testilä", "0,00", "−100 %", Chip(_("No entries"), "warn"), [""] * 31),
    ]
    rows = [
        Row(
            [
                Cell(who, HERE),
                Cell(whom, note=_("Substitute care")),
                Cell(strip=days, note=str(sum(1 for day in days if day))),
                Cell(gross),
                Cell(change, strong=len(change) > 5),
                Cell(chips=[chip] if chip else []),
                Cell(_("today")),
            ],
            value=str(1401 + at),
            pick_says=_("Pick %(name)s") % {"name": who},
            is_current=at == 0,
            is_flagged=bool(chip and chip.tone),
        )
        for at, (who, whom, gross, change, chip, days) in enumerate(people)
    ]
    return Table(_("Periods, 5 rows"), columns, rows, pick="sheet", sort="name")


def week(today: date) -> list[date]:
    """The days of this week, to show the filters on."""
    return [today + timedelta(days=at) for at in range(7)]
