"""Every address of the site: who may open it, and how to make the object that it shows.

A test walks them all: each address × each role × an object of another organisation and of another person, and expects
refusal. An address that is missing here fails that test.

    URL_ROLES["portal:period"] = Door(PAYEES, lambda world: (world.sheet.pk,))

`make` gets a World (one organisation with a carer who has one of everything) and returns the arguments of the address.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from palkkio.core.viewer import PAYEE_ROLES, PORTAL_ROLES, STAFF_ROLES, RoleKind
from tests import factories
from tests.architecture.employment import Employment

if TYPE_CHECKING:
    from palkkio.contracts.models import Contract
    from palkkio.core.viewer import Viewer
    from palkkio.entries.models import Sheet
    from palkkio.messages.models import Comment
    from palkkio.organisations.models import ContactPoint
    from palkkio.payments.models import Batch
    from palkkio.payroll.models import Payslip, Run

PAYEES: frozenset[RoleKind] = PAYEE_ROLES
PORTAL: frozenset[RoleKind] = PORTAL_ROLES
STAFF: frozenset[RoleKind] = STAFF_ROLES
ENTERING: frozenset[RoleKind] = PAYEE_ROLES | {RoleKind.EMPLOYER}  # shifts: an employer where it is agreed
ANY_ROLE: frozenset[RoleKind] = frozenset(RoleKind)
SIGNED_IN = "signed in"  # also without a role
EVERYBODY = "everybody"  # also without signing in


class World(Employment):
    """One organisation with a carer, a contract and, made when asked for, one of everything that an address shows."""

    def __init__(self, place: factories.Place, family_name: str = "Mallikas") -> None:
        from tests.apps.payroll.scene import payroll

        self.payroll = payroll(place)
        self.place = place
        self.carer: Viewer = factories.carer(place, family_name)

    @cached_property
    def contract(self) -> Contract:
        return self.payroll.contract(carer=self.carer, pays_trips=True, rates={"care": "97.55", "kilometre": "0.25"})

    @cached_property
    def care_contract(self) -> Contract:
        """Informal care, on which changes are reported."""
        return factories.informal_care(self.place, self.carer.person_id)

    @cached_property
    def version_id(self) -> int:
        """A contract of informal care as a document that waits for the carer's signature, with its plan."""
        from tests.apps.contracts.signing_scene import made

        return made(self.unsigned, self.payroll.proposer).pk

    @cached_property
    def unsigned(self) -> Contract:
        return factories.informal_care(self.place, self.carer.person_id, signed_on=None, first="2026-07-01")

    @cached_property
    def employment(self) -> Contract:
        """The carer is an assistant of a household employer, too."""
        return factories.assistance(self.place, self.carer.person_id)

    @cached_property
    def paper_id(self) -> int:
        """A contract of employment on paper, sent in."""
        from palkkio.contracts.papers import send_paper

        values = {"kind": "contract", "contract_id": self.employment.pk}
        by = self.payroll.proposer
        return send_paper(by=by, at=factories.NOW, values=values, upload=factories.scan()).pk

    @cached_property
    def certificate_id(self) -> int:
        """A certificate that the carer sent in, waiting."""
        from palkkio.documents.actions import receive

        of = self.carer.person_id
        return receive(factories.scan(), kind="certificate", person_id=of, by=self.carer, at=factories.NOW).pk

    @cached_property
    def report_id(self) -> int:
        from palkkio.entries.actions import report_change

        told = {"kind": "own_illness", "first": "2026-05-01", "last": "2026-05-03"}
        return report_change(self.care_contract.pk, by=self.carer, at=factories.NOW, values=told).pk

    @cached_property
    def event_id(self) -> int:
        return factories.event(self.care_contract, "carer_ill", factories.TODAY).pk

    @cached_property
    def sheet(self) -> Sheet:
        """May's, open."""
        return self._sheet(factories.MAY)

    @cached_property
    def trip_id(self) -> int:
        from palkkio.entries import actions
        from palkkio.entries.models import TripEntry

        actions.save_trip(
            self.sheet.pk,
            by=self.carer,
            at=factories.NOW,
            version=self.sheet.version,
            values={
                "day": "2026-05-04",
                "kilometres": "3",
                "origin": "Koti",
                "destination": "Torppa",
                "purpose": "Hoito",
            },
        )
        self.sheet.refresh_from_db()
        return TripEntry.objects.get(sheet=self.sheet, purpose="Hoito").pk

    @cached_property
    def comment(self) -> Comment:
        from palkkio.messages.actions import add_comment

        return add_comment("sheet", self.sheet.pk, "Hello", by=self.carer, at=factories.NOW)

    @cached_property
    def contact_point(self) -> ContactPoint:
        from palkkio.organisations.models import ContactPoint

        return ContactPoint.objects.create(
            organisation=self.place.organisation, name_fi="Neuvonta", name_sv="Råd", name_en="Advice"
        )

    @cached_property
    def payslip(self) -> Payslip:
        """April's, of a produced run."""
        from tests.apps.payroll.scene import IN_MAY, PAYDAY_OF_APRIL
        from tests.web_portal.scene import map_accounts

        map_accounts(self.place)
        april = self._sheet(factories.APRIL)
        self.payroll.enter(april, 4)
        self.payroll.review(april, at=IN_MAY)
        return self.payroll.paid(PAYDAY_OF_APRIL, at=IN_MAY)[0]

    @cached_property
    def run(self) -> Run:
        """May's, proposed."""
        self.payroll.enter(self.sheet, 4)
        self.payroll.review(self.sheet)
        return self.payroll.propose()

    @cached_property
    def batch(self) -> Batch:
        """Payment file of April's run; its reports and voucher are made, too."""
        from palkkio.payments.actions import make_batch
        from palkkio.reporting.actions import make_deliveries, make_voucher

        run_id = self.payslip.run_id
        made = make_batch(run_id, at=factories.NOW)
        make_deliveries(run_id, at=factories.NOW)
        make_voucher(run_id, at=factories.NOW)
        assert made is not None
        return made

    @cached_property
    def bank_answer_id(self) -> int:
        """A file of the bank that could not be read."""
        from palkkio.payments.actions import take_answer

        return take_answer(b"?", self.place.id, name="answer.xml", at=factories.NOW).pk

    @cached_property
    def delivery_id(self) -> int:
        from palkkio.reporting.queries import deliveries_of_run

        return deliveries_of_run(self.batch.run_id)[0].pk

    @cached_property
    def register_report_id(self) -> int:
        from palkkio.reporting.models import Report

        return Report.objects.filter(delivery=self.delivery_id).values_list("pk", flat=True)[0]

    @cached_property
    def one_off_id(self) -> int:
        from palkkio.payroll.actions import add_one_off

        days = {"first": factories.TODAY, "last": factories.TODAY}
        by = self.payroll.proposer
        return add_one_off(self.contract.pk, by=by, at=factories.NOW, amount=Decimal(9), reason="Goodwill", **days).pk

    @cached_property
    def receivable_id(self) -> int:
        from palkkio.payroll.models import Receivable

        return Receivable.objects.create(
            organisation=self.place.organisation,
            contract=self.contract,
            person_id=self.carer.person_id,
            run=self.payslip.run,
            period=factories.APRIL,
            amount=Decimal("97.55"),
            lines=[],
            created_at=factories.NOW,
        ).pk

    @cached_property
    def order_id(self) -> int:
        from palkkio.payroll.actions import record_distraint

        return record_distraint(
            self.carer.person_id,
            by=self.payroll.proposer,
            at=factories.NOW,
            office="Mallilan ulosotto",
            reference="1/2026",
            iban=factories.iban(),
            payment_reference="",
            first=factories.TODAY,
        ).pk

    @cached_property
    def authorisation_id(self) -> int:
        from palkkio.payroll.actions import record_dues

        return record_dues(
            self.carer.person_id,
            by=self.payroll.proposer,
            at=factories.NOW,
            kind="union",
            receiver="Mallilan hoitajat ry",
            iban=factories.iban(),
            first=factories.TODAY,
            delivered_on=factories.TODAY,
            percent=Decimal("1.3"),
        ).pk

    @cached_property
    def recovery_id(self) -> int:
        from palkkio.payroll.actions import open_recovery

        by, answer_by = self.payroll.proposer, factories.TODAY.replace(day=30)
        return open_recovery(
            self.receivable_id, by=by, at=factories.NOW, answer_by=answer_by, explanation="Two days twice"
        ).pk

    @cached_property
    def waiver_id(self) -> int:
        from palkkio.payroll.actions import propose_waiver

        by = self.payroll.proposer
        return propose_waiver(self.recovery_id, by=by, at=factories.NOW, amount=Decimal(9), reason="Goodwill").pk

    @cached_property
    def rate_id(self) -> int:
        from palkkio.rates.actions import propose_rate

        return propose_rate(
            by=self.payroll.proposer,
            at=factories.NOW,
            contract_kind="substitute_care",
            code="training",
            first="1.7.2026",
            amount="50",
            source="Board 4.6.2026",
        ).pk

    @cached_property
    def choice_id(self) -> int:
        from palkkio.rates.deciding import propose_choice

        values = {"key": "proration", "value": "fixed_30", "first": "1.7.2026", "source": "Board 4.6.2026"}
        return propose_choice(by=self.payroll.proposer, at=factories.NOW, **values).pk

    @cached_property
    def index_change_id(self) -> int:
        from palkkio.contracts.indexing import propose_index

        return propose_index(by=self.payroll.proposer, at=factories.NOW, year=2026).pk

    @cached_property
    def official_figure_id(self) -> int:
        from palkkio.rates.deciding import propose_figures

        entered = {"file": "distraint/protected_debtor", "values": {"": "33,10"}, "first": "1.1.2026"}
        return propose_figures(by=self.payroll.proposer, at=factories.NOW, source="Decree", **entered).pk

    @cached_property
    def callback_id(self) -> int:
        from palkkio.messages.models import CallbackRequest

        return CallbackRequest.objects.create(
            organisation=self.place.organisation,
            contact_point=self.contact_point,
            person_id=self.carer.person_id,
            phone="0401234567",
            asked_at=factories.NOW,
        ).pk

    @cached_property
    def news_id(self) -> int:
        from palkkio.guidance.actions import save_news

        told = {"kind": "news", "roles": ["carer"], "first": factories.TODAY}
        told |= {f"{part}_{language}": "Huoltokatko" for part in ("title", "text") for language in ("fi", "sv")}
        return save_news(None, by=self.place.maker, at=factories.NOW, values=told).pk

    @cached_property
    def mandate_id(self) -> int:
        """Somebody acts for the carer."""
        agent = factories.person(self.place, "Asko", "Edustaja")
        return factories.representation(agent, factories._person(self.carer.person_id)).pk

    @cached_property
    def invitation_id(self) -> int:
        """The carer has offered a mandate."""
        return self._invitation[0]

    @cached_property
    def invitation_token(self) -> str:
        """What stands in the link that was mailed."""
        return self._invitation[1]

    @cached_property
    def _invitation(self) -> tuple[int, str]:
        from palkkio.accounts.invitations.actions import offer_mandate

        def link_of(token: str) -> str:
            tokens.append(token)
            return token

        tokens: list[str] = []
        values = {"email": "asko@testi.example", "scope": "read_only", "first": factories.TODAY}
        made = offer_mandate(by=self.carer, at=factories.NOW, values=values, link_of=link_of)
        return made.pk, tokens[0]

    @cached_property
    def household_id(self) -> int:
        """The carer is a household employer, too."""
        from palkkio.people.households.actions import add_household

        return add_household(self.carer.person_id, by=self.place.maker, at=factories.NOW, values={}).pk

    @cached_property
    def decision_id(self) -> int:
        """The carer is granted assistance, too."""
        return factories.decision(self.place, self.carer.person_id).pk

    @cached_property
    def pay_group_id(self) -> int:
        from palkkio.decisions.actions import decide_pay_group

        values = {"pay_group": "B1", "first": factories.TODAY, "decided_on": factories.TODAY}
        values |= {"ground": "Vaativuus", "office_holder": "Sanna"}
        by = factories.social_worker(self.place)
        return decide_pay_group(self.carer.person_id, by=by, at=factories.NOW, values=values).pk

    @cached_property
    def insurance_id(self) -> int:
        from palkkio.people.households.actions import enter_insurance

        values = {"insurer": "Esimerkki", "policy_number": "12-3", "first": factories.TODAY}
        by = self.place.maker
        return enter_insurance(self.household_id, "pension", by=by, at=factories.NOW, values=values).pk

    @cached_property
    def account_proposal_id(self) -> int:
        """An account number of the carer that waits for a second person."""
        from palkkio.people import access, bank_accounts

        person = access.person(self.place.second, self.carer.person_id)
        number, at = factories.iban(), factories.NOW
        return bank_accounts.propose(person, number, by=self.place.second, at=at, first=factories.TODAY).pk

    def _sheet(self, month: Any) -> Sheet:
        from palkkio.entries.actions import ensure_sheets
        from palkkio.entries.models import Sheet

        contract = self.contract
        ensure_sheets(self.place.id, today=factories.TODAY)
        return Sheet.objects.get(contract=contract, period=month)


