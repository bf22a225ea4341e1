"""Dates and money in words, in Finnish, Swedish or English.

Figures are written alike in all three: 8.6.2026, 1 249,17 €.

The grammar of a language (keskiviikkona, onsdagen den, on Wednesday) stands here and not in the message files: it is a
table of forms, not a sentence to translate. Spaces inside figures do not break (U+00A0), minus is − (U+2212).
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

HARD_SPACE = "\u00a0"
MINUS = "\u2212"
DEFAULT = "fi"

WEEKDAYS = {
    "fi": ("maanantai", "tiistai", "keskiviikko", "torstai", "perjantai", "lauantai", "sunnuntai"),
    "sv": ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
WEEKDAYS_SHORT = {
    "fi": ("ma", "ti", "ke", "to", "pe", "la", "su"),
    "sv": ("må", "ti", "on", "to", "fr", "lö", "sö"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
MONTHS = {
    "fi": (
        "tammikuu",
        "helmikuu",
        "maaliskuu",
        "huhtikuu",
        "toukokuu",
        "kesäkuu",
        "heinäkuu",
        "elokuu",
        "syyskuu",
        "lokakuu",
        "marraskuu",
        "joulukuu",
    ),
    "sv": (
        "januari",
        "februari",
        "mars",
        "april",
        "maj",
        "juni",
        "juli",
        "augusti",
        "september",
        "oktober",
        "november",
        "december",
    ),
    "en": (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
}


def known(language: str | None) -> str:
    """The language whose words are used for `language` ("sv-fi" is "sv"); Finnish when it is another."""
    code = (language or DEFAULT).split("-")[0]
    return code if code in WEEKDAYS else DEFAULT


def number(value: Decimal | int | float, places: int | None = None) -> str:
    """1 249,17. Decimals as `value` has them, or rounded half up to `places`."""
    figure = Decimal(str(value))
    if places is not None:
        figure = figure.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    sign = MINUS if figure < 0 else ""
    return sign + f"{abs(figure):,f}".replace(",", HARD_SPACE).replace(".", ",")


def signed(value: Decimal | int | float, places: int | None = None) -> str:
    """+14 135,65, −420,00; zero has no sign."""
    return ("+" if value > 0 else "") + number(value, places)


def euros(value: Decimal | int) -> str:
    """1 249,17 €."""
    return f"{number(value, 2)}{HARD_SPACE}€"


def percent(value: Decimal | int | float) -> str:
    """12,0 %, 7,30 %: per cents as figures, with at least one decimal."""
    figure = Decimal(str(value))
    exponent = figure.as_tuple().exponent
    places = max(1, -exponent if isinstance(exponent, int) else 1)
    return f"{number(figure, places)}{HARD_SPACE}%"


def day(value: date) -> str:
    """8.6.2026."""
    return f"{value.day}.{value.month}.{value.year}"


def day_short(value: date) -> str:
    """8.6."""
    return f"{value.day}.{value.month}."


def day_long(value: date, language: str | None = None) -> str:
    """8. kesäkuuta, 8 juni, 8 June: for the ear."""
    code = known(language)
    month = MONTHS[code][value.month - 1]
    return {"fi": f"{value.day}. {month}ta", "sv": f"{value.day} {month}", "en": f"{value.day} {month}"}[code]


def weekday(value: date, language: str | None = None) -> str:
    """maanantai, måndag, Monday."""
    return WEEKDAYS[known(language)][value.weekday()]


def weekday_short(value: date, language: str | None = None) -> str:
    """ma, må, Mon."""
    return WEEKDAYS_SHORT[known(language)][value.weekday()]


def weekday_day(value: date, language: str | None = None) -> str:
    """ma 8.6."""
    return f"{weekday_short(value, language)}{HARD_SPACE}{day_short(value)}"


def weekday_date(value: date, language: str | None = None) -> str:
    """ma 8.6.2026."""
    return f"{weekday_short(value, language)}{HARD_SPACE}{day(value)}"


def deadline(value: date, language: str | None = None) -> str:
    """keskiviikkona 3.6., onsdagen den 3.6., on Wednesday 3 June: the form that follows "viimeistään", "senast"."""
    code = known(language)
    name = WEEKDAYS[code][value.weekday()]
    if code == "fi":
        return f"{name}na {day_short(value)}"
    if code == "sv":
        return f"{name}en den {day_short(value)}"
    return f"on {name} {value.day} {MONTHS['en'][value.month - 1]}"


def month_name(value: date, language: str | None = None) -> str:
    """toukokuu 2026, maj 2026, May 2026."""
    return f"{MONTHS[known(language)][value.month - 1]} {value.year}"


def period_name(first: date, last: date, language: str | None = None) -> str:
    """toukokuu 2026 for a whole month, else its days: 1.–15.5.2026, 28.4.–3.5.2026."""
    if first.day == 1 and last == date(first.year, first.month, monthrange(first.year, first.month)[1]):
        return month_name(first, language)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}.–{day(last)}"
    return f"{day_short(first) if first.year == last.year else day(first)}–{day(last)}"


def month_only(value: date, language: str | None = None) -> str:
    """toukokuu, maj, May."""
    return MONTHS[known(language)][value.month - 1]


def sentence(text: str) -> str:
    """`text` as a sentence: one full stop at its end, also after a date that ends in one ("viimeistään 3.6.")."""
    text = text.rstrip()
    return text if not text or text[-1] in "?!:" else text.rstrip(".") + "."


def clock(value: datetime) -> str:
    """18.02."""
    return f"{value.hour}.{value.minute:02d}"


def moment(value: datetime, language: str | None = None) -> str:
    """21.10. klo 18.02, 21.10. kl. 18.02, 21 October at 18.02; the moment's own time zone."""
    code = known(language)
    if code == "en":
        return f"{value.day} {MONTHS['en'][value.month - 1]} at {clock(value)}"
    return f"{day_short(value)} {'klo' if code == 'fi' else 'kl.'}{HARD_SPACE}{clock(value)}"
