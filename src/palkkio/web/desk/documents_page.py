"""Values of the pages about documents of persons and contracts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from palkkio.web.decision_words import span
from palkkio.web.document_words import KINDS, kept, retention_name, state_chip, who_sees
from palkkio.web.ui import wording
from palkkio.web.ui.values import Cell, Column, Fact, Link, Row, Table

if TYPE_CHECKING:
    from palkkio.contracts.models import Contract
    from palkkio.documents.models import Document, Standing

# What staff file; the rest comes in with its matter or is issued.
FILED = ("certificate", "contract", "care_plan", "decision", "letter", "other")


class DocumentFilter(forms.Form):
    """A person's documents, by what they are and by the contract that they are about."""

    kind = forms.ChoiceField(label=gettext_lazy("What document is it?"), required=False)
    contract = forms.ChoiceField(label=gettext_lazy("Which contract is it about?"), required=False)

    def __init__(self, *args: Any, contracts: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = [(str(pk), number) for pk, number in contracts]
        self.fields["kind"].choices = [("", _("All")), *KINDS.items()]  # type: ignore[attr-defined]
        self.fields["contract"].choices = [("", _("All")), *held]  # type: ignore[attr-defined]
        if not held:
            del self.fields["contract"]


def table_of(documents: Iterable[Document], *, today: date, whose: bool = False) -> Table:
    """Documents with their state; `whose`: with the person, where the page does not say."""
    columns = [
        Column(_("Document"), place="title"),
        *([Column(_("Whose"), place="bare")] if whose else []),
        Column(_("Came"), place="bare"),
        Column(_("In force"), is_extra=True),
        Column(_("Who sees it")),
        Column(_("State"), place="side"),
    ]
    return Table(_("Documents"), columns, [_row(each, today, whose) for each in documents])


def _row(document: Document, today: date, whose: bool) -> Row:
    standing = getattr(document, "standing", None)
    cells = [
        Cell(str(KINDS[document.kind]), reverse("desk:document", args=[document.pk]), note=document.file_name),
        *([Cell(document.person.name_family_first if document.person else "")] if whose else []),
        Cell(wording.day(document.day)),
        Cell(span(standing.valid) if standing else ""),
        Cell(who_sees(document)),
        Cell(chips=[state_chip(document, today)]),
    ]
    return Row(cells)


def facts_of(document: Document, contract: Contract | None, today: date) -> list[Fact]:
    standing = getattr(document, "standing", None)
    facts = [Fact(_("State"), state_chip(document, today).text, note=span(standing.valid) if standing else "")]
    if document.person is not None:
        facts.append(Fact(_("Whose"), document.person.name, href=reverse("desk:person", args=[document.person_id])))
    if contract is not None:
        facts.append(Fact(_("Contract"), contract.number, href=reverse("desk:contract", args=[contract.pk])))
    facts.append(Fact(_("Came"), wording.day(document.added_on)))
    if document.dated_on:
        facts.append(Fact(_("Day on the document"), wording.day(document.dated_on)))
    facts += [
        Fact(_("Who sees it"), who_sees(document)),
        Fact(_("Kept"), retention_name(document), note=kept(document)),
    ]
    return facts + handling_facts(standing)


def handling_facts(standing: Standing | None) -> list[Fact]:
    """Who handled it, and why it was returned."""
    facts = []
    if standing and standing.handled_by is not None and standing.handled_on is not None:
        facts.append(Fact(_("Handled by"), standing.handled_by.name, note=wording.day(standing.handled_on)))
    if standing and standing.reason:
        facts.append(Fact(_("Why it was returned"), standing.reason))
    return facts


def versions_of(document: Document, versions: Iterable[Document]) -> list[Link]:
    """The other versions, the newest first."""
    return [
        Link(
            _("Version of %(day)s") % {"day": wording.day(each.day)},
            reverse("desk:document", args=[each.pk]),
        )
        for each in versions
        if each.pk != document.pk
    ]
