"""Official schemas: where they lie, and validation against them.

pain.001 comes with the package sepaxml. Those of the Incomes Register are the Tax Administration's own and are not ours
to republish: they are read from a folder that the installer fills, and may be absent. Our own checks need neither.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from lxml import etree

from palkkio.formats.xml import parse

PAIN_03 = "pain.001.001.03"
PAIN_09 = "pain.001.001.09"
_VALUE = re.compile(r"The value '.*?'(?= )|(?<=: )'.*?'(?= is not a valid value)", re.DOTALL)
_PROJECT = Path(__file__).resolve().parents[3]


def payment_schema(version: str = PAIN_09) -> Path:
    """The unrestricted ISO 20022 schema of a payment file, as the package sepaxml carries it."""
    if version not in (PAIN_03, PAIN_09):
        raise ValueError(f"No payment file of version {version} is written")
    return Path(str(files("sepaxml") / "schemas" / f"{version}.xsd"))


def official_schemas() -> Path | None:
    """Folder of the official schemas (environment variable PALKKIO_SCHEMAS), or None where it is missing."""
    folder = Path(os.environ.get("PALKKIO_SCHEMAS") or _PROJECT.parent / "shared" / "schemas")
    return folder if folder.is_dir() else None


def wage_report_schema(folder: Path, version: str = "wage-report-2026") -> Path:
    """Schema of earnings payment reports (palkkatietoilmoitus) in the folder of official schemas."""
    return folder / "incomes-register" / version / "WageReportsToIR.xsd"


@lru_cache(maxsize=8)
def _schema(path: Path) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(path)))


def validate(xml: bytes, schema: Path) -> list[str]:
    """What the schema finds wrong, with the line and without the value, which may be a name; empty when it is valid.

    Raises ValueError if the message is not well formed, OSError if the schema cannot be read.
    """
    try:
        checker = _schema(schema)
    except (etree.XMLSchemaParseError, etree.XMLSyntaxError) as error:
        raise OSError(f"The schema {schema.name} cannot be read: {error}") from error
    root = parse(xml)
    if checker.validate(root):
        return []
    log: Iterable[Any] = checker.error_log  # type: ignore[assignment]  # lxml-stubs do not say that it can be walked
    return [f"line {entry.line}: {_VALUE.sub('The value', entry.message)}" for entry in log]
