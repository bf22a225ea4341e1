"""A contract of informal care that waits, and what is typed to make it a document to sign."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

from palkkio.contracts.signing import actions
from tests import factories

if TYPE_CHECKING:
    from palkkio.contracts.models import Contract
    from palkkio.contracts.signing.models import Version
    from palkkio.core.viewer import Viewer

NOW = factories.NOW
TYPED = {
    "language": "fi",
    "days_off_plan": "Kolme vapaata kuukaudessa, sijaisena lomittaja.",
    "decided_on": "5.6.2026",
    "applied_on": "20.5.2026",
}


def to_sign(place: factories.Place, carer: Viewer, **values: Any) -> Contract:
    """Informal care that begins on 1 July 2026 and is not signed."""
    from datetime import date

    given = {"first": date(2026, 7, 1), "signed_on": None, "is_binding": True, "absence_other": "stops", **values}
    return factories.informal_care(place, carer.person_id, **given)


def made(contract: Contract, by: Viewer, **values: Any) -> Version:
    return actions.make_version(
        contract.pk,
        by=by,
        at=NOW,
        values={**TYPED, **values},
        plan=factories.scan("suunnitelma.pdf"),
        decision=factories.scan("päätös.pdf"),
    )


def signed(version: Version, by: Viewer) -> Version:
    """Opened and signed by whose turn it is."""
    actions.open_version(version.pk, by=by, at=NOW)
    assert version.document is not None
    return actions.sign_version(version.pk, by=by, at=NOW, sha256=version.document.sha256)


def pdfsig(pdf: bytes, folder: Path) -> list[str]:
    """What an independent reader, Poppler's, says of each seal; empty where it is not installed."""
    if shutil.which("pdfsig") is None:
        return []
    file = folder / "sealed.pdf"
    file.write_bytes(pdf)
    told = subprocess.run(["pdfsig", "-nocert", str(file)], capture_output=True, text=True, check=False).stdout
    return [line.partition(":")[2].strip() for line in told.splitlines() if "Signature Validation" in line]
