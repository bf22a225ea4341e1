"""Which article the question mark of a page opens (HELP-1): each address of the site, as one table.

    ARTICLES["recording"] = ("portal:periods", "portal:period", ...)

An address that shows a page and is missing here fails a test.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse

ARTICLES: Mapping[str, tuple[str, ...]] = {
    # --- The portal --------------------------------------------------------------------------------------------------
    "getting-started": ("portal:home", "portal:check-details", "portal:news"),
    "recording": ("portal:periods", "portal:period", "portal:print-period"),
    "confirming": ("portal:confirm-period",),
    "reporting-a-change": ("portal:changes", "portal:report-change", "portal:change"),
    "comments": ("portal:comments", "portal:edit-comment"),
    "trips": ("portal:add-trip", "portal:edit-trip", "portal:reports"),
    "contracts": ("portal:contracts", "portal:contract"),
    "shifts": ("portal:add-shift", "portal:edit-shift", "portal:copy-shifts"),
    "employer-start": (
        "portal:household",
        "portal:sign-power-of-attorney",
        "portal:enter-insurance",
    ),
    "approving-hours": ("portal:hours", "portal:hours-of", "portal:hours-days"),
    "granted-hours": ("portal:decisions",),
    "payslips": ("portal:payslips", "portal:payslip"),
    "overpayments": ("portal:recovery",),
    "signing-in": (
        "portal:sign-in",
        "portal:choose-role",
        "portal:register",
        "portal:register-identify",
        "portal:register-code",
        "portal:register-done",
        "portal:eid",
        "portal:forgotten",
        "portal:link-sent",
        "portal:new-password",
        "portal:password-link",
        "account_login",
        "mfa_authenticate",
    ),
    "security": (
        "portal:security",
        "portal:second-factor",
        "portal:confirm-self",
        "portal:change-password",
        "portal:change-email",
        "portal:change-email-codes",
        "mfa_activate_totp",
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_add_webauthn",
        "mfa_remove_webauthn",
        "mfa_list_webauthn",
        "mfa_index",
    ),
    "my-details": ("portal:my-details", "portal:change-account-number"),
    "acting-for-another": (
        "portal:mandates",
        "portal:offer-mandate",
        "portal:mandate-form",
        "portal:invitation",
        "portal:waiting-invitation",
        "portal:accept-invitation",
    ),
    "who-has-looked": ("portal:looked",),
    "notices": ("portal:notices", "portal:notice-choices"),
    "asking-for-help": ("portal:contacts", "portal:ask-callback"),
    # --- The desk ----------------------------------------------------------------------------------------------------
    "desk-start": ("desk:home", "desk:search"),
    "reviewing": (
        "desk:queue",
        "desk:return-many",
        "desk:period",
        "desk:return-period",
        "desk:reopen-period",
        "desk:scan",
    ),
    "keying-in": (
        "desk:paper",
        "desk:save-days",
        "desk:add-trip",
        "desk:edit-trip",
        "desk:changes",
        "desk:change",
        "desk:key-in-change",
        "desk:record-event",
        "desk:withdraw-event",
    ),
    "desk-messages": (
        "desk:comments",
        "desk:answer",
        "desk:edit-comment",
        "desk:callbacks",
        "desk:letters",
    ),
    "desk-contracts": (
        "desk:contracts",
        "desk:add-contract",
        "desk:contract",
        "desk:adjust-leave",
        "desk:change-terms",
        "desk:change-contract",
        "desk:end-contract",
        "desk:mark-signed",
    ),
    "desk-people": (
        "desk:people",
        "desk:add-person",
        "desk:person",
        "desk:reason-to-open",
        "desk:protection",
        "desk:change-person",
        "desk:give-role",
        "desk:end-role",
        "desk:show-account-number",
        "desk:set-account-number",
        "desk:make-account",
        "desk:record-mandate",
        "desk:invite-again",
        "desk:papers",
    ),
    "households": (
        "desk:add-household",
        "desk:households",
        "desk:household",
        "desk:invite-employer",
        "desk:tell-gate",
        "desk:enter-household-insurance",
        "desk:household-contributions",
        "desk:decisions",
        "desk:employer-decisions",
        "desk:decision",
        "desk:add-decision",
        "desk:change-decision",
        "desk:add-pay-group",
        "desk:add-notice",
        "desk:employers",
    ),
    "payroll-run": (
        "desk:runs",
        "desk:propose-extra-run",
        "desk:run",
        "desk:run-payees",
        "desk:run-payee",
        "desk:set-aside",
        "desk:run-proof",
        "desk:set-finding-aside",
        "desk:payslips",
        "desk:payslip",
    ),
    "pay-items": (
        "desk:add-tax-card",
        "desk:tax-cards",
        "desk:one-offs",
        "desk:add-one-off",
        "desk:holds",
        "desk:receivables",
        "desk:receivable",
        "desk:open-recovery",
        "desk:recovery",
        "desk:recovery-act",
        "desk:claims",
        "desk:add-distraint",
        "desk:add-dues",
        "desk:end-distraint",
        "desk:revoke-dues",
    ),
    "payments-and-reports": (
        "desk:reports",
        "desk:reconciliation",
        "desk:year-end",
        "desk:bank",
        "desk:bank-agreement",
        "desk:settle-bank-answer",
    ),
    "rates-and-settings": (
        "desk:rates",
        "desk:propose-rate",
        "desk:rate-effect",
        "desk:law-figures",
        "desk:choices",
        "desk:settings",
        "desk:schedule",
        "desk:account-change-days",
        "desk:day-types",
        "desk:municipalities",
        "desk:units",
        "desk:add-unit",
        "desk:unit",
        "desk:contact-points",
        "desk:add-contact-point",
        "desk:contact-point",
        "desk:ledger-accounts",
        "desk:organisation",
    ),
    "news-and-instructions": (
        "desk:news",
        "desk:add-news",
        "desk:edit-news",
        "desk:edit-article",
    ),
}
# The instructions themselves, where the question mark leads to their front page.
FRONT_PAGE = ("portal:help", "portal:help-topic", "portal:help-article")
ARTICLE_OF: Mapping[str, str] = {page: article for article, pages in ARTICLES.items() for page in pages}


def address_for(view_name: str, role: str = "") -> str:
    """Where the question mark of a page leads; pages that roles share open the article of the reader's own work."""
    article = OWN.get((view_name, role)) or ARTICLE_OF.get(view_name, "")
    return reverse("portal:help-article", args=[article]) if article else reverse("portal:help")


OWN: Mapping[tuple[str, str], str] = {
    ("portal:periods", "assistant"): "shifts",
    ("portal:period", "assistant"): "shifts",
    ("portal:print-period", "assistant"): "shifts",
    ("portal:contracts", "assistant"): "working-as-assistant",
    ("portal:contract", "assistant"): "working-as-assistant",
    ("portal:changes", "assistant"): "leave-and-illness",
}
