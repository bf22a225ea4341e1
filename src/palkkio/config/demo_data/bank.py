"""Whom the demo's sandbox bank knows: those who sign in, carers without an account, and somebody without a role."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from palkkio.accounts import queries as accounts
from palkkio.config.demo_data.identities import identity_code
from palkkio.core.viewer import RoleKind
from palkkio.people import queries as people

NEWCOMERS = 2


def write_people(path: Path, sign_ins: Iterable[tuple[str, str]], organisation_id: int, today: date) -> None:
    """The file that the sandbox reads its list from. sign_ins: e-mail and what one does."""
    rows = []
    for email, what in sign_ins:
        account_id = accounts.account_id_with_email(email)
        own = people.of_accounts(accounts.person_ids_of(account_id)) if account_id else []
        rows += [_row(each.identity_code, each.given_names, each.family_name, what) for each in own[:1]]
    newcomers = 0
    for person in people.with_role(organisation_id, RoleKind.CARER, today):
        if newcomers < NEWCOMERS and person.identity_code and accounts.account_of(person.pk) is None:
            what = "a carer who has no account yet: create one"
            rows.append(_row(person.identity_code, person.given_names, person.family_name, what))
            newcomers += 1
    rows.append(_row(identity_code(date(1988, 8, 8), 98), "Nelli", "Näytteinen", "nobody has given her a role"))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")


def _row(code: str, given_names: str, family_name: str, note: str) -> dict[str, str]:
    return {"identity_code": code, "given_names": given_names, "family_name": family_name, "note": note}
