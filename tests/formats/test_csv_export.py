"""CSV lists: PAY-3 (trips), SYS-1 (what is put in can be taken out)."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from decimal import Decimal

import pytest

from palkkio.core.clock import HELSINKI
from palkkio.formats.csv_export import Cell, write_csv


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_list_opens_right_in_a_finnish_spreadsheet() -> None:
    """PAY-3"""
    moment = datetime(2026, 6, 30, 9, 5, tzinfo=HELSINKI)
    rows: list[list[Cell]] = [["Väinö", date(2026, 6, 30), Decimal("1249.17"), 84, moment, None]]
    content = write_csv(["Nimi", "Päivä", "Euroa", "Km", "Tehty", "Muuta"], rows)
    assert content == (
        "\ufeffNimi;Päivä;Euroa;Km;Tehty;Muuta\r\nVäinö;30.6.2026;1249,17;84;30.6.2026 9.05;\r\n".encode()
    )
    machine = write_csv(["a", "b", "c", "d", "e", "f"], rows, iso_dates=True)
    assert read(machine)[1] == ["Väinö", "2026-06-30", "1249,17", "84", "2026-06-30T09:05:00+03:00", ""]


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+358",
        "-1",
        "@SUM(A1)",
        "  =1+1",
        "\t=1+1",
        "\r=1+1",
        "\n=1+1",
        "\u200b=1+1",
        "\u202e=1+1",
        "＝1+1",
        "＠SUM(A1)",
        "\ufeff=1+1",
        "\x00=1+1",
    ],
)
def test_no_text_becomes_a_formula(text: str) -> None:
    cell = read(write_csv(["a"], [[text]]))[1][0]
    assert cell.startswith("'")
    assert read(write_csv([text], []))[0][0].startswith("'")


def test_negative_numbers_stay_numbers_and_plain_text_is_untouched() -> None:
    assert read(write_csv(["a", "b"], [[Decimal("-10.50"), -3]]))[1] == ["-10,50", "-3"]
    for text in ("Mallikas; Eero", 'hän sanoi "ei"', "kaksi\nriviä", "a=b", "Äyräpää"):
        assert read(write_csv(["a"], [[text]]))[1] == [text]


def test_control_characters_become_blanks() -> None:
    assert read(write_csv(["a"], [["a\x00b\x1bc\td"]]))[1] == ["a b c d"]


def test_a_row_of_the_wrong_length_and_a_moment_without_zone_are_refused() -> None:
    with pytest.raises(ValueError, match="cells"):
        write_csv(["a", "b"], [["x"]])
    with pytest.raises(ValueError, match="time zone"):
        write_csv(["a"], [[datetime(2026, 6, 30)]])  # noqa: DTZ001