def nothing(world: World) -> tuple[object, ...]:
    """For addresses without arguments."""
    return ()


@dataclass(frozen=True)
class Door:
    """One address.

    roles   roles that may open it, or SIGNED_IN, or EVERYBODY
    make    arguments of the address, for the objects of a World
    posts   what is posted, given the World; None: it is opened by GET
    is_own  True: only who owns the object (and the organisation's staff among `roles`) may; False: all of the
            organisation may; None: it has no object
    owner   whose object it is
    """

    roles: frozenset[RoleKind] | str
    make: Callable[[World], tuple[object, ...]] = nothing
    posts: Callable[[World], Mapping[str, object]] | None = None
    is_own: bool | None = None
    note: str = field(default="", compare=False)
    owner: Callable[[World], Viewer] = lambda world: world.carer


def _sheet(world: World) -> tuple[object, ...]:
    return (world.sheet.pk,)


def _half(world: World) -> tuple[object, ...]:
    return (world.half.pk,)


def _shift(world: World) -> tuple[object, ...]:
    return (world.half.pk, world.shift_id)


def _half_version(world: World) -> dict[str, object]:
    return {"version": world.half.version}


def _assistant(world: World) -> Viewer:
    return world.assistant


def _employer(world: World) -> Viewer:
    return world.employer


