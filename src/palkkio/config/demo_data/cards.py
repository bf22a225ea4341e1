"""The tax cards that the demo's sandbox of the Tax Administration knows: those that the county has fetched."""

from __future__ import annotations

import json
from pathlib import Path

from palkkio.payroll.queries import fetched_cards


def write_cards(path: Path, organisation_id: int) -> None:
    """The file that the sandbox reads; whoever is not in it gets a card that follows from the identity code."""
    rows = []
    for card in fetched_cards(organisation_id):
        first, last = card.valid.first, card.valid.last
        if first is None or last is None:
            continue
        rows.append(
            {
                "identity_code": card.person.identity_code,
                "kind": card.kind,
                "base_percent": f"{card.base_percent:.2f}",
                "ceiling": None if card.ceiling is None else f"{card.ceiling:.2f}",
                "additional_percent": f"{card.additional_percent:.2f}",
                "first": first.isoformat(),
                "last": last.isoformat(),
            }
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(rows, indent=1), encoding="utf-8")
