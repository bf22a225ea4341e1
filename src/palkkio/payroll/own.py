"""Own matters: nobody proposes, approves or sets aside where they or somebody close to them is paid or cared for."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.utils.translation import gettext_noop as _

from palkkio.contracts import queries as contracts
from palkkio.core.problems import NotAllowed
from palkkio.core.viewer import OWN_MATTER, Viewer
from palkkio.payroll.models import Proposal, Run
from palkkio.people import queries as people

OWN_RUN = _(
    "The run pays you, or somebody you act for or who acts for you. A colleague must propose and approve it, or leave "
    "that payee to a run of their own."
)


def tied_people(by: Viewer, today: date) -> frozenset[int]:
    """The viewer, those they act for and those who act for them: their pay is a colleague's to handle."""
    return by.for_person_ids | people.tied_to(by.person_id, today)


def require_not_own(by: Viewer, today: date, *person_ids: int | None) -> None:
    """Raises NotAllowed if one of the people is tied to the viewer."""
    if tied_people(by, today).intersection(person_ids):
        raise NotAllowed(OWN_MATTER)


def is_party(run: Run, person_ids: Collection[int]) -> bool:
    """True if one of the people is paid by the run, or is cared for under a contract that is."""
    theirs = contracts.ids_of_people(run.organisation_id, person_ids)
    return Proposal.objects.filter(run=run, is_left_out=False, contract_id__in=theirs).exists()


def require_no_own_matter(run: Run, person_ids: Collection[int]) -> None:
    """Raises NotAllowed if one of the people is party to the run."""
    if is_party(run, person_ids):
        raise NotAllowed(OWN_RUN)