def _ticket(world: World) -> tuple[object, ...]:
    return (world.sheet.pk, world.ticket_id)


def _certified(world: World) -> tuple[object, ...]:
    return (world.certified_report_id,)


def _letter(world: World) -> tuple[object, ...]:
    return (world.letter_id,)


def _version(world: World) -> dict[str, object]:
    return {"version": world.sheet.version}


def _trip(world: World) -> tuple[object, ...]:
    return (world.sheet.pk, world.trip_id)


def _contract(world: World) -> tuple[object, ...]:
    return (world.contract.pk,)


def _to_sign(world: World) -> tuple[object, ...]:
    return (world.version_id,)


def _report(world: World) -> tuple[object, ...]:
    return (world.report_id,)


def _payslip(world: World) -> tuple[object, ...]:
    return (world.payslip.pk,)


def _recovery(world: World) -> tuple[object, ...]:
    return (world.recovery_id,)


def _comment(world: World) -> tuple[object, ...]:
    return (world.comment.pk,)


def _text(world: World) -> dict[str, object]:
    return {"text": "Hello"}


def _empty(world: World) -> dict[str, object]:
    return {}


def _year(world: World) -> tuple[object, ...]:
    return (2026,)


URL_ROLES: dict[str, Door] = {
    # --- everybody -----------------------------------------------------------------------------------------------
    "portal:sign-in": Door(EVERYBODY),
    "portal:register": Door(EVERYBODY),
    "portal:register-identify": Door(EVERYBODY),
    "portal:register-code": Door(EVERYBODY),
    "portal:register-code-again": Door(EVERYBODY, posts=_empty),
    "portal:eid": Door(EVERYBODY),
    "portal:eid-start": Door(EVERYBODY, lambda world: ("nobank",)),
    "portal:eid-back": Door(EVERYBODY),
    "portal:forgotten": Door(EVERYBODY),
    "portal:link-sent": Door(EVERYBODY),
    "portal:new-password": Door(EVERYBODY),
    "portal:password-link": Door(EVERYBODY, lambda world: ("a", "b")),
    "account_login": Door(EVERYBODY),
    "mfa_authenticate": Door(EVERYBODY),
    "mfa_login_webauthn": Door(EVERYBODY),
    "mfa_index": Door(EVERYBODY, note="leads to portal:security"),
    "mfa_list_webauthn": Door(EVERYBODY, note="leads to portal:security"),
    "portal:help": Door(EVERYBODY),
    "portal:public-contacts": Door(EVERYBODY),
    "portal:help-topic": Door(EVERYBODY, lambda world: ("carers",)),
    "portal:help-article": Door(EVERYBODY, lambda world: ("recording",)),
    "ui:language": Door(EVERYBODY, posts=lambda world: {"language": "fi"}),
    "ui:catalogue": Door(EVERYBODY, note="made-up data only"),
    # --- who has signed in ---------------------------------------------------------------------------------------
    "portal:sign-out": Door(SIGNED_IN, posts=_empty),
    "portal:choose-role": Door(SIGNED_IN),
    "portal:register-done": Door(SIGNED_IN),
    "portal:change-email": Door(SIGNED_IN),
    "portal:change-email-codes": Door(SIGNED_IN),
    "portal:security": Door(SIGNED_IN),
    "portal:end-session": Door(SIGNED_IN, lambda world: (1,), posts=_empty),
    "portal:second-factor": Door(SIGNED_IN),
    "portal:confirm-self": Door(SIGNED_IN),
    "mfa_activate_totp": Door(SIGNED_IN),
    "mfa_deactivate_totp": Door(SIGNED_IN),
    "mfa_view_recovery_codes": Door(SIGNED_IN),
    "mfa_generate_recovery_codes": Door(SIGNED_IN),
    "mfa_add_webauthn": Door(SIGNED_IN),
    "mfa_remove_webauthn": Door(SIGNED_IN, lambda world: (1,)),
    "portal:home": Door(ANY_ROLE, note="staff are led to their desk"),
    "portal:my-details": Door(ANY_ROLE),
    "portal:looked": Door(ANY_ROLE, note="one's own; soon after strong authentication"),
    "portal:change-password": Door(ANY_ROLE),
    "portal:news": Door(ANY_ROLE),
    "portal:notices": Door(ANY_ROLE),
    "portal:notice-choices": Door(ANY_ROLE),
    "portal:read-notices": Door(ANY_ROLE, posts=_empty),
    "portal:contacts": Door(ANY_ROLE),
    "portal:ask-callback": Door(ANY_ROLE, lambda world: (world.contact_point.pk,), is_own=False),
    # --- carers and contractors ----------------------------------------------------------------------------------
    "portal:check-details": Door(PORTAL),
    "portal:periods": Door(PAYEES),
    "portal:open-period": Door(PAYEES, note="the sheet is a GET parameter"),
    "portal:period": Door(PAYEES, _sheet, is_own=True),
    "portal:print-period": Door(PAYEES, _sheet, is_own=True),
    "portal:save-days": Door(
        PAYEES,
        _sheet,
        posts=lambda world: {"day": "2026-05-04", "type": "care", "do": "save", **_version(world)},
        is_own=True,
    ),
    "portal:add-shift": Door(ENTERING, _half, is_own=True, owner=_assistant),
    "portal:edit-shift": Door(ENTERING, _shift, is_own=True, owner=_assistant),
    "portal:remove-shift": Door(ENTERING, _shift, _half_version, is_own=True, owner=_assistant),
    "portal:copy-shifts": Door(ENTERING, _half, is_own=True, owner=_assistant),
    "portal:agree-entering": Door(PAYEES, _half, _empty, is_own=True, owner=_assistant),
    "portal:tick-leave": Door(
        PAYEES, _half, lambda world: {"day": "2026-05-20", **_half_version(world)}, is_own=True, owner=_assistant
    ),
    "portal:undo-shift": Door(
        PAYEES,
        _half,
        lambda world: {"undo": world.shift_change_id, **_half_version(world)},
        is_own=True,
        owner=_assistant,
    ),
    "portal:write-note": Door(PAYEES, _sheet, posts=lambda world: {**_text(world), **_version(world)}, is_own=True),
    "portal:confirm-period": Door(PAYEES, _sheet, posts=_version, is_own=True),
    "portal:comment-period": Door(PAYEES, _sheet, posts=_text, is_own=True),
    "portal:add-trip": Door(PAYEES, _sheet, is_own=True),
    "portal:edit-trip": Door(PAYEES, _trip, is_own=True),
    "portal:remove-trip": Door(PAYEES, _trip, posts=_version, is_own=True),
    "portal:receipt": Door(PAYEES, _ticket, is_own=True),
    "portal:contracts": Door(PAYEES),
    "portal:contract": Door(PAYEES, _contract, is_own=True),
    "portal:comment-contract": Door(PAYEES, _contract, posts=_text, is_own=True),
    "portal:signatures": Door(PORTAL),
    "portal:signature": Door(PORTAL, _to_sign, is_own=True),
    "portal:signature-pdf": Door(PORTAL, _to_sign, is_own=True),
    "portal:signature-file": Door(PORTAL, lambda world: (world.version_id, "plan"), is_own=True),
    "portal:sign-version": Door(PORTAL, _to_sign, is_own=True, note="sent to strong authentication"),
    "portal:decline-version": Door(PORTAL, _to_sign, is_own=True),
    "portal:changes": Door(PAYEES),
    "portal:report-change": Door(PAYEES, lambda world: (world.care_contract.pk, "own_illness"), is_own=True),
    "portal:give-notice": Door(
        PAYEES,
        lambda world: (world.care_contract.pk,),
        is_own=True,
        note="sent to strong authentication",
    ),
    "portal:change": Door(PAYEES, _report, is_own=True),
    "portal:add-certificate": Door(PAYEES, _report, posts=_empty, is_own=True),
    "portal:withdraw-change": Door(PAYEES, _report, posts=_empty, is_own=True),
    "portal:change-attachment": Door(PAYEES, _certified, is_own=True),
    "portal:payslips": Door(PAYEES),
    "portal:payslip": Door(PAYEES, _payslip, is_own=True),
    "portal:payslip-pdf": Door(PAYEES, _payslip, is_own=True),
    "portal:recovery": Door(PAYEES, _recovery, is_own=True),
    "portal:reports": Door(PAYEES),
    "portal:trips-pdf": Door(PAYEES, _year),
    "portal:trips-csv": Door(PAYEES, _year),
    "portal:summary-pdf": Door(PAYEES, _year),
    "portal:certificate-pdf": Door(PAYEES),
    "portal:comments": Door(PORTAL),
    "portal:comment-other": Door(PORTAL, posts=_text),
    "portal:edit-comment": Door(PORTAL, _comment, is_own=True),
    "portal:delete-comment": Door(PORTAL, _comment, posts=_empty, is_own=True),
}

