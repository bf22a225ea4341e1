"""What the desk shows of made-up people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from palkkio.web.ui.catalogue import HERE
from palkkio.web.ui.catalogue.month import month
from palkkio.web.ui.values import (
    Action,
    BulkAction,
    Cell,
    Change,
    Chip,
    Column,
    Job,
    Pages,
    Problem,
    Row,
    Table,
    Total,
    View,
    Waterfall,
)


def parts(today: date) -> Mapping[str, Any]:
    """One value of each kind, by the name that the catalogue's template uses."""
    looks = [day.kind.look if day.kind else "" for day in month(today).days]
    return {
        "totals": [
            Total("Saajia", "1 204", "+11"),
            Total("Brutto", "812 446,20", "+14 135,65 (+1,8 %)"),
            Total("Ennakonpidätys", "−118 204,55", "+1 988,10"),
            Total("Tileille", "655 330,68", "+10 585,65"),
        ],
        "problems": [
            Problem(
                "Tilinumero puuttuu",
                "block",
                "Sirkka Kokeilija",
                "708,51 € jää maksamatta, kunnes se on annettu.",
                HERE,
                [Action("Korjaa", href=HERE), Action("Siirrä sivuun", href=HERE, kind="supplementary")],
            ),
            Problem(
                "5 palkkiota kasvoi yli 50 %",
                "warn",
                note="Onni Esimerkki, +1 170,60 €",
                actions=[Action("Avaa luettelo", href=HERE, kind="supplementary")],
            ),
            Problem("Summat täsmäävät: rivit, palkkalaskelmat, maksutiedosto ja tositteet.", "ok"),
        ],
        "table": table(looks),
        "bulk": [
            BulkAction("Merkitse tarkistetuksi", "review", kind="primary"),
            BulkAction("Palauta syyllä", "return"),
        ],
        "views": [
            View("Kaikki", HERE, 3012, True),
            View("Kunnossa", HERE, 2742),
            View("Vaatii huomiota", HERE, 41),
        ],
        "pages": Pages(4, 20, 3012),
        "fall": Waterfall(
            Change("Huhtikuu", Decimal("798310.55")),
            [
                Change("Lisää hoitopäiviä", Decimal("9120.40")),
                Change("19 uutta sopimusta", Decimal("6830.10")),
                Change("8 päättynyttä", Decimal("-3204.75")),
                Change("Oikaisut", Decimal("1389.90")),
            ],
            Change("Toukokuu", Decimal("812446.20")),
            sentence="Bruton muutos huhtikuusta toukokuuhun syineen, luvut taulukossa",
            caption="Muutoksen syyt, euroa",
        ),
        "running": Job("Lasketaan maksuajoa", 640, 1204, poll="", note="Aikaa menee vielä noin minuutti"),
        "failed": Job(
            "Kirjoitetaan maksutiedostoa",
            1,
            3,
            is_failed=True,
            note="Yhden tilinumeron tarkiste on väärä. Korjaa se ja aloita uudelleen.",
            id="job-failed",
        ),
    }


def table(looks: list[str]) -> Table:
    """A queue of five periods."""
    columns = [
        Column("Hoitaja", sort="name", place="title"),
        Column("Hoidettava", is_extra=True, place="bare"),
        Column("Päivät", place="bare"),
        Column("Brutto €", sort="gross", is_number=True, place="side"),
        Column("Ero", sort="change", is_number=True),
        Column("Huomiot", place="bare"),
        Column("Odottanut", is_number=True, is_extra=True),
    ]
    people = [
        ("Maija Testaaja", "Eero Esimerkki", "879,18", "+6 %", Chip("1 kommentti", icon="chat"), looks),
        (
            "Onni Esimerkki",
            "Lempi Koe",
            "2 146,10",
            "+120 %",
            Chip("Kasvoi yli 50 %", "warn"),
            ["care"] * 22 + [""] * 9,
        ),
        ("Helmi Mallikas", "Urho Näyte", "1 466,35", "0 %", None, ["care"] * 31),
        (
            "Sirkka Kokeilija",
            "Veikko Koenen",
            "877,95",
            "+13 %",
            Chip("Tilinumero puuttuu", "error"),
            ["care", "care", "", "training"] + [""] * 27,
        ),
        ("Aune Näytteinen", "Toivo Testilä", "0,00", "−100 %", Chip("Ei kirjauksia", "warn"), [""] * 31),
    ]
    rows = [
        Row(
            [
                Cell(who, HERE),
                Cell(whom, note="Sijaishoito"),
                Cell(strip=days, note=str(sum(1 for day in days if day))),
                Cell(gross),
                Cell(change, strong=len(change) > 5),
                Cell(chips=[chip] if chip else []),
                Cell("tänään"),
            ],
            value=str(1401 + at),
            pick_says=f"Valitse {who}",
            is_current=at == 0,
            is_flagged=bool(chip and chip.tone),
        )
        for at, (who, whom, gross, change, chip, days) in enumerate(people)
    ]
    return Table("Hoitojaksot, 5 riviä", columns, rows, pick="sheet", sort="name")
