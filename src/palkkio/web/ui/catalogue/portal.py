"""What the portal shows of made-up people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from palkkio.core.viewer import RoleKind, Viewer
from palkkio.web.ui import wording
from palkkio.web.ui.catalogue import HERE
from palkkio.web.ui.catalogue.month import month
from palkkio.web.ui.values import (
    Action,
    Bar,
    BarChart,
    Check,
    Chip,
    Comment,
    Fact,
    Flow,
    Link,
    PayLine,
    Step,
    SumRow,
    ToDo,
    Why,
    month_of_marks,
)

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


def parts(today: date) -> Mapping[str, Any]:
    """One value of each kind, by the name that the catalogue's template uses."""
    calendar = month(today)
    deadline = wording.deadline(date(2026, 6, 3))
    return {
        "today": today,
        "calendar": calendar,
        "locked": month(
            today,
            id="locked",
            title="Hoitopäivät, vahvistettu",
            previous=None,
            following=None,
            is_locked=True,
            locked_note="Vahvistit jakson 2.6. Vain hyvinvointialue voi muuttaa sitä.",
        ),
        "small_month": month_of_marks(calendar, wording.month_name(calendar.first)),
        "waiting": Flow(
            [
                Step("Kirjattavana", "now", "sinulla"),
                *(Step(name, "next") for name in ("Vahvistettu", "Tarkistettu", "Maksuajossa", "Pankissa")),
                Step("Tilillä", "next", "ti 30.6."),
            ],
            lead=f"Kirjaa päivät ja vahvista viimeistään {deadline}",
            rest=f"Silloin raha on tililläsi {wording.deadline(date(2026, 6, 30))}",
        ),
        "returned": Flow(
            [
                Step("Palautettu sinulle", "back"),
                *(
                    Step(name, "next")
                    for name in (
                        "Vahvistettu",
                        "Tarkistettu",
                        "Maksuajossa",
                        "Pankissa",
                        "Tilillä",
                    )
                ),
            ],
            lead="Hyvinvointialue palautti jakson: 21.5. puuttuu.",
            rest="Korjaa ja vahvista uudelleen.",
        ),
        "todos": [
            ToDo(
                "Vahvista toukokuun hoitojakso",
                Action("Jatka kirjaamista", href=HERE, kind="primary"),
                due=f"Viimeistään {deadline}",
            ),
            ToDo(
                "Allekirjoita sopimus",
                Action("Lue ja allekirjoita", href=HERE),
                icon="sign",
                note="Aino Esimerkki, 1.7.2026",
            ),
        ],
        "sums": [
            SumRow("8 hoitopäivää", Decimal("780.40")),
            SumRow("1 koulutuspäivä", Decimal("50.00")),
            SumRow("Yhteensä", Decimal("830.40"), is_total=True),
            SumRow(f"Vero {wording.percent(Decimal('12.0'))}", Decimal("-99.65")),
            SumRow("Tilillesi", Decimal("730.75"), is_total=True),
        ],
        "lines": [
            PayLine(
                "Hoitopäivät",
                Decimal("780.40"),
                "8 × 97,55",
                Why(
                    "8 × 97,55 € = 780,40 €",
                    [
                        Fact("Sääntö", "Jokaisesta alkaneesta hoitovuorokaudesta maksetaan yksi palkkio."),
                        Fact("Taksa", "97,55 €, 1.1.2026–31.12.2026"),
                        Fact("Peruste", "Laki omaishoidon tuesta 937/2005, 4 a §"),
                    ],
                    month=month_of_marks(calendar, "Päivät, jotka kirjasit"),
                    month_note="2.6.2026",
                    link=Link("Avaa kalenteri", HERE),
                ),
            ),
            PayLine(
                "Matkakorvaus, veroton",
                Decimal("21.00"),
                "84 km × 0,25",
                Why("84 km × 0,25 € = 21,00 €", [Fact("Taksa", "0,25 €")]),
            ),
            PayLine("Yhteensä ennen vähennyksiä", Decimal("801.40"), kind="total"),
            PayLine(
                "Ennakonpidätys",
                Decimal("-93.65"),
                "12,0 % × 780,40",
                Why("780,40 € × 12,0 % = 93,65 €", [Fact("Peruste", "Ennakkoperintälaki 1118/1996")]),
            ),
            PayLine("Tilillesi", Decimal("707.75"), kind="pay"),
        ],
        "facts": [
            Fact("Maksaja", "Mallilan hyvinvointialue", "0737546-2"),
            Fact("Saaja", "Maija Testaaja", href=HERE),
        ],
        "checks": [
            Check("Vahvistuksesi", False),
            Check("Verokortti on voimassa", True),
            Check("Tilinumero on tiedossa", True),
        ],
        "comments": [
            Comment(
                "Maija Testaaja",
                "21.5. klo 18.02",
                "Eero joutui sairaalaan aamulla.\n\nKotiin hän palasi 23.5.",
                is_mine=True,
                chips=[Chip("Käsitelty", "ok")],
            ),
            Comment(
                "Kaisa Käsittelijä",
                "22.5. klo 9.15",
                "Kiitos tiedosta. 20.5. maksetaan peruuntuneena.",
                role="Mallilan hyvinvointialue",
                actions=[Action("Merkitse käsitellyksi", href=HERE)],
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
        "bars": chart(),
        "links": [
            Link("Lue, miten hoitopäivät kirjataan", HERE, "help"),
            Link("Tarkista omat tietosi", HERE, "user"),
        ],
        "one_link": Link("Ota yhteyttä, jos odotit sopimusta", HERE),
    }


def chart() -> BarChart:
    amounts = [472, 630, 630, 708, 630]
    months = [date(2026, number, 1) for number in range(1, 13)]
    bars = []
    for at, each in enumerate(months):
        name = wording.month_only(each)
        amount = Decimal(amounts[at]) if at < len(amounts) else Decimal("690.15") if at == len(amounts) else None
        bars.append(Bar(name, name[0].upper(), amount, "last" if at == 4 else "soon" if at == 5 else "past"))
    return BarChart(bars, sentence="Maksut kuukausittain vuonna 2026, euroa tilille", caption="Maksut kuukausittain")