# --- mandates, invitations, the account number, the household ---------------------------------------------------------

EMPLOYERS = frozenset({RoleKind.EMPLOYER})

URL_ROLES |= {
    "portal:mandates": Door(PORTAL),
    "portal:offer-mandate": Door(PORTAL, note="sent to strong authentication"),
    "portal:mandate-form": Door(PORTAL),
    "portal:end-mandate": Door(PORTAL, lambda world: (world.mandate_id,), _empty, is_own=True),
    "portal:withdraw-invitation": Door(PORTAL, lambda world: (world.invitation_id,), _empty, is_own=True),
    "portal:change-account-number": Door(PAYEES, note="sent to strong authentication"),
    "portal:waiting-invitation": Door(EVERYBODY, note="without a link it leads to the choice of roles"),
    "portal:invitation": Door(EVERYBODY, lambda world: (world.invitation_token,)),
    "portal:accept-invitation": Door(SIGNED_IN, note="sent to strong authentication"),
    "portal:costs": Door(EMPLOYERS),
    "portal:timetable": Door(EMPLOYERS | {RoleKind.ASSISTANT}),
    "portal:documents": Door(PORTAL),
    "portal:send-document": Door(PORTAL),
    "portal:document-file": Door(PORTAL, lambda world: (world.certificate_id,), is_own=True),
    "portal:papers": Door(EMPLOYERS | {RoleKind.ASSISTANT}),
    "portal:send-paper": Door(EMPLOYERS | {RoleKind.ASSISTANT}),
    "portal:paper-file": Door(
        EMPLOYERS | {RoleKind.ASSISTANT}, lambda world: (world.paper_id, "paper"), is_own=False, note="a carer's"
    ),
    "portal:household": Door(EMPLOYERS),
    "portal:decisions": Door(EMPLOYERS),
    "portal:hours": Door(EMPLOYERS),
    "portal:approve-hours": Door(EMPLOYERS, posts=_empty, note="sheets are posted"),
    "portal:hours-days": Door(EMPLOYERS, lambda world: ("2026-05-04",)),
    "portal:repair-shift": Door(
        EMPLOYERS,
        _half,
        lambda world: {
            "shift": world.shift_id,
            "kind": "split",
            "at": "2026-05-18T10:00+03:00",
            **_half_version(world),
        },
        is_own=True,
        owner=_employer,
    ),
    "portal:hours-of": Door(EMPLOYERS, _half, is_own=True, owner=_employer),
    "portal:return-hours": Door(
        EMPLOYERS, _half, lambda world: {"reason": "x", **_half_version(world)}, is_own=True, owner=_employer
    ),
    "portal:sign-power-of-attorney": Door(EMPLOYERS, note="sent to strong authentication"),
    "portal:let-city-insure": Door(EMPLOYERS, posts=_empty),
    "portal:enter-insurance": Door(EMPLOYERS, lambda world: ("pension",)),
}

