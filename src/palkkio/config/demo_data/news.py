"""What the demo's county tells: news for carers and employers, one service notice, an instruction of its own."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from palkkio.core.viewer import Viewer
from palkkio.guidance import actions

CARERS = ["carer", "contractor"]

SUMMER = {
    "title_fi": "Puhelimemme kesäkuussa",
    "text_fi": "Neuvonnan puhelin on kiinni juhannusviikolla to–pe. Muina päivinä palvelemme tavallisina aikoina.\n\n"
    "Jos asia ei ole kiireinen, kirjoita kommentti hoitojaksoon.",
    "title_sv": "Vår telefon i juni",
    "text_sv": "Rådgivningens telefon är stängd to–fr i midsommarveckan. Andra dagar betjänar vi som vanligt.\n\n"
    "Om ärendet inte är brådskande kan du skriva en kommentar i vårdperioden.",
    "title_en": "Our phone in June",
    "text_en": "The advice phone is closed on Thursday and Friday of midsummer week.\n\n"
    "If it is not urgent, write a comment on the care period.",
}
MEMBERS = {
    "title_fi": "Heta-liiton jäsenet: todistus jäsenyydestä",
    "text_fi": "Lähetä todistus tämän vuoden jäsenyydestä palkanlaskentaan. Liitä mukaan jäsenmaksun kuitti.",
    "title_sv": "Medlemmar i Heta-förbundet: intyg om medlemskapet",
    "text_sv": "Skicka ett intyg om årets medlemskap till löneräkningen. Bifoga kvittot på medlemsavgiften.",
}
OTHERS = {
    "title_fi": "Työnantajille, jotka eivät kuulu Heta-liittoon",
    "text_fi": "Toimita avustajan työsopimus ja mahdollinen muutosverokortti palkanlaskentaan "
    "ennen ensimmäistä maksupäivää.",
    "title_sv": "Till arbetsgivare som inte hör till Heta-förbundet",
    "text_sv": "Skicka assistentens arbetsavtal och ett eventuellt ändringsskattekort till löneräkningen "
    "före den första betalningsdagen.",
}
BREAK = {
    "title_fi": "Huoltokatko sunnuntaina",
    "text_fi": "Palvelu on suljettuna sunnuntaina klo 6–8. Kirjaukset eivät katoa.",
    "title_sv": "Serviceavbrott på söndag",
    "text_sv": "Tjänsten är stängd på söndag kl. 6–8. Anteckningarna försvinner inte.",
    "title_en": "A break for maintenance on Sunday",
    "text_en": "The service is closed on Sunday from 6 to 8. No entries are lost.",
}


def tell_news(county: Viewer, handler: Viewer, *, today: date, at: datetime) -> None:
    """News of these days; the service notice stands until Sunday."""
    sunday = today + timedelta(days=6 - today.weekday())
    _tell(handler, at, SUMMER, CARERS, today - timedelta(days=4), today + timedelta(days=21))
    _tell(handler, at, MEMBERS, ["employer"], today - timedelta(days=30), None, membership="members")
    _tell(handler, at, OTHERS, ["employer"], today - timedelta(days=30), None, membership="others")
    _tell(county, at, BREAK, [*CARERS, "assistant", "employer"], today, sunday, kind="service")
    actions.save_addition(
        "paper",
        {
            "fi": "Lähetä paperit osoitteeseen Mallilan hyvinvointialue, omaishoito, Mallikatu 1, 00990 Mallila.",
            "sv": "Skicka pappren till Mallila välfärdsområde, närståendevård, Mallikatu 1, 00990 Mallila.",
            "en": "Send the papers to Mallila wellbeing services county, informal care, Mallikatu 1, 00990 Mallila.",
        },
        by=handler,
        at=at,
    )


def _tell(
    by: Viewer, at: datetime, texts: dict[str, str], roles: list[str], first: date, last: date | None, **more: Any
) -> None:
    values = {"kind": "news", "roles": roles, "first": first, "last": last, **texts, **more}
    actions.save_news(None, by=by, at=at, values=values)
