"""Who opens which pages of the desk. What they may do there the actions decide; pages show why not."""

from __future__ import annotations

from palkkio.core.viewer import STAFF_ROLES, RoleKind
from palkkio.people.rights import INSURANCES, REPRESENTATION
from palkkio.web.doors import for_roles

REVIEW = frozenset({RoleKind.HANDLER, RoleKind.PAYROLL_CLERK})  # days and comments; a clerk looks what is still open
CONTRACTS = frozenset({RoleKind.HANDLER, RoleKind.PAYROLL_CLERK})  # make and change contracts
PAYROLL = frozenset({RoleKind.PAYROLL_CLERK, RoleKind.ADMINISTRATOR})

for_staff = for_roles(*sorted(STAFF_ROLES))
for_reviewers = for_roles(*sorted(REVIEW))
for_handlers = for_roles(RoleKind.HANDLER)
for_contract_makers = for_roles(*sorted(CONTRACTS))
for_payroll = for_roles(*sorted(PAYROLL))
for_representation = for_roles(*REPRESENTATION)  # mandates from paper, links, household employers
for_insurances = for_roles(*INSURANCES)
for_clerks = for_roles(RoleKind.PAYROLL_CLERK)
for_administrators = for_roles(RoleKind.ADMINISTRATOR)