# --- the desk: people, periods, comments, contracts ------------------------------------------------------------------

HANDLERS = frozenset({RoleKind.HANDLER})
REVIEWERS = frozenset({RoleKind.HANDLER, RoleKind.PAYROLL_CLERK})
CLERKS = frozenset({RoleKind.PAYROLL_CLERK})
ADMINISTRATORS = frozenset({RoleKind.ADMINISTRATOR})


def _person(world: World) -> tuple[object, ...]:
    return (world.carer.person_id,)


def _of_desk(roles: frozenset[RoleKind], make: Callable[[World], tuple[object, ...]], posts: Any = None) -> Door:
    """An object that all of its organisation in `roles` may open, and nobody of another one."""
    return Door(roles, make, posts, is_own=False)


URL_ROLES |= {
    "desk:home": Door(STAFF),
    "desk:search": Door(STAFF, lambda world: ("people",), posts=lambda world: {"q": "mal"}),
    "desk:queue": Door(REVIEWERS),
    "desk:queue-act": Door(HANDLERS, posts=lambda world: {"do": "review"}, note="sheets are posted"),
    "desk:return-many": Door(HANDLERS, posts=lambda world: {"reason": "x"}, note="sheets are posted"),
    "desk:period": _of_desk(STAFF, _sheet),
    "desk:scan": _of_desk(STAFF, lambda world: (world.paper_sheet.pk,)),
    "desk:receipt": _of_desk(STAFF, _ticket),
    "desk:save-days": _of_desk(
        HANDLERS,
        _sheet,
        lambda world: {"day": "2026-05-04", "type": "care", "do": "save", **_version(world)},
    ),
    "desk:write-note": _of_desk(HANDLERS, _sheet, lambda world: {**_text(world), **_version(world)}),
    "desk:confirm-period": _of_desk(HANDLERS, _sheet, _version),
    "desk:review-period": _of_desk(HANDLERS, _sheet, _version),
    "desk:return-period": _of_desk(HANDLERS, _sheet, lambda world: {"reason": "x", **_version(world)}),
    "desk:reopen-period": _of_desk(HANDLERS, _sheet, lambda world: {"reason": "x", **_version(world)}),
    "desk:paper": _of_desk(HANDLERS, _sheet),
    "desk:add-trip": _of_desk(HANDLERS, _sheet),
    "desk:edit-trip": _of_desk(HANDLERS, _trip),
    "desk:remove-trip": _of_desk(HANDLERS, _trip, _version),
    "desk:comments": Door(REVIEWERS),
    "desk:process-comments": Door(REVIEWERS, posts=_empty, note="comments are posted"),
    "desk:process-comment": Door(REVIEWERS, _comment, _empty, note="another's comment is left as it is, and said so"),
    "desk:give-comments": _of_desk(REVIEWERS, lambda world: ("sheet", world.sheet.pk)),
    "desk:answer": _of_desk(STAFF, lambda world: ("sheet", world.sheet.pk), _text),
    "desk:edit-comment": Door(STAFF, _comment, is_own=True, note="only who wrote it: the carer did"),
    "desk:delete-comment": Door(STAFF, _comment, _empty, is_own=True, note="only who wrote it: the carer did"),
    "desk:callbacks": Door(STAFF),
    "desk:handle-callback": _of_desk(STAFF, lambda world: (world.callback_id,), _empty),
    "desk:news": Door(STAFF),
    "desk:add-news": Door(STAFF),
    "desk:edit-news": _of_desk(STAFF, lambda world: (world.news_id,)),
    "desk:withdraw-news": _of_desk(STAFF, lambda world: (world.news_id,), _empty),
    "desk:edit-article": Door(STAFF, lambda world: ("recording",)),
    "desk:contracts": Door(STAFF),
    "desk:contract": _of_desk(STAFF, _contract),
    "desk:add-contract": Door(REVIEWERS),
    "desk:adjust-leave": _of_desk(REVIEWERS, _contract),
    "desk:change-terms": _of_desk(REVIEWERS, _contract),
    "desk:change-contract": _of_desk(REVIEWERS, _contract),
    "desk:end-contract": _of_desk(REVIEWERS, _contract),
    "desk:mark-signed": _of_desk(REVIEWERS, _contract),
    "desk:make-version": _of_desk(REVIEWERS, _contract),
    "desk:signatures": Door(REVIEWERS),
    "desk:signature": _of_desk(STAFF, _to_sign),
    "desk:signature-pdf": _of_desk(STAFF, _to_sign),
    "desk:signature-file": _of_desk(STAFF, lambda world: (world.version_id, "plan")),
    "desk:sign-version": _of_desk(REVIEWERS, _to_sign),
    "desk:withdraw-version": _of_desk(REVIEWERS, _to_sign),
    "desk:signing-choices": Door(ADMINISTRATORS),
    "desk:contract-template": Door(ADMINISTRATORS, lambda world: ("informal-care",)),
    "desk:scan-paper": _of_desk(REVIEWERS, lambda world: (world.employment.pk,)),
    "desk:employment-papers": Door(REVIEWERS),
    "desk:employment-paper": _of_desk(REVIEWERS, lambda world: (world.paper_id,)),
    "desk:employment-paper-file": _of_desk(REVIEWERS, lambda world: (world.paper_id, "paper")),
    "desk:documents": Door(REVIEWERS),
    "desk:document": _of_desk(REVIEWERS, lambda world: (world.certificate_id,)),
    "desk:document-file": _of_desk(REVIEWERS, lambda world: (world.certificate_id,)),
    "desk:person-documents": _of_desk(STAFF, _person),
    "desk:add-document": _of_desk(REVIEWERS, _person),
    "desk:assistance": Door(STAFF),
    "desk:changes": Door(HANDLERS),
    "desk:change": _of_desk(HANDLERS, _report),
    "desk:change-attachment": _of_desk(HANDLERS, _certified),
    "desk:key-in-change": _of_desk(HANDLERS, lambda world: (world.care_contract.pk, "own_illness")),
    "desk:record-event": _of_desk(HANDLERS, lambda world: (world.care_contract.pk, "carer_ill")),
    "desk:withdraw-event": _of_desk(HANDLERS, lambda world: (world.event_id,)),
    "desk:people": Door(STAFF),
    "desk:add-person": Door(STAFF),
    "desk:person": _of_desk(STAFF, _person),
    "desk:reason-to-open": _of_desk(STAFF, _person),
    "desk:protection": _of_desk(frozenset({RoleKind.SOCIAL_WORKER, RoleKind.PAYROLL_CLERK}), _person),
    "desk:change-person": _of_desk(STAFF, _person),
    "desk:give-role": _of_desk(STAFF, _person),
    "desk:end-role": _of_desk(STAFF - {RoleKind.SOCIAL_WORKER}, lambda world: (world.carer.role_id,)),
    "desk:show-account-number": _of_desk(CLERKS, _person, _empty),
    "desk:set-account-number": _of_desk(CLERKS, _person),
    "desk:approve-account-number": _of_desk(
        CLERKS | ADMINISTRATORS, lambda world: (world.account_proposal_id,), _empty
    ),
    "desk:make-account": _of_desk(ADMINISTRATORS, _person),
}

