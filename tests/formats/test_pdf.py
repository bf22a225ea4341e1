"""Documents as PDF: PAY-1 (accessible payslip), PAY-3 (trip report), PAY-8 (why a line is what it is), PAY-11."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pikepdf
import pypdf
import pytest

from palkkio.core.days import DateRange
from palkkio.core.payslip import ContractKind, DeductionCode, LineCode, PayResult, Payslip
from palkkio.formats import figures
from palkkio.formats.pdf import (
    Ask,
    CertifiedContract,
    DocumentError,
    PayCertificate,
    PaymentRow,
    Trip,
    TripReport,
    Typesetter,
    YearlySummary,
    pay_certificate_pdf,
    payslip_pdf,
    set_many,
    trip_report_pdf,
    yearly_summary_pdf,
)
from palkkio.formats.wording import LANGUAGES, words

from .values import COUNTY, MADE_AT, MAIJA, MAY, PAYDAY, deduction, kilometres, line, payslip

FONTS = Path(__file__).resolve().parents[2] / "node_modules" / "@expo-google-fonts" / "source-sans-3"
ASK = Ask("Mallilan palkkapalvelut", "050 000 0000", "palkat@example.org", "ma–pe 9–15")


@pytest.fixture(scope="module")
def typesetter() -> Typesetter:
    return Typesetter(FONTS)


@pytest.fixture
def made(typesetter: Typesetter) -> Callable[..., bytes]:
    def make(slip: Payslip | None = None, language: str = "fi", **options: object) -> bytes:
        return payslip_pdf(
            slip or payslip(), typesetter=typesetter, language=language, made_at=MADE_AT, ask=ASK, **options
        )

    return make


def text(pdf: bytes) -> str:
    """All the text, with plain blanks and in one line."""
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


def test_payslip_holds_the_lines_and_the_net(made: Callable[..., bytes]) -> None:
    """PAY-1"""
    content = text(made(payslip(contract_number="2026-A14")))
    for part in (
        "Palkkalaskelma, toukokuu 2026",
        "Tilillesi tiistaina 30.6.2026",
        "690,15 €",
        "Sijaishoito, sopimus 2026-A14",
        "8 päivää × 97,55",
        "780,40 €",
        "84 km × 0,25",
        "850,18 €",
        "12,0 % × 829,18",
        "−99,50 €",
        "7 462,58 €",
        "Mallilan hyvinvointialue, Y-tunnus 0737546-2",
        "Maija Testaaja",
        "319 Omaishoitajan palkkio",
        "050 000 0000",
    ):
        assert part in content


def test_each_line_says_why_it_is_what_it_is(made: Callable[..., bytes]) -> None:
    """PAY-8: rule in plain words, law, decision, dated rate, days."""
    content = text(made())
    assert "Vuorokausi kuuluu päivälle, jona se alkaa." in content
    assert "937/2005 4 a §, Aluehallituksen päätös 15.12.2025, voimassa 1.1.2026" in content
    assert "Päivät: 1., 2., 8., 9., 15., 16., 22., 23.5." in content


@pytest.mark.parametrize(
    ("language", "title", "locale"),
    [
        ("fi", "Palkkalaskelma, toukokuu 2026", "fi-FI"),
        ("sv", "Lönespecifikation, maj 2026", "sv-FI"),
        ("en", "Payslip, May 2026", "en-FI"),
    ],
)
def test_payslip_is_accessible_in_every_language(
    made: Callable[..., bytes], language: str, title: str, locale: str
) -> None:
    """PAY-1: tagged, PDF/UA-1, with language and title."""
    with pikepdf.open(io.BytesIO(made(language=language))) as pdf:
        assert "/StructTreeRoot" in pdf.Root
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == locale
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"] == title


def test_headings_and_tables_are_tagged_as_such(made: Callable[..., bytes]) -> None:
    with pikepdf.open(io.BytesIO(made())) as pdf:
        kinds = [str(each.S) for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/S" in each]
    for kind, least in (("/H1", 1), ("/H2", 4), ("/Table", 2), ("/TH", 5), ("/TD", 20)):
        assert kinds.count(kind) >= least, kind


def test_same_payslip_gives_the_same_bytes(made: Callable[..., bytes]) -> None:
    first = made()
    assert made(language="sv") != first
    assert made() == first
    assert payslip_pdf(payslip(), typesetter=Typesetter(FONTS), language="fi", made_at=MADE_AT, ask=ASK) == first


def test_only_the_given_font_is_used_and_it_is_embedded(made: Callable[..., bytes]) -> None:
    with pikepdf.open(io.BytesIO(made())) as pdf:
        fonts = {
            str(each.FontName): "/FontFile2" in each or "/FontFile3" in each
            for each in pdf.objects
            if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/FontDescriptor"
        }
    assert fonts
    assert all("SourceSans3" in name and is_embedded for name, is_embedded in fonts.items())


@pytest.mark.parametrize("name", ["Väinö Åkerblom-Äyräpää", "Ánte Šaŋŧđžčǥʒ Nállá"])
def test_finnish_and_sami_letters_come_out(made: Callable[..., bytes], name: str) -> None:
    assert name in text(made(payslip(payee=replace(MAIJA, name=name))))


def test_a_letter_that_no_font_has_does_not_stop_a_run(made: Callable[..., bytes]) -> None:
    content = text(made(payslip(payee=replace(MAIJA, name="Testaaja 王\x00 Maija"))))
    assert "Testaaja ? Maija" in content


def test_text_is_never_read_as_markup(made: Callable[..., bytes]) -> None:
    assert "#strong[x] $y$ *z*" in text(made(notes=["#strong[x] $y$ *z*"]))


def test_long_names_wrap_and_nothing_runs_off_the_page(made: Callable[..., bytes]) -> None:
    long = "Testaaja-Esimerkkilä " * 12
    slip = payslip(
        payee=replace(MAIJA, name=long.strip()),
        payer=replace(COUNTY, name="Mallilan ja Koelan seudun sosiaali- ja terveydenhuollon hyvinvointialue " * 2),
        recipient_name=long.strip(),
    )
    rows: set[float] = set()

    def note(piece: str, matrix: list[float], text_matrix: list[float], font: object, size: float) -> None:
        if "Esimerkkilä" in piece:
            rows.add(round(text_matrix[5] * matrix[3] + matrix[5]))

    pypdf.PdfReader(io.BytesIO(made(slip))).pages[0].extract_text(visitor_text=note)
    assert len(rows) >= 6  # three rows of about 90 mm and more for each name of 250 letters
    assert text(made(slip)).replace(" ", "").count("Testaaja-Esimerkkilä") == 24


def test_account_is_masked_unless_asked_for(made: Callable[..., bytes]) -> None:
    slip = payslip()
    assert figures.number(Decimal(8)) == "8"
    assert slip.iban not in text(made()).replace(" ", "")
    assert slip.iban in text(made(hides_account=False)).replace(" ", "")


def test_a_correction_names_its_month_and_the_two_percents_of_a_card(made: Callable[..., bytes]) -> None:
    """PAY-7: differences are paid per original period."""
    april = line("CARE_DAY", "-1", "97.55", "-97.55", period=DateRange.of_month(2026, 4))
    tax = replace(
        deduction("WITHHOLDING", "254.00", "1000.00", "12.5"),
        parts=((Decimal("400.00"), Decimal("12.5")), (Decimal("600.00"), Decimal("34.0"))),
    )
    content = text(made(payslip(result=PayResult((line(), april), (tax,), receivable=Decimal("55.50")))))
    assert "Hoitopäivät, huhtikuu 2026" in content
    assert "−1 päivää × 97,55" in content
    assert "12,5 % × 400,00 + 34,0 % × 600,00" in content
    assert "Sinulle on aiemmin maksettu 55,50 € liikaa" in content


def test_many_lines_go_on_to_a_second_page_with_its_number(made: Callable[..., bytes]) -> None:
    pdf = made(payslip(result=PayResult(tuple(line() for _ in range(12)))))
    assert len(pypdf.PdfReader(io.BytesIO(pdf)).pages) == 2
    assert "Sivu 2/2" in text(pdf)


def test_every_code_has_words_in_every_language() -> None:
    for language in LANGUAGES:
        w = words(language)
        for key in (
            *(f"line.{code}" for code in LineCode),
            *(f"deduction.{code}" for code in DeductionCode),
            *(f"kind.{kind}" for kind in ContractKind),
            *(f"unit.{unit}.{form}" for unit in ("day", "visit", "hour", "km", "piece") for form in ("one", "many")),
        ):
            assert w(key)


def test_the_three_languages_have_the_same_keys_and_the_same_gaps_to_fill() -> None:
    gaps = {
        language: {key: set(re.findall(r"{\w+}", each)) for key, each in words(language).texts.items()}
        for language in LANGUAGES
    }
    assert gaps["fi"] == gaps["sv"] == gaps["en"]
    assert all(each.strip() for language in LANGUAGES for each in words(language).texts.values())


def test_an_unknown_language_or_a_folder_without_the_font_is_refused(
    made: Callable[..., bytes], tmp_path: Path
) -> None:
    with pytest.raises(ValueError, match="language"):
        made(language="de")
    with pytest.raises(ValueError, match="does not hold the font"):
        Typesetter(tmp_path)


def test_a_moment_without_time_zone_is_refused(typesetter: Typesetter) -> None:
    with pytest.raises(ValueError, match="time zone"):
        payslip_pdf(payslip(), typesetter=typesetter, language="fi", made_at=datetime(2026, 6, 26))  # noqa: DTZ001


def test_a_document_that_cannot_be_set_is_an_error(typesetter: Typesetter) -> None:
    with pytest.raises(DocumentError):
        typesetter.pdf("payslip", {"language": "fi"}, made_at=MADE_AT)


def test_hundred_payslips_take_seconds(made: Callable[..., bytes]) -> None:
    started = time.process_time()
    for number in range(100):
        made(payslip(f"2026-{number:04d}-1"))
    assert time.process_time() - started < 10  # about 15-20 ms each; ten times that would be a fault of the template


def test_many_payslips_come_in_their_order_and_are_the_same_as_one_by_one(made: Callable[..., bytes]) -> None:
    slips = [payslip(f"2026-{number:04d}-1") for number in range(20)]

    def make(typesetter: Typesetter, slip: Payslip) -> bytes:
        return payslip_pdf(slip, typesetter=typesetter, language="fi", made_at=MADE_AT, ask=ASK)

    assert list(set_many(FONTS, make, slips, threads=2)) == [made(slip) for slip in slips]


def trip(day: date, **changes: object) -> Trip:
    values: dict[str, object] = {
        "day": day,
        "origin": "Mallilan keskusta",
        "destination": "Esimerkkilä",
        "purpose": "Hoidettavan luo ja takaisin",
        "kilometres": Decimal("42.5"),
        "tax_free": Decimal("10.63"),
        "taxable": Decimal("4.25"),
        "expense": Decimal("0.00"),
        "paid_on": PAYDAY,
    }
    return Trip(**{**values, **changes})  # type: ignore[arg-type]


def test_trip_report_adds_up_months_and_the_year(typesetter: Typesetter) -> None:
    """PAY-3"""
    trips = (
        trip(date(2026, 5, 2)),
        trip(date(2026, 4, 30), expense=Decimal("8.00")),
        trip(date(2026, 5, 9), paid_on=None),
    )
    pdf = trip_report_pdf(TripReport(2026, COUNTY, MAIJA, trips), typesetter=typesetter, language="fi", made_at=MADE_AT)
    content = text(pdf)
    assert "Kilometrit ja matkat 2026" in content
    assert "huhtikuu 2026 42,5 10,63 4,25 8,00" in content
    assert "toukokuu 2026 85 21,26 8,50 0,00" in content
    assert "Koko vuosi 127,5 31,89 12,75 8,00" in content
    assert "Mallilan keskusta – Esimerkkilä" in content
    assert "ei vielä" in content


def test_a_long_trip_report_repeats_its_header_on_each_page(typesetter: Typesetter) -> None:
    trips = tuple(trip(date(2026, 1, 1) + timedelta(days=day)) for day in range(120))
    report = TripReport(2026, COUNTY, MAIJA, trips)
    pdf = trip_report_pdf(report, typesetter=typesetter, language="sv", made_at=MADE_AT)
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]
    assert len(pages) > 2
    assert all("Rutt" in page for page in pages)


def test_a_year_without_trips_says_so_and_another_years_trip_is_refused(typesetter: Typesetter) -> None:
    empty = TripReport(2026, COUNTY, MAIJA, ())
    pdf = trip_report_pdf(empty, typesetter=typesetter, language="en", made_at=MADE_AT)
    assert "No trips have been recorded" in text(pdf)
    with pytest.raises(ValueError, match="one year"):
        trip_report_pdf(
            replace(empty, year=2025, trips=(trip(date(2026, 1, 1)),)),
            typesetter=typesetter,
            language="fi",
            made_at=MADE_AT,
        )


def payments() -> tuple[PaymentRow, ...]:
    return tuple(
        PaymentRow(
            date(2026, month, 28),
            DateRange.of_month(2026, month - 1),
            Decimal("850.18"),
            Decimal("829.18"),
            Decimal("99.50"),
            Decimal("60.53"),
            Decimal("690.15"),
        )
        for month in (2, 3)
    )


def test_pay_certificate_names_contracts_payments_and_purpose(typesetter: Typesetter) -> None:
    """PAY-11"""
    certificate = PayCertificate(
        COUNTY,
        MAIJA,
        DateRange.of_days(date(2026, 1, 1), date(2026, 6, 30)),
        (CertifiedContract("2026-014", "substitute_care", DateRange(date(2026, 1, 1), None)),),
        payments(),
        "asunnon vuokraaminen",
    )
    pdf = pay_certificate_pdf(certificate, typesetter=typesetter, language="fi", made_at=MADE_AT)
    content = text(pdf)
    assert MAIJA.identifier in content
    assert "28.3.2026 helmikuu 2026 850,18 829,18 99,50 60,53 690,15" in content
    assert "Yhteensä 1 700,36 1 658,36 199,00 121,06 1 380,30" in content
    assert "2026-014 Sijaishoito 1.1.2026–" in content
    assert "asunnon vuokraaminen" in content
    with pytest.raises(ValueError, match="its period"):
        pay_certificate_pdf(replace(certificate, period=MAY), typesetter=typesetter, language="fi", made_at=MADE_AT)
    none = replace(certificate, payments=())
    assert "ei ole maksuja" in text(pay_certificate_pdf(none, typesetter=typesetter, language="fi", made_at=MADE_AT))


def test_yearly_summary_lists_income_types_and_months(typesetter: Typesetter) -> None:
    """PAY-11"""
    types = ((319, Decimal("1658.36")), (402, Decimal("199.00")))
    summary = YearlySummary(2026, COUNTY, MAIJA, types, payments())
    content = text(yearly_summary_pdf(summary, typesetter=typesetter, language="sv", made_at=MADE_AT))
    assert "319 Närståendevårdares arvode 1 658,36" in content
    assert "mars 2026 850,18 829,18 99,50 60,53 690,15" in content
    with pytest.raises(ValueError, match="one year"):
        yearly_summary_pdf(replace(summary, year=2025), typesetter=typesetter, language="sv", made_at=MADE_AT)


def test_other_documents_are_accessible_too(typesetter: Typesetter) -> None:
    summary = YearlySummary(2026, COUNTY, MAIJA, ((319, Decimal("1.00")),), payments())
    pdf = yearly_summary_pdf(summary, typesetter=typesetter, language="fi", made_at=MADE_AT)
    with pikepdf.open(io.BytesIO(pdf)) as opened, opened.open_metadata() as metadata:
        assert "/StructTreeRoot" in opened.Root
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == "Vuosiyhteenveto 2026"


def test_kilometre_lines_need_no_days(made: Callable[..., bytes]) -> None:
    assert "Sovitusta kilometrikorvauksesta" in text(made(payslip(result=PayResult((kilometres(),)))))
