"""The values of the list of notices (HELP-4), and of the choice of what one gets e-mail about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from palkkio.core.viewer import RoleKind, Viewer
from palkkio.messages.queries import kinds_without_mail, notices_of
from palkkio.messages.values import NoticeRow
from palkkio.messages.ways import choice_of
from palkkio.people.access import own_person

PAYEE = frozenset({RoleKind.CARER, RoleKind.CONTRACTOR, RoleKind.ASSISTANT})
EMPLOYER = frozenset({RoleKind.EMPLOYER})
REVIEWERS = frozenset({RoleKind.HANDLER, RoleKind.PAYROLL_CLERK})
EVERYBODY = frozenset(RoleKind)


OF_STAFF = ("portal:security", "desk:comments")  # pages that staff have too


@dataclass(frozen=True, slots=True)
class Kind:
    """What a kind of notice says.

    view     page where it is to be seen; with_id: of the notice's object; article: the instructions instead
    roles    to whom such notices come
    is_safe  of security: its e-mail cannot be turned off
    """

    text: Promise
    icon: str
    view: str
    with_id: bool = False
    article: str = ""
    roles: frozenset[RoleKind] = PAYEE
    is_safe: bool = False


KINDS: Mapping[str, Kind] = {
    "new_contract": Kind(_("You have a new contract"), "sign", "portal:contract", True),
    "contract_to_sign": Kind(_("A contract waits for your signature"), "sign", "portal:contracts"),
    "contract_changed": Kind(_("Your contract has changed"), "sign", "portal:contracts"),
    "sheet_returned": Kind(_("A care period was returned to you"), "return", "portal:period", True),
    "deadline_near": Kind(_("The deadline of a care period is near"), "clock", "portal:period", True),
    "payslip_ready": Kind(_("A payslip is ready"), "euro", "portal:payslip", True),
    "payment_returned": Kind(_("The bank could not pay to your account"), "bank", "portal:my-details"),
    "hearing_opened": Kind(_("You are asked about pay that was paid in error"), "doc", "portal:recovery", True),
    "recovery_decided": Kind(_("There is a decision on pay that was paid in error"), "doc", "portal:recovery", True),
    "decision_made": Kind(_("There is a decision on your assistance"), "doc", "portal:decisions", roles=EMPLOYER),
    "card_missing": Kind(_("Your tax card is missing"), "doc", "portal:help-article", article="tax-card"),
    "comments_wait": Kind(_("Comments wait for you before the payday"), "chat", "desk:comments", roles=REVIEWERS),
    "comment_answered": Kind(_("The county has answered your comment"), "chat", "portal:comments", roles=EVERYBODY),
    "change_handled": Kind(_("The county has handled the change that you reported"), "doc", "portal:change", True),
    "hours_to_approve": Kind(_("An assistant's hours wait for your approval"), "shift", "portal:hours", roles=EMPLOYER),
    "paper_returned": Kind(_("A paper that you sent was returned"), "paper", "portal:documents", roles=EVERYBODY),
    "gate_open": Kind(_("Your assistant may work"), "check", "portal:home", roles=EMPLOYER),
    "bank_account_changed": Kind(_("Your account number was changed"), "bank", "portal:my-details", is_safe=True),
    "new_device": Kind(
        _("Your account was used on a new device"), "lock", "portal:security", roles=EVERYBODY, is_safe=True
    ),
    "mandate_given": Kind(
        _("Somebody may act for you from now on"), "people", "portal:mandates", roles=EVERYBODY, is_safe=True
    ),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One notice as the list shows it."""

    text: Promise
    icon: str
    href: str
    at: datetime
    is_new: bool


def shown_to(viewer: Viewer) -> list[Shown]:
    """The latest notices, the newest first."""
    return [_shown(row, KINDS[row.kind], viewer) for row in notices_of(viewer)]


def _shown(row: NoticeRow, kind: Kind, viewer: Viewer) -> Shown:
    """Staff, who have no such pages, and notices of another role only say what they say."""
    href = ""
    if viewer.role in kind.roles and (not viewer.is_staff or kind.view in OF_STAFF):
        args = [kind.article] if kind.article else [row.object_id] if kind.with_id else []
        href = reverse(kind.view, args=args)
    return Shown(kind.text, kind.icon, href, row.created_at, not row.is_read)


class MailForm(forms.Form):
    """Of which kinds of notices one gets e-mail; those of security always come."""

    kinds = forms.MultipleChoiceField(
        label=_("E-mail comes about these"), widget=forms.CheckboxSelectMultiple, required=False
    )

    letters = forms.ChoiceField(
        label=_("How payslips, decisions and notices come"),
        choices=[
            ("palkkio", _("I read them in Palkkio")),
            ("printed", _("As letters, by post")),
            ("suomifi", _("By Suomi.fi Messages: to the mailbox, or by post where none is in use")),
        ],
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        off = kinds_without_mail(viewer)
        mine = {name: kind for name, kind in KINDS.items() if viewer.role in kind.roles and not kind.is_safe}
        super().__init__(*args, **kwargs)
        self.initial["kinds"] = [name for name in mine if name not in off]
        self.fields["kinds"].choices = [(name, kind.text) for name, kind in mine.items()]  # type: ignore[attr-defined]
        self.fields["letters"].initial = letter_choice(viewer)
        if viewer.is_staff:
            del self.fields["letters"]
        self._others = set(KINDS) - set(mine) - off  # of another role: stay as they are

    def chosen(self) -> set[str]:
        return set(self.cleaned_data["kinds"]) | self._others


def letter_choice(viewer: Viewer) -> str:
    """How the reader gets letters now."""
    return choice_of(own_person(viewer))


def always_mailed(viewer: Viewer) -> list[Promise]:
    return [kind.text for kind in KINDS.values() if kind.is_safe and viewer.role in kind.roles]