# --- the desk: who acts for whom, household employers ----------------------------------------------------------------

REPRESENTATION = frozenset({RoleKind.HANDLER, RoleKind.SOCIAL_WORKER, RoleKind.ADMINISTRATOR})
INSURANCES = frozenset({RoleKind.HANDLER, RoleKind.PAYROLL_CLERK, RoleKind.ADMINISTRATOR})


def _household(world: World) -> tuple[object, ...]:
    return (world.household_id,)


URL_ROLES |= {
    "desk:record-mandate": _of_desk(REPRESENTATION, _person),
    "desk:mandate-form": _of_desk(REPRESENTATION, _person),
    "desk:invite-again": _of_desk(REPRESENTATION, _person),
    "desk:add-household": _of_desk(REPRESENTATION, _person),
    "desk:end-mandate": _of_desk(REPRESENTATION, lambda world: (world.mandate_id,), _empty),
    "desk:households": Door(STAFF),
    "desk:household": _of_desk(STAFF, _household),
    "desk:invite-employer": _of_desk(REPRESENTATION, _household),
    "desk:register-on-paper": _of_desk(REPRESENTATION, _household, _empty),
    "desk:tell-gate": _of_desk(INSURANCES, _household),
    "desk:enter-household-insurance": _of_desk(REPRESENTATION, lambda world: (world.household_id, "pension")),
    "desk:household-contributions": _of_desk(INSURANCES, lambda world: (world.household_id, "pension")),
    "desk:household-tax-reference": _of_desk(INSURANCES, _household),
    "desk:confirm-insurance": _of_desk(INSURANCES, lambda world: (world.insurance_id,), _empty),
}

