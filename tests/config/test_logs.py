"""The log tells what went wrong, and of nobody."""

from __future__ import annotations

import json
import logging
import sys

import psycopg
import pytest
from django.db import IntegrityError, connection
from django.test import RequestFactory

from palkkio.config.logs import JsonFormatter

CODE = "010180-900D"


def line(message: str, *arguments: object, with_error: bool = False, **extra: object) -> tuple[str, dict[str, object]]:
    error = sys.exc_info() if with_error else None
    record = logging.LogRecord("palkkio.trial", logging.ERROR, __file__, 1, message, arguments, error)
    record.__dict__.update(extra)
    text = JsonFormatter().format(record)
    return text, json.loads(text)


def test_line_is_one_json_object() -> None:
    text, entry = line("batch %s written", 31, seconds=1.5)
    assert "\n" not in text
    assert entry["message"] == "batch 31 written"
    assert entry["seconds"] == 1.5
    assert entry["level"] == "error"


def test_query_string_is_left_out(rf: RequestFactory) -> None:
    request = rf.get("/people/", {"search": "Testaaja"})
    text, entry = line("Not Found: %s", request.get_full_path(), request=request, status_code=404)
    assert entry["message"] == "Not Found: /people/"
    assert entry["method"] == "GET"
    assert "Testaaja" not in text


def test_text_of_an_error_is_left_out_and_its_places_told() -> None:
    try:
        raise ValueError(f"no person with {CODE}")
    except ValueError:
        text, entry = line("It failed", with_error=True)
    assert CODE not in text
    assert entry["error"][0]["type"] == "builtins.ValueError"  # type: ignore[index]
    assert "test_logs.py" in entry["error"][0]["at"][0]  # type: ignore[index]


@pytest.mark.django_db
def test_error_of_the_database_names_its_constraint_and_no_row() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE trial (code text CONSTRAINT a_code_is_known_once UNIQUE)")
        cursor.execute("INSERT INTO trial VALUES (%s)", [CODE])
        try:
            cursor.execute("INSERT INTO trial VALUES (%s)", [CODE])
        except IntegrityError as error:
            assert CODE in str(error), "the premise: the error's text quotes the row"
            assert isinstance(error.__cause__, psycopg.Error)
            text, entry = line("It failed", with_error=True)
    assert CODE not in text
    assert "a_code_is_known_once" in text
    assert [each["type"] for each in entry["error"]] == [  # type: ignore[attr-defined]
        "django.db.utils.IntegrityError",
        "psycopg.errors.UniqueViolation",
    ]