# --- the desk: payroll, rates and settings ---------------------------------------------------------------------------

SOCIAL_WORKERS = frozenset({RoleKind.SOCIAL_WORKER})


def _decision(world: World) -> tuple[object, ...]:
    return (world.decision_id,)


URL_ROLES |= {
    "desk:letters": Door(CLERKS | ADMINISTRATORS),
    "desk:letter-pdf": _of_desk(CLERKS | ADMINISTRATORS, _letter),
    "desk:tell-letter": _of_desk(CLERKS | ADMINISTRATORS, _letter, lambda world: {"means": "letter"}),
    "desk:send-letter-again": _of_desk(CLERKS | ADMINISTRATORS, lambda world: (world.failed_letter_id,), _empty),
    "desk:print-letter-instead": _of_desk(CLERKS | ADMINISTRATORS, lambda world: (world.failed_letter_id,), _empty),
    "desk:print-letters": Door(CLERKS | ADMINISTRATORS, posts=_empty),
    "desk:print-batch": _of_desk(CLERKS | ADMINISTRATORS, lambda world: (world.print_batch_id,)),
    "desk:print-batch-pdf": _of_desk(CLERKS | ADMINISTRATORS, lambda world: (world.print_batch_id,)),
    "desk:choose-letters": _of_desk(HANDLERS | CLERKS | ADMINISTRATORS, _person),
    "desk:decisions": Door(STAFF),
    "desk:employer-decisions": _of_desk(STAFF, _person),
    "desk:decision": _of_desk(STAFF, _decision),
    "desk:add-decision": _of_desk(SOCIAL_WORKERS, _person),
    "desk:change-decision": _of_desk(SOCIAL_WORKERS, _decision),
    "desk:add-pay-group": _of_desk(SOCIAL_WORKERS, _person),
    "desk:add-notice": _of_desk(SOCIAL_WORKERS | {RoleKind.PAYROLL_CLERK}, lambda world: (world.pay_group_id,)),
}

PAYROLL = frozenset({RoleKind.PAYROLL_CLERK, RoleKind.ADMINISTRATOR})


def _run(world: World) -> tuple[object, ...]:
    return (world.run.pk,)


def _proposal(world: World) -> tuple[object, ...]:
    return (world.run.pk, world.run.proposals.get(contract=world.contract).pk)


def _one_off(world: World) -> tuple[object, ...]:
    return (world.one_off_id,)


def _rate(world: World) -> tuple[object, ...]:
    return (world.rate_id,)


def _choice(world: World) -> tuple[object, ...]:
    return (world.choice_id,)


def _index_change(world: World) -> tuple[object, ...]:
    return (world.index_change_id,)


def _official_figure(world: World) -> tuple[object, ...]:
    return (world.official_figure_id,)


def _kind(world: World) -> tuple[object, ...]:
    return ("substitute_care",)


URL_ROLES |= {
    "desk:runs": Door(PAYROLL),
    "desk:propose-run": Door(CLERKS, posts=lambda world: {"payday": "2026-06-30"}),
    "desk:propose-extra-run": Door(CLERKS),
    "desk:run": _of_desk(PAYROLL, _run),
    "desk:run-progress": _of_desk(PAYROLL, _run),
    "desk:run-payees": _of_desk(PAYROLL, _run),
    "desk:run-payee": _of_desk(PAYROLL, _proposal),
    "desk:run-csv": _of_desk(PAYROLL, _run),
    "desk:client-charges": _of_desk(PAYROLL, _run),
    "desk:client-charges-csv": _of_desk(PAYROLL, _run),
    "desk:approve-run": _of_desk(CLERKS, _run, lambda world: {"proposal": world.run.proposal}),
    "desk:recalculate-run": _of_desk(CLERKS, _run, _empty),
    "desk:run-again": _of_desk(CLERKS, _run, _empty),
    "desk:return-run": _of_desk(CLERKS, _run, lambda world: {"reason": "x"}),
    "desk:cancel-run": _of_desk(CLERKS, _run, lambda world: {"reason": "x"}),
    "desk:set-aside": _of_desk(CLERKS, lambda world: (world.run.pk, "NO_TAX_CARD")),
    "desk:take-back": _of_desk(CLERKS, _run, lambda world: {"contract": world.contract.pk, "code": "NO_TAX_CARD"}),
    "desk:run-file": _of_desk(PAYROLL, lambda world: (world.batch.run_id, world.batch.file_id)),
    "desk:mark-sent": _of_desk(CLERKS, lambda world: (world.batch.pk,), _empty),
    "desk:bank": Door(PAYROLL),
    "desk:repay": Door(CLERKS, posts=lambda world: {"payment": world.batch.pk}),
    "desk:bank-agreement": Door(PAYROLL),
    "desk:bank-file": _of_desk(PAYROLL, lambda world: (world.batch.pk,)),
    "desk:cancel-repair": _of_desk(CLERKS, lambda world: (world.batch.pk,), _empty),
    "desk:bank-answer-file": _of_desk(PAYROLL, lambda world: (world.bank_answer_id,)),
    "desk:settle-bank-answer": _of_desk(CLERKS, lambda world: (world.bank_answer_id,), lambda world: {"reason": "x"}),
    "desk:reconciliation": Door(PAYROLL),
    "desk:look-again": Door(PAYROLL, posts=_empty),
    "desk:jobs": Door(PAYROLL),
    "desk:try-job-again": _of_desk(PAYROLL, lambda world: (world.job_id,), _empty),
    "desk:owed": Door(PAYROLL),
    "desk:pay-owed": Door(CLERKS),
    "desk:owed-csv": Door(PAYROLL),
    "desk:year-end": Door(PAYROLL, lambda world: (2026,)),
    "desk:year-csv": Door(PAYROLL, lambda world: (2026,)),
    "desk:care-statistics": Door(PAYROLL, lambda world: (2026,)),
    "desk:care-statistics-csv": Door(PAYROLL, lambda world: (2026,)),
    "desk:mark-delivered": _of_desk(CLERKS, lambda world: (world.delivery_id,), _empty),
    "desk:delivery": _of_desk(PAYROLL, lambda world: (world.delivery_id,)),
    "desk:delivery-file": _of_desk(PAYROLL, lambda world: (world.delivery_id,)),
    "desk:send-delivery": _of_desk(CLERKS, lambda world: (world.delivery_id,), _empty),
    "desk:report-again": _of_desk(CLERKS, lambda world: (world.delivery_id,), _empty),
    "desk:take-back-report": _of_desk(CLERKS, lambda world: (world.register_report_id,), lambda world: {"reason": "x"}),
    "desk:ask-for-tax-cards": Door(CLERKS, posts=_empty),
    "desk:payslips": Door(PAYROLL),
    "desk:payslip": _of_desk(PAYROLL, _payslip),
    "desk:payslip-pdf": _of_desk(PAYROLL, _payslip),
    "desk:papers": _of_desk(CLERKS, _person),
    "desk:add-tax-card": _of_desk(CLERKS, _person),
    "desk:hold": _of_desk(CLERKS, _person, lambda world: {"reason": "x"}),
    "desk:release": _of_desk(CLERKS, _person, _empty),
    "desk:one-offs": Door(PAYROLL),
    "desk:add-one-off": Door(CLERKS),
    "desk:approve-one-off": _of_desk(CLERKS, _one_off, _empty),
    "desk:withdraw-one-off": _of_desk(CLERKS, _one_off, _empty),
    "desk:holds": Door(PAYROLL),
    "desk:receivables": Door(PAYROLL),
    "desk:receivable": _of_desk(PAYROLL, lambda world: (world.receivable_id,)),
    "desk:run-proof": _of_desk(PAYROLL, lambda world: (world.run.pk,)),
    "desk:set-finding-aside": _of_desk(CLERKS, lambda world: (world.run.pk, world.contract.pk, "ABOVE_BOUND")),
    "desk:employers": Door(PAYROLL),
    "desk:claims": _of_desk(CLERKS, _person),
    "desk:add-distraint": _of_desk(CLERKS, _person),
    "desk:add-dues": _of_desk(CLERKS, _person),
    "desk:end-distraint": _of_desk(CLERKS, lambda world: (world.order_id,)),
    "desk:revoke-dues": _of_desk(CLERKS, lambda world: (world.authorisation_id,)),
    "desk:open-recovery": _of_desk(CLERKS, lambda world: (world.receivable_id,)),
    "desk:recovery": _of_desk(PAYROLL, _recovery),
    "desk:recovery-act": _of_desk(CLERKS, lambda world: (world.recovery_id, "decide")),
    "desk:approve-waiver": _of_desk(CLERKS, lambda world: (world.recovery_id, world.waiver_id), posts=lambda world: {}),
    "desk:withdraw-waiver": _of_desk(
        CLERKS, lambda world: (world.recovery_id, world.waiver_id), posts=lambda world: {}
    ),
    "desk:tax-cards": Door(PAYROLL),
    "desk:reports": Door(PAYROLL),
    "desk:rates": Door(PAYROLL),
    "desk:propose-rate": Door(PAYROLL),
    "desk:approve-rate": _of_desk(PAYROLL, _rate, _empty),
    "desk:rate-effect": _of_desk(PAYROLL, lambda world: (world.rate_id,)),
    "desk:withdraw-rate": _of_desk(PAYROLL, _rate, _empty),
    "desk:law-figures": Door(PAYROLL),
    "desk:enter-figures": Door(PAYROLL, lambda world: ("distraint/protected_debtor",)),
    "desk:approve-figure": _of_desk(PAYROLL, _official_figure, _empty),
    "desk:figure-effect": _of_desk(PAYROLL, _official_figure),
    "desk:withdraw-figure": _of_desk(PAYROLL, _official_figure, _empty),
    "desk:choices": Door(PAYROLL),
    "desk:index": Door(PAYROLL),
    "desk:revise-rates": Door(PAYROLL, lambda world: (2026,)),
    "desk:propose-index": Door(PAYROLL, lambda world: (2026,), posts=_empty),
    "desk:make-index": _of_desk(PAYROLL, _index_change, _empty),
    "desk:undo-index": _of_desk(PAYROLL, _index_change, _empty),
    "desk:withdraw-index": _of_desk(PAYROLL, _index_change, _empty),
    "desk:propose-choice": Door(PAYROLL, lambda world: ("proration",)),
    "desk:approve-choice": _of_desk(PAYROLL, _choice, _empty),
    "desk:choice-effect": _of_desk(PAYROLL, _choice),
    "desk:withdraw-choice": _of_desk(PAYROLL, _choice, _empty),
    "desk:settings": Door(ADMINISTRATORS),
    "desk:schedule": Door(ADMINISTRATORS, _kind),
    "desk:account-change-days": Door(ADMINISTRATORS),
    "desk:day-types": Door(ADMINISTRATORS, _kind),
    "desk:municipalities": Door(ADMINISTRATORS),
    "desk:units": Door(ADMINISTRATORS),
    "desk:add-unit": Door(ADMINISTRATORS),
    "desk:unit": _of_desk(ADMINISTRATORS, lambda world: (world.place.unit.pk,)),
    "desk:contact-points": Door(ADMINISTRATORS),
    "desk:add-contact-point": Door(ADMINISTRATORS),
    "desk:contact-point": _of_desk(ADMINISTRATORS, lambda world: (world.contact_point.pk,)),
    "desk:ledger-accounts": Door(PAYROLL),
    "desk:organisation": Door(ADMINISTRATORS),
    "desk:change-organisation": Door(ADMINISTRATORS),
}
